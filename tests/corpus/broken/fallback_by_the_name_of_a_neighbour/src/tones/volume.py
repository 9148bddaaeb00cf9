try:
    from audioop import mul
except ImportError:
    from samples import mul


def louder(data):
    return mul(data, 1, 2)
