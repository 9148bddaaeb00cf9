"""What programs in the project's environment tell, as it is read: whole lines, by any thread."""

import gc
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from modwright_check.run.protocol import tuples_in

WHOLE = repr(("import", "pkg", {"effects": [("atexit", None, [number]) for number in range(200)]}))
NOT_WHOLE = ["", "('import', 'pk", "('import',) ('asks',)", "7", "()", "\0", "\ufffd"]


class Finalized:
    """Garbage that takes its time, so that other threads run while a thread parses."""

    def __init__(self) -> None:
        self.cycle = self

    def __del__(self) -> None:
        for _ in range(2000):
            pass


@pytest.fixture
def crowded() -> Iterator[None]:
    """Collect garbage and change between threads as often as can be."""
    thresholds, interval = gc.get_threshold(), sys.getswitchinterval()
    gc.set_threshold(20, 2, 2)
    sys.setswitchinterval(1e-5)
    yield
    gc.set_threshold(*thresholds)
    sys.setswitchinterval(interval)


@pytest.mark.parametrize("line", NOT_WHOLE)
def test_a_line_that_was_cut_short_is_left_out(line: str) -> None:
    assert list(tuples_in(f"{line}\n('loaded',)\n{line}")) == [("loaded",)]


@pytest.mark.usefixtures("crowded")
def test_threads_that_read_at_the_same_time_do_not_disturb_one_another() -> None:
    def read(_: int) -> int:
        Finalized()
        return len(list(tuples_in(WHOLE)))

    with ThreadPoolExecutor(max_workers=4) as workers:
        assert set(workers.map(read, range(100))) == {1}
