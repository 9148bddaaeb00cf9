from __future__ import annotations

from typing import TypedDict

from .order import Order


class Parcel(TypedDict):
    order: Order
