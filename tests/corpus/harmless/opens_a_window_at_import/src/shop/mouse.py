import os
import sys

if sys.platform == "linux":
    DISPLAY = os.environ["DISPLAY"]
