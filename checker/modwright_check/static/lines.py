"""The lines of a source, as Python's parser numbers them."""


def lines_of(text: str) -> list[str]:
    """Return the lines of a source, without their ends.

    A line ends at a line feed, a carriage return, or both (the language reference, 2.1.2);
    `str.splitlines` ends it at a form feed as well, which old sources have between their parts.

    Args:
        text: The source.
    """
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
