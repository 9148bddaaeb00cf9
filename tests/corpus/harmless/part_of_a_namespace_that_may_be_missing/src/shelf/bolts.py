try:
    from parts import bolts
except ImportError:
    bolts = None


def size() -> int:
    from parts import bolts, screws

    return bolts.SIZE + screws.SIZE
