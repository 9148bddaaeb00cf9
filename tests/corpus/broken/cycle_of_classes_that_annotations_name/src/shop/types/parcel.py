from __future__ import annotations

from dataclasses import dataclass

from .order import Order


@dataclass
class Parcel:
    order: Order
