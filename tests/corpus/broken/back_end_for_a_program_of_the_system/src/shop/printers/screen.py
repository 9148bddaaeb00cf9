def show(text: str) -> str:
    return text.upper()
