import tides

FIRST = tides.high()
