def weigh() -> int:
    return 3
