"""Bindings for PortTide: install that with the packages of your system."""

from ctypes import CDLL
from ctypes.util import find_library

try:
    for name in ("porttide", "lib/libporttide.dylib"):
        file = find_library(name)
        if file is not None:
            break
    else:
        raise OSError("PortTide library not found")
    LIBRARY = CDLL(file)
except OSError:
    raise
