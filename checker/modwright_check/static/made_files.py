"""Recognises modules that a program has made."""

# In the first lines of a module, a sign of it.
_MADE = ("generated", "do not edit", "do not modify")
_FIRST = 2000  # characters


def says_it_is_made(text: str) -> bool:
    """Return whether a module says at its beginning that a program has made it.

    Args:
        text: Of the module.
    """
    beginning = text[:_FIRST].lower()
    return any(sign in beginning for sign in _MADE)
