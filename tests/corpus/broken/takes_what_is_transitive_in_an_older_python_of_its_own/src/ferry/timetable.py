import sys

import almanac

if sys.version_info < (3, 12):
    from tides import high
else:

    def high() -> int:
        return almanac.FIRST


HIGH = high()
