from decimal import Decimal
from enum import Enum


class Kind(Enum):
    TEA = 1


def show(price: object) -> str:
    match price:
        case Decimal():
            return f"{price:.2f}"
        case Kind.TEA:
            return "tea"
    return str(price)
