from almanac.tables import row
from tides import low

LAST = row(low)


def first():
    from tides import high

    return high()
