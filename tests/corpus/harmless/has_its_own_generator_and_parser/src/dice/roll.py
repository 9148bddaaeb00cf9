import argparse
import random as _chance

parser = argparse.ArgumentParser()
OPTIONS = parser.parse_args([])
random = _chance.Random(0)
random.seed(1)


def roll() -> int:
    _chance.seed(2)
    return parser.parse_args().count


if __name__ == "__main__":
    parser.parse_args()
