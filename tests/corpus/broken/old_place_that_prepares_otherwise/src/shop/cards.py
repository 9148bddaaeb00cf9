"""Where the cards were: whoever imports them from here does not prepare them."""

from ._cards import charge as prepare
from ._cards import *  # noqa: F403

prepare(0)


def charge(amount: str) -> None:
    print(amount)
