from collections.abc import Callable

TOTALS: list[Callable[[list[int]], int]]
