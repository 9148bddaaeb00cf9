FREEZING = to_fahrenheit(0)


def to_fahrenheit(celsius):
    return celsius * 9 / 5 + 32
