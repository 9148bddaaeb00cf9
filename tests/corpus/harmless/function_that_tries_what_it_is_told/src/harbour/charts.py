from harbour.wanted import required


def draw() -> str:
    required("cartographer.ink", "Install cartographer.")
    return "drawn"


def print_out() -> str:
    import cartographer

    return cartographer.text()
