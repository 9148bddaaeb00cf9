"""The state of a course survives whatever happens to it."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from tests.conftest import ReadOnly

Runner = Callable[[str], ModuleType]
MANY = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from runner.progress import Progress
progress = Progress.load(Path(sys.argv[2]))
for number in range(30):
    progress.mark_passed(f"{sys.argv[3]}_{number}")
    progress.current = sys.argv[3]
    progress.save()
"""


def test_what_was_done_is_there_the_next_time(course: Path, runner: Runner) -> None:
    progress = runner("progress").Progress.load(course)
    progress.current = "02_prices"
    progress.mark_passed("01_area")
    progress.of("02_prices").tries = 3
    progress.save()
    state = json.loads((course / "course/progress.json").read_text())
    assert state["schema"] == 1
    assert state["current"] == "02_prices"
    assert state["exercises"]["01_area"]["passed"].endswith("Z")
    assert state["exercises"]["02_prices"] == {
        "passed": None,
        "tries": 3,
        "hints": 0,
        "solution_shown": False,
    }
    again = runner("progress").Progress.load(course)
    assert again.is_passed("01_area")
    assert again.exercises == progress.exercises


@pytest.mark.parametrize("text", ["", "{", "[]", '{"exercises": 7}', "\x00", "[" * 100_000])
def test_a_broken_file_is_set_aside_and_said(course: Path, runner: Runner, text: str) -> None:
    (course / "course/progress.json").write_text(text)
    progress = runner("progress").Progress.load(course)
    assert "progress.broken.json" in progress.broken
    assert (course / "course/progress.broken.json").read_text() == text
    progress.mark_passed("01_area")
    progress.save()
    assert runner("progress").Progress.load(course).is_passed("01_area")


def test_what_makes_no_sense_in_a_file_is_left_out(course: Path, runner: Runner) -> None:
    exercises = {"01_area": {"passed": 7, "tries": -1, "hints": 1e999}, "02_prices": None}
    state = {"current": [], "exercises": exercises}
    (course / "course/progress.json").write_text(json.dumps(state))
    progress = runner("progress").Progress.load(course)
    assert not progress.broken
    assert progress.current == ""
    assert progress.exercises["01_area"] == progress.exercises["02_prices"]
    assert not progress.is_passed("01_area")


def test_two_runners_at_once_lose_nothing_of_each_other(course: Path, runner: Runner) -> None:
    command = [sys.executable, "-c", MANY, str(course / "course"), str(course)]
    running = [subprocess.Popen([*command, name]) for name in ("a", "b", "c")]
    assert [process.wait(30) for process in running] == [0, 0, 0]
    assert len(runner("progress").Progress.load(course).exercises) == 90
    assert not (course / "course/progress.lock").exists()


def test_a_reset_is_not_undone_by_what_the_file_says(course: Path, runner: Runner) -> None:
    progress = runner("progress").Progress.load(course)
    progress.mark_passed("01_area")
    progress.save()
    other = runner("progress").Progress.load(course)
    progress.mark_reset("01_area")
    progress.save()
    assert not runner("progress").Progress.load(course).is_passed("01_area")
    other.mark_passed("02_prices")
    other.save()
    assert runner("progress").Progress.load(course).is_passed("02_prices")


def test_a_runner_that_was_killed_while_it_wrote_holds_nobody_for_long(
    course: Path, runner: Runner
) -> None:
    (course / "course/progress.lock").write_text("")
    progress = runner("progress").Progress.load(course)
    progress.mark_passed("01_area")
    progress.save()
    assert runner("progress").Progress.load(course).is_passed("01_area")


def test_a_folder_that_cannot_be_written_is_said_in_one_line(
    course: Path, runner: Runner, read_only: ReadOnly
) -> None:
    with read_only(course / "course"):
        progress = runner("progress").Progress.load(course)
        progress.mark_passed("01_area")
        progress.save()
    assert progress.unsaved.startswith("Your progress cannot be saved here (")
    progress.save()
    assert not progress.unsaved
