import sys

if sys.platform == "win32":
    from library import _windows_console as console
else:
    console = None
