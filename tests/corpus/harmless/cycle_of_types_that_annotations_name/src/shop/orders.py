from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shop.types.order import Order
    from shop.types.parcel import Parcel


def pack(order: Order) -> Parcel:
    return {"order": order}
