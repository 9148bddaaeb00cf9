READINGS = range(200_000)
for reading in READINGS:
    print("reading", reading)
