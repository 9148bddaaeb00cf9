import platform
from ctypes.util import find_library

PROCESSOR = platform.processor()
LIBRARY = find_library("no-such-library")
