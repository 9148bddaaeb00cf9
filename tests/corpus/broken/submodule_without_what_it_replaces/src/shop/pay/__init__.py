from shop.inner import cards


def pay(amount: int) -> str:
    return cards.charge(amount)
