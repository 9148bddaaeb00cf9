import sextant

MEASURED = sextant.measure()
