import platform

raise RuntimeError(f"{platform.node()}: this can only be run on a Heron Board!")
