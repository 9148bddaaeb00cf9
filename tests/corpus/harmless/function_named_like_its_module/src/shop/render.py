def render(order):
    return str(order)
