from almanac.tables import row
from tides import low

LAST = row(low)
