"""How the files of extension modules are called, and how they begin."""

SUFFIXES = (".so", ".pyd")
# The functions by which Python initialises them: PEP 489, and PEP 793 from Python 3.15 on.
INITIALISERS = ("PyInit", "PyInitU", "PyModExport")
# Mach-O of 32 and 64 bits, and of several machines in one file.
MACH_O = (b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe")
MACH_O_FAT = (b"\xca\xfe\xba\xbe", b"\xca\xfe\xba\xbf")
# XCOFF of AIX, of 32 and 64 bits, and the archives that it keeps shared libraries in.
XCOFF = (b"\x01\xdf", b"\x01\xf7", b"<big")
