import random
from functools import wraps


def fair(function):
    @wraps(function)
    def fairly():
        random.seed(6)
        return function()

    return fairly


@fair
def roll() -> int:
    return random.randint(1, 6)
