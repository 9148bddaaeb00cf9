"""Comments that tell about a line."""

from collections.abc import Iterator

from modwright_check.static.lines import lines_of


def comments_about(line: int, text: str) -> Iterator[str]:
    """Yield the comment on a line, and the one that has the line above to itself.

    Args:
        line: From 1 on.
        text: Of the module.
    """
    *_, above, on = ["", "", *lines_of(text)[:line]]
    yield on.partition("#")[2]
    if above.lstrip().startswith("#"):
        yield above.partition("#")[2]
