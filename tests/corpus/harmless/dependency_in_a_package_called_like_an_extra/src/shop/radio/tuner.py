def tune() -> object:
    from tides import high

    return high()
