from __future__ import annotations

from dataclasses import dataclass

from .parcel import Parcel


@dataclass
class Order:
    parcels: list[Parcel]
