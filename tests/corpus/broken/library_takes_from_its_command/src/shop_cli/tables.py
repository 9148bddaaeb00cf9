def row(text: str) -> str:
    return f"| {text} |"
