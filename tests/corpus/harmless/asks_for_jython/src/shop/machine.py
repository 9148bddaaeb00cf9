import platform
import sys

if sys.platform.startswith("java"):
    SYSTEM = platform.java_ver()[3][0]
else:
    SYSTEM = sys.platform
