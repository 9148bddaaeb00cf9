import tides

tides.high = lambda: "07:00"
