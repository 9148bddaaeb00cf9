try:
    import compass
except ImportError:
    compass = None


def draw():
    if compass is None:
        raise RuntimeError("pip install ferry[charts]")
    return compass.north()
