import sys
from collections.abc import Sequence
from typing import Protocol, TypeAlias, TypeVar, overload

_T = TypeVar("_T")
_Price: TypeAlias = float | int

class _Priced(Protocol):
    price: _Price

COUNTRIES: Sequence[str]
vat_at: float
vat_de: float

@overload
def gross(net: int) -> int: ...
@overload
def gross(net: float) -> float: ...

if sys.platform == "win32":
    CURRENCY: str
