from tides import tide

TIDE = tide
