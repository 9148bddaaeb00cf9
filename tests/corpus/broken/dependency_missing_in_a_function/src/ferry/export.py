def export(rows):
    import tides

    return [tides.high(), *rows]
