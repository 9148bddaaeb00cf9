import sys

if sys.flags.optimize > 1:
    raise RuntimeError("jetty needs its docstrings")

TEXT = __doc__
