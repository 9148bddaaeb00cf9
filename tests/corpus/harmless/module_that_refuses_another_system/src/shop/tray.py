import sys

if sys.platform != "win32":
    raise RuntimeError("the tray is for Windows")
