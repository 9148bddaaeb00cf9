import sys
import typing
from collections.abc import Sequence
from typing import Protocol, TypeVar, overload

from typing_extensions import TypeAlias as _TypeAlias

from .kinds import Terms

_T = TypeVar("_T")
_Price: _TypeAlias = float | int
Prices: _TypeAlias = Sequence[_Price]

class _Priced(Protocol):
    price: _Price

class Discounted(_Priced, Protocol[_T]): ...
class LineArgs(typing.TypedDict, total=False):
    width: int

class TableArgs(LineArgs, total=False):
    height: int

class SaleTerms(Terms):
    until: str

COUNTRIES: Sequence[str]
vat_at: float
vat_de: float

@overload
def gross(net: int) -> int: ...
@overload
def gross(net: float) -> float: ...

if sys.platform == "win32":
    CURRENCY: str
