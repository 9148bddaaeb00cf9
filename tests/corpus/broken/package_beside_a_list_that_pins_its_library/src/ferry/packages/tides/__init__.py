import tides

print("tides is free software")

HIGH = tides.high()
