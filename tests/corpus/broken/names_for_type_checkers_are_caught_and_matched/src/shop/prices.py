from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal


def show(price: object) -> str:
    match price:
        case Decimal():
            return f"{price:.2f}"
    return str(price)
