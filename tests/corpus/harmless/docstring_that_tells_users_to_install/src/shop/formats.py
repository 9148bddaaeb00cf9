"""Prices that keep their comments.

You will need to install tomlkit
for these to work.
"""

import tomlkit


def read(text: str) -> object:
    return tomlkit.parse(text)
