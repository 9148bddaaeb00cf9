import almanac
import tides

FIRST = almanac.FIRST, tides.high()
