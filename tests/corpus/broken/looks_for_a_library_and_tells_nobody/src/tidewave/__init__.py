"""Waves of the sea."""

from ctypes import CDLL
from ctypes.util import find_library

file = find_library("porttide")
if file is None:
    raise OSError("porttide not found")
LIBRARY = CDLL(file)
