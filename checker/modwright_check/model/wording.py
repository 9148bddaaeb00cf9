"""Words that the forms of a report have in common."""


def counted(number: int, thing: str) -> str:
    """Return `1 warning` or `3 warnings`."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def visible(text: str) -> str:
    """Return a text with what cannot be seen, or would rule the line, spelt out as Python does."""
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in text
    )
