class Palette:
    red = "\033[31m"


palette = Palette()
