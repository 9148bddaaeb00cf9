import sys

Code = int
if sys.platform == "cygwin":
    Result = int
