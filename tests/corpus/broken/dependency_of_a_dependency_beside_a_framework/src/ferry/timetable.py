import almanac
import compass
import tides

FIRST = almanac.FIRST, tides.high(), compass
