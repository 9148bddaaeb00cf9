import almanac
import tides  # for those who sail

FIRST = almanac.FIRST, tides.high()
