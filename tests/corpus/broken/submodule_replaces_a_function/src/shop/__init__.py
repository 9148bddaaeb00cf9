def render(order):
    from shop.render import as_text

    return as_text(order)
