from tides import high
