from almanac import FIRST
from tides import high

try:
    import compass
except ImportError:
    compass = None

TIMES = high(), FIRST, compass
