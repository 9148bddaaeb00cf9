try:
    import compass
except ImportError:
    SOUTH = 180
else:
    SOUTH = compass.south()
