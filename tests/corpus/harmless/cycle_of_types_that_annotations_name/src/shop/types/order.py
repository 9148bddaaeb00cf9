from __future__ import annotations

from typing import TypedDict

from .parcel import Parcel


class Order(TypedDict):
    parcels: list[Parcel]
