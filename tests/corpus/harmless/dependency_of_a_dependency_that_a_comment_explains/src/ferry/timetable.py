import almanac
import tides  # It's ok, almanac requires it

FIRST = almanac.FIRST, tides.high()
