import almanac

try:
    from tides import high
except ImportError:

    def high():
        return almanac.FIRST
