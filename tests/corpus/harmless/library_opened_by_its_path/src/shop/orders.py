from ctypes import CDLL
from pathlib import Path

_prices = CDLL(str(next(Path(__file__).parent.glob("_prices.*"))))


def total(pieces: int) -> int:
    return int(_prices.price(pieces))
