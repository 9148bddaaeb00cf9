def next_departure():
    import tides.sun

    return tides.sun.rises()
