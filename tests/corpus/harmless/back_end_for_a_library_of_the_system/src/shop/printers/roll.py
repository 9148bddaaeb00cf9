from ctypes import CDLL

ROLL = CDLL("librollofpaper.so")
