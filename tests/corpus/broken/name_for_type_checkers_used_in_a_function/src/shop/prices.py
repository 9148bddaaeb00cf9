from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal


def is_price(thing: Decimal | str) -> bool:
    return isinstance(thing, Decimal)
