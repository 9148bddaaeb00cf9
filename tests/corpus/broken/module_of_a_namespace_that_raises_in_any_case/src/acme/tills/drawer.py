PORT = "/dev/drawer"

raise ImportError("not written yet")
