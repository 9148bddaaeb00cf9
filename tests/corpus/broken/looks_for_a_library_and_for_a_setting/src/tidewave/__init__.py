"""Bindings for PortTide."""

from ctypes.util import find_library

SETTINGS = {}

if find_library("porttide") is None and "place" not in SETTINGS:
    raise OSError("no place is set")
