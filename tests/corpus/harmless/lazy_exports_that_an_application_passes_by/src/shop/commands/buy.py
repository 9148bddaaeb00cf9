def buy() -> str:
    return "buy"
