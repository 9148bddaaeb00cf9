def tea() -> str:
    return "green"
