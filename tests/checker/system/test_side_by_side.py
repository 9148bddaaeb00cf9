"""Work done side by side: its outcomes, its failures, and its end when nobody waits any more."""

import time
from threading import Event

import pytest

from modwright_check.system.side_by_side import PATIENCE, side_by_side

FOR_EVER = 60.0  # seconds; a test that waits so long has failed


def test_outcomes_have_the_order_of_the_items_whichever_is_done_first() -> None:
    second_is_done = Event()

    def work(item: int) -> int:
        if item == 1:
            assert second_is_done.wait(FOR_EVER)
        else:
            second_is_done.set()
        return 10 * item

    told: list[int] = []
    assert side_by_side(work, [1, 2], 2, tell=told.append) == [10, 20]
    assert told == [1, 2]


@pytest.mark.parametrize("items", [[], [1]])
def test_nothing_is_stopped_at_an_ordinary_end(items: list[int]) -> None:
    stopped: list[bool] = []
    assert side_by_side(str, items, 4, stop=lambda: stopped.append(True)) == [*map(str, items)]
    assert stopped == []


def test_a_failure_is_raised_at_once_and_ends_the_rest() -> None:
    hangs, stopped = Event(), Event()

    def work(item: int) -> None:
        if item == 0:
            hangs.set()
            assert stopped.wait(FOR_EVER)
        elif item == 1:
            assert hangs.wait(FOR_EVER)
            raise OSError("no room")
        else:
            raise AssertionError("begun after the failure")

    with pytest.raises(OSError, match="no room"):
        side_by_side(work, range(9), 2, stop=stopped.set)
    assert stopped.is_set()


def test_ctrl_c_does_not_wait_for_what_cannot_be_stopped() -> None:
    begun, never = Event(), Event()

    def work(item: int) -> None:
        if item:
            begun.set()
            never.wait(FOR_EVER)

    def press_ctrl_c(_done: int) -> None:
        assert begun.wait(FOR_EVER)
        raise KeyboardInterrupt

    begin = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        side_by_side(work, [0, 1], 2, tell=press_ctrl_c)
    never.set()
    assert time.monotonic() - begin < FOR_EVER / 2
    assert PATIENCE < 1
