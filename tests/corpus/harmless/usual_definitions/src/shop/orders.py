import enum
import functools
import typing
from collections import namedtuple
from dataclasses import dataclass, field

Item = typing.TypeVar("Item")
Point = namedtuple("Point", "x y")


class State(enum.Enum):
    OPEN = enum.auto()
    PAID = enum.auto()


@dataclass(frozen=True, slots=True)
class Order:
    items: list[str] = field(default_factory=list)
    state: State = State.OPEN


class Payable(typing.Protocol):
    def pay(self) -> None: ...


@functools.lru_cache(maxsize=None)
def price(name):
    return len(name)


@functools.singledispatch
def total(value):
    return 0


@total.register
def _(value: list):
    return sum(map(price, value))


APPLE = price("apple")
