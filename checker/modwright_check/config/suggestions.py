"""Did-you-mean suggestions for unknown words."""

from collections.abc import Sequence
from difflib import get_close_matches

LONGEST_WORD = 60  # characters of it that are repeated


def advice(word: str, known: Sequence[str], otherwise: str = "") -> str:
    """Return a sentence that leads from a wrong word to the right one.

    Args:
        word: What was written.
        known: What could have been meant.
        otherwise: The sentence when nothing is near; all that is known, when it is empty.
    """
    near = get_close_matches(word, known, n=1) or get_close_matches(word.upper(), known, n=1)
    if near:
        return f"Did you mean {near[0]}?"
    return otherwise or f"There are: {', '.join(known)}."


def shown(word: str) -> str:
    """Return a word as it can stand in a line: short, and with nothing that a terminal obeys."""
    if len(word) > LONGEST_WORD:
        word = f"{word[:LONGEST_WORD]}…"
    return word if word and word.isprintable() else ascii(word)
