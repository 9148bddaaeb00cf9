def moon():
    from Tides.Harbour import HIGH

    return HIGH
