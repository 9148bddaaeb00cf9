def baked(loaves: list[str]) -> int:
    return len(loaves)
