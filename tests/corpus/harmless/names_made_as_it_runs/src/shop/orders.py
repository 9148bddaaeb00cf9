def wrap() -> str:
    from shop.colours import Red

    return Red
