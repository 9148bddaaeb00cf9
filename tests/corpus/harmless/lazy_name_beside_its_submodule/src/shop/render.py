def render(order: dict[str, int]) -> str:
    return ", ".join(order)
