def lowest() -> int:
    return 1
