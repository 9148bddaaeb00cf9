def render(order: object) -> str:
    return str(order)
