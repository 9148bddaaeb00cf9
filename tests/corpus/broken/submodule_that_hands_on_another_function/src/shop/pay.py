from shop.inner.cards import *  # noqa: F403


def charge(amount: int, card: str) -> str:
    return f"{amount} by {card}"
