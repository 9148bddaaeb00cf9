import sys

import almanac

if sys.version_info[:2] >= (3, 12):
    from almanac.tables import row
else:
    from tides import high as row

FIRST = almanac.FIRST, row
