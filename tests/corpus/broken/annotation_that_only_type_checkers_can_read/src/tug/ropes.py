from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal


def length(rope: Decimal | None) -> None:
    return rope
