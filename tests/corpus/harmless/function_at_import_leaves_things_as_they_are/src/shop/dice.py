import random


def roll(seed: int | None = None) -> int:
    if seed is not None:
        random.seed(seed)
    return random.randint(1, 6)


FIRST = roll()
