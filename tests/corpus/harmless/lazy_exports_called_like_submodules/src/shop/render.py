def render(order: object) -> str:
    return str(order)


def as_html(order: object) -> str:
    return f"<p>{order}</p>"
