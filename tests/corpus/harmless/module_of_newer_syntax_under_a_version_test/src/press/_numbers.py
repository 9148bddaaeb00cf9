def number(text: str) -> int:
    try:
        return int(text)
    except TypeError, ValueError:
        return 0
