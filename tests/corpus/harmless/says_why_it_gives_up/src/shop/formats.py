"""Prices that keep their comments. Please install tomlkit to read them."""

import sys

try:
    import tomlkit
except ImportError:
    print("Please install tomlkit.", file=sys.stderr)
    raise


def read(text: str) -> object:
    return tomlkit.parse(text)
