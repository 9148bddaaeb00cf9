TOOLKITS = {"compass": None, "magnet": None}

toolkit = next(filter(None, TOOLKITS.values()), None)
if toolkit is None:
    raise ImportError("shop requires one of compass and magnet")
