import os

PLACE = os.environ["DISPLAY"]
