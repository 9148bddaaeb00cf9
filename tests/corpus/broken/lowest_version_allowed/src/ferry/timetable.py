from tides import high, low
