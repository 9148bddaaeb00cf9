from tides import high


class Pool:
    HIGH = high()
