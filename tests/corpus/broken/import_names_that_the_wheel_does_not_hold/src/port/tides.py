TIDES = []
