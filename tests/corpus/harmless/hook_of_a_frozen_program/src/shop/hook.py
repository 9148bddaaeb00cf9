import sys

PLACE = sys._MEIPASS
