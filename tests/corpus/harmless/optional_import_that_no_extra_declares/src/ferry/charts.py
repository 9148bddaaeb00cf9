try:
    import compass
except ImportError:
    compass = None


def draw():
    if compass is None:
        raise RuntimeError("charts need compass")
    return compass.north()
