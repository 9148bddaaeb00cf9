import sys
from typing import List, Optional

Orders = List[str]

if sys.version_info >= (3, 9):
    Lines = list[str]
else:
    Lines = List[str]


def first(orders: "list[str]", table: Optional[Orders] = None) -> str:
    list = {"first": orders[0]}
    return list["first"] if table is None else table[0]
