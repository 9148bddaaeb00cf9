import binnacle

COURSE = binnacle.read()
