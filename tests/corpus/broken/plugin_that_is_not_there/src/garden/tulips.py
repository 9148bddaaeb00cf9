class Tulip:
    pass
