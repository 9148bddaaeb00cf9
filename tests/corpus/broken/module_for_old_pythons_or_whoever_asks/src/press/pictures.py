import os
import sys

if sys.version_info < (3, 6) or "PRESS_YIELDS" in os.environ:
    from press._yielding import kind
else:
    kind = None

if sys.version_info[0] == 2 or "PRESS_PRINTS" in os.environ:
    from press import _texts
