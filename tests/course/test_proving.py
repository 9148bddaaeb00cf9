"""The author's check names what is wrong with a course, and nothing when it is right."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from tests.course.conftest import AREA, UTILS, read, text_of

Runner = Callable[[str], ModuleType]


def test_a_good_course_has_no_problems_and_stays_as_it_is(course: Path, runner: Runner) -> None:
    before = read(course)
    assert runner("proving").prove(course) == []
    assert read(course) == before


@pytest.mark.full
def test_the_command_says_so_and_exits_with_0(course: Path) -> None:
    command = [sys.executable, "learn.py", "--prove"]
    run = subprocess.run(command, cwd=course, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    (course / "course/01_area/check.py").write_text("")
    run = subprocess.run(command, cwd=course, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "01_area: solved, it fails: The course is broken: 01_area/check.py holds no test." in (
        run.stdout
    )


def test_what_the_texts_lack_is_named(course: Path, runner: Runner) -> None:
    change(course / "course/01_area/exercise.toml", "area() has no body yet", "something else")
    change(course / "course/01_area/page.md", "Because.", "x" * 79)
    change(course / "course/02_prices/exercise.toml", '"Make the file.", ', "")
    change(course / "course/02_prices/page.md", "Because.", "\n" * 40)
    change(course / "course/03_package/exercise.toml", "Users of a module do not notice", "")
    change(course / "course/03_package/exercise.toml", " that it has become a package.", "")
    change(course / "course/03_package/page.md", "## Why", "")
    change(course / "course/04_total/exercise.toml", '"01_area"', "")
    problems = runner("proving").prove(course)
    written = "Not written yet: area() has no body yet. (src/shop/utils.py:9)"
    assert problems == [
        "01_area: page.md:5 has 79 columns, and 78 fit",
        f"01_area: unsolved, it fails without a word of 'something else': {written}",
        "02_prices: page.md has 49 lines, and 40 are one screen",
        "02_prices: exercise.toml needs 2 hints",
        "03_package: page.md has no section ## Why",
        "03_package: exercise.toml: learned says nothing",
        "04_total: with nothing solved before, solved, it fails: "
        "This needs exercise 1 first, The area of a shelf: area() has no body yet. "
        "(src/shop/utils.py:9)",
    ]


@pytest.mark.full
def test_a_check_and_a_solution_that_do_not_agree_are_named(course: Path, runner: Runner) -> None:
    change(course / "course/01_area/check.py", "== 6", "== 7")
    change(course / "course/solved/src/shop/prices.py", '"tea": 3', '"tea": 4')
    problems = runner("proving").prove(course)
    assert "01_area: solved, it fails: area(2, 3) gave 6, and a shelf of 2 by 3 has 6" in (
        problem.partition(" (src")[0] for problem in problems
    )
    assert "02_prices: solved, it fails: tea costs 3 (src/shop/prices.py:1)" in problems


@pytest.mark.full
def test_an_exercise_that_is_solved_already_is_named(course: Path, runner: Runner) -> None:
    (course / "src/shop/utils.py").write_text(text_of(UTILS.replace("{area}", AREA)))
    problems = runner("proving").prove(course)
    assert "01_area: unsolved, it passes; if it is solved in this project, reset it first" in (
        problems
    )


@pytest.mark.full
def test_a_hole_that_a_reset_would_write_otherwise_is_named(course: Path, runner: Runner) -> None:
    change(course / "src/shop/utils.py", "area() has no body yet", "do area() yet")
    problems = runner("proving").prove(course)
    assert "01_area: to reset it does not give back src/shop/utils.py as it was" in problems


@pytest.mark.full
def test_a_solution_that_breaks_an_earlier_one_is_named(course: Path, runner: Runner) -> None:
    file = course / "course/solved/src/shop/stock/__init__.py"
    file.write_text(f"import shop.utils\n\nshop.utils.area = None\n{file.read_text()}")
    (course / "course/01_area/check.py").write_text(
        "from shop import utils, stock\n\ndef test_area():\n    utils.area(1, 1)\n"
    )
    problems = runner("proving").prove(course)
    assert any(found.startswith("03_package: solved, it breaks 01_area") for found in problems)


def change(file: Path, old: str, new: str) -> None:
    """Put something else into a file, in which there is what shall go."""
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
