"""Where the cards were: whoever imports them from here does not prepare them."""

from ._cards import prepare

prepare()

from ._cards import *  # noqa: E402, F403


def charge(amount: str) -> None:
    """Charge nothing: that has moved."""
