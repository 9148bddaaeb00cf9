print("tides is free software")
