from tides import high

HIGH = high()
