def draw():
    import compass

    return compass.north()
