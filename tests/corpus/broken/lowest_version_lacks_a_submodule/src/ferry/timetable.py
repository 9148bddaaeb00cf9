from tides.moon import PHASES
