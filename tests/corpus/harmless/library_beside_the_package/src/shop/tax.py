import ctypes
from pathlib import Path

LIBRARY = ctypes.CDLL(str(Path(__file__).with_name("libtax.so")))
TAX = LIBRARY.tax_of(10)
