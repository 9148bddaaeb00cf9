def mean(readings):
    import sextant

    return sextant.mean(readings)
