import os
import sys

if sys.platform == "win32":
    import msvcrt
    import winreg
elif os.name == "posix":
    import fcntl

try:
    import termios
except ImportError:
    termios = None


def unlock(file):
    if sys.platform == "win32":
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
        winreg.CloseKey(file)
    else:
        fcntl.flock(file, fcntl.LOCK_UN)
