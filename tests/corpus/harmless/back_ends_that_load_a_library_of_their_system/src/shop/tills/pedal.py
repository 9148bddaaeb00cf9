import ctypes
from ctypes.util import find_library

path = find_library("shoppedal")
if path is None:
    raise ImportError("shoppedal is not installed")
_pedal = ctypes.windll.kernel32.LoadLibraryW(path)


class Till:
    is_there = bool(_pedal)
