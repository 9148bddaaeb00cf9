import os

if not os.path.exists("/dev/heron-pins"):
    raise RuntimeError("This module can only be run on a Heron Board!")
