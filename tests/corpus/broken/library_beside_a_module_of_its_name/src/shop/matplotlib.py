def style() -> str:
    return 'plain'
