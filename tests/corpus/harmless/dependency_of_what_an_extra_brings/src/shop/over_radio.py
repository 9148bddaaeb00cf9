import compass
from tides import high

FIRST = high(), compass.north()
