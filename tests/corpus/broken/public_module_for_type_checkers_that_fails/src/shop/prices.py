from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shop.kinds import Kind


def gross(net: Kind) -> float:
    return float(net) * 1.2
