import random
import sys


def evenly(count):
    return _Draw(count).evenly()


def with_chance(count, chance=0.5):
    if sys.version_info < (3, 12):
        raise NotImplementedError("chances need Python 3.12")
    draw = _Draw(count)
    return draw.with_chance(chance)


class _Draw:
    def __init__(self, count):
        self.count = count

    def evenly(self):
        return random.randrange(self.count)

    def with_chance(self, chance):
        if chance > 0.5:
            return self.count - self.with_chance(1 - chance)
        return random.binomialvariate(self.count, chance)
