def as_text(order: dict[str, int]) -> str:
    return ", ".join(order)
