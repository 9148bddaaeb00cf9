def sell() -> str:
    return "sell"
