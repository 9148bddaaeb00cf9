import random

random.seed(0)


def page(name: str) -> object:
    from press.fonts import bold

    return t"{bold(name)}"
