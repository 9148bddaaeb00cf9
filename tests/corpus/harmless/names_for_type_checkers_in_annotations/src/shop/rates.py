from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shop.taxes import Tax


def is_tax(thing: object) -> bool:
    return isinstance(thing, Tax)
