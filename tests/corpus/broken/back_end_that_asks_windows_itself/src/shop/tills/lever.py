import ctypes

_kernel = ctypes.WinDLL("kernel32")


class Till:
    is_there = bool(_kernel)
