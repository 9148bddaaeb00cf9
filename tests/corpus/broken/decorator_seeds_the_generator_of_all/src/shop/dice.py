import random


def fair(function):
    random.seed(6)
    return function


@fair
def roll() -> int:
    return random.randint(1, 6)
