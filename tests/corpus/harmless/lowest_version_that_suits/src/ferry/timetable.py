from tides import low
from tides.moon import PHASES

FIRST = low(), PHASES
