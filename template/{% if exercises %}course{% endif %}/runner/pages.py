"""A page of an exercise as paragraphs, which a screen breaks where it ends."""

import re

_BEGINS = re.compile(r"\s*(?:[-*] |\d+\. |#)")  # an item of a list, or a heading


def paragraphs(markdown: str) -> list[str]:
    """Return a text with each paragraph and each item of a list in one line; code as it is."""
    told: list[str] = []
    is_open = False  # whether the next line may go on with the last one
    for line in markdown.split("\n"):
        if not line.strip():
            told.append("")
            is_open = False
        elif is_open and not _BEGINS.match(line):
            told[-1] += f" {line.strip()}"
        else:
            told.append(line)
            is_open = not _is_code(line) and not line.startswith("#")
    return told


def _is_code(line: str) -> bool:
    """Return whether a line that begins a paragraph is code, by its margin."""
    return line.startswith(" ") and not _BEGINS.match(line)
