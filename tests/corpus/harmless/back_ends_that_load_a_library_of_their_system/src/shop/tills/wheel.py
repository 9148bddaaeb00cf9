import ctypes
from ctypes.util import find_library

if path := find_library("shopwheel"):
    _wheel = ctypes.windll.LoadLibrary(path)
else:
    raise FileNotFoundError("shopwheel is not installed")


class Till:
    is_there = bool(_wheel)
