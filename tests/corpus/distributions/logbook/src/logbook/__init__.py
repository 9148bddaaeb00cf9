"""Writes down what it is told; what goes wrong meanwhile, it quotes."""

from collections.abc import Callable

from logbook import pages


class PageError(Exception):
    """There is nothing to write."""


def write(ask: Callable[[], str]) -> str:
    try:
        return ask()
    except Exception as error:
        print("the page stays empty")
        raise PageError(f"nothing to write: {type(error).__name__}: {error}") from None


def begin() -> None:
    pages.today = []
