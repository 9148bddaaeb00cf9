import ctypes

_lever = ctypes.windll.LoadLibrary("lever64")


class Till:
    is_there = bool(_lever)
