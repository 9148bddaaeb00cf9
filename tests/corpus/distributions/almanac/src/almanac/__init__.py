from tides import high

FIRST = high()
