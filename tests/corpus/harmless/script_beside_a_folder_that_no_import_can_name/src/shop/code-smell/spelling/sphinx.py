raise ImportError("not needed here")
