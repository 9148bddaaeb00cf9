def of(name: str) -> int:
    return len(name)
