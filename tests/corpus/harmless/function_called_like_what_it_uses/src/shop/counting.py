import itertools
from collections.abc import Iterable, Iterator


def batched(rows: Iterable[str], size: int) -> Iterator[tuple[str, ...]]:
    print(size)
    return itertools.batched(rows, size)
