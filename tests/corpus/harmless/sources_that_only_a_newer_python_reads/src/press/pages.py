import random


def page(name: str) -> object:
    from press.fonts import bold

    return t"{bold(name)} {random.random()}"
