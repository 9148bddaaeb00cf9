from tides import low
