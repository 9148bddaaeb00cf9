import ctypes

try:
    lib = ctypes.CDLL("libshop-scale-of-nobody.so.7")
except OSError:
    raise ImportError("install the driver of the scale") from None
