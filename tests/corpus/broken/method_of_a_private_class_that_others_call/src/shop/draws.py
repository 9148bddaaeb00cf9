import random
import sys


def draw(count):
    return _Draw(count)


def with_chance(count, chance=0.5):
    if sys.version_info < (3, 12):
        raise NotImplementedError("chances need Python 3.12")
    return _Draw(count).with_chance(chance)


class _Draw:
    def __init__(self, count):
        self.count = count

    def with_chance(self, chance):
        if chance > 0.5:
            return self.count - self.with_chance(1 - chance)
        return random.binomialvariate(self.count, chance)
