import ctypes

NAME = ctypes.string_at(8)
