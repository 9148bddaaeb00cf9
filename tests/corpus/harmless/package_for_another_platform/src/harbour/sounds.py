import sys

if sys.platform == "win32":
    from harbour import chimes
