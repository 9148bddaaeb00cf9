from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    import datetime as dt
    from decimal import Decimal
    from fractions import Fraction
    from json import JSONDecoder as Decoder
else:
    Fraction = float


def price(text: str) -> Decimal:
    from decimal import Decimal

    return Decimal(text)


def half(whole: Fraction) -> Fraction:
    rest: Decimal | dt.date = cast("Decimal", whole)
    return Fraction(rest) / 2


def day(dt: Any) -> dt.date:
    return dt.date()


def decoder() -> object:
    try:
        return Decoder()
    except NameError:
        return None


class Shelf:
    Decimal = 3

    def names(self) -> list[Any]:
        return [Decimal for Decimal in range(self.Decimal)]
