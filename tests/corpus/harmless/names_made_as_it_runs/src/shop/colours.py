for colour in ("RED", "BLUE"):
    globals()[colour.title()] = colour
