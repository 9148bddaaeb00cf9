from importlib.util import find_spec

if find_spec("compass"):
    import compass

    NORTH = compass.north()
else:
    NORTH = 0
