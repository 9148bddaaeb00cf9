import os
import sys

if sys.platform == "win32":
    from shop._windows import width
elif os.environ.get("WITHOUT_WIDTH"):
    # The same by a relative import.
    from ._none import width
else:

    def width() -> int:
        return 80
