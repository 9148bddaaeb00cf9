import tides.sun
