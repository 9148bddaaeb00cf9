def as_text(order):
    return str(order)
