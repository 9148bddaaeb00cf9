def total(number: int) -> int:
    return 3 * number
