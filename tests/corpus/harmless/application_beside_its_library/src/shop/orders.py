def orders() -> list[str]:
    return []
