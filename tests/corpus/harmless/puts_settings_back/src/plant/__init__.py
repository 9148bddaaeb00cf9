import argparse
import random


def sow(seed: int) -> None:
    random.seed(seed)


def read() -> argparse.Namespace:
    return argparse.ArgumentParser().parse_args()
