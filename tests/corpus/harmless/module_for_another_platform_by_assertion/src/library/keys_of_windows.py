import sys

assert sys.platform == "win32"

import msvcrt

key = msvcrt.getch
