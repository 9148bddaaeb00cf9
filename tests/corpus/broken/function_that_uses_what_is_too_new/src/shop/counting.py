import itertools
from collections.abc import Iterable, Iterator


def pages(rows: Iterable[str], size: int) -> Iterator[tuple[str, ...]]:
    return itertools.batched(rows, size)
