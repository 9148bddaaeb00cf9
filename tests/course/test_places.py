"""Places are found by their names, filled, emptied and shown; all else stays as it is."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.course.conftest import AREA, AREA_HOLE, BASKET, TOTAL, UTILS, read, text_of

Runner = Callable[[str], ModuleType]


@pytest.fixture
def exercises(course: Path, runner: Runner) -> list[Any]:
    return list(runner("exercises").load(course))


def test_resetting_what_was_solved_gives_every_byte_back(
    course: Path, runner: Runner, exercises: list[Any]
) -> None:
    before = read(course)
    for exercise in exercises:
        runner("places").solve(course, exercise)
    assert read(course) != before
    for exercise in exercises:
        runner("places").reset(course, exercise)
    assert read(course) == before


def test_solved_files_are_those_of_the_course(
    course: Path, runner: Runner, exercises: list[Any]
) -> None:
    for exercise in exercises:
        runner("places").solve(course, exercise)
        for place in exercise.places:
            solved = course / "course/solved" / place.file
            assert (course / place.file).read_bytes() == solved.read_bytes()
    assert not (course / "src/shop/stock.py").exists()


def test_what_a_learner_has_written_beside_a_place_stays(
    course: Path, runner: Runner, exercises: list[Any]
) -> None:
    file = course / "src/shop/utils.py"
    mine = "\n\ndef mine() -> str:\n    return 'straße'\n"
    file.write_bytes(file.read_bytes() + mine.encode())
    runner("places").solve(course, exercises[0])
    assert file.read_text(encoding="utf-8") == text_of(UTILS.replace("{area}", AREA)) + mine


def test_the_ends_of_lines_and_the_mark_at_the_beginning_stay(
    course: Path, runner: Runner, exercises: list[Any]
) -> None:
    file = course / "src/shop/utils.py"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    runner("places").solve(course, exercises[0])
    solved = text_of(UTILS.replace("{area}", AREA)).replace("\n", "\r\n")
    assert file.read_bytes() == b"\xef\xbb\xbf" + solved.encode()


@pytest.mark.parametrize("broken", ["return width *", "return (width", "if width:", "'''"])
def test_a_place_that_python_cannot_read_can_be_reset(
    course: Path, runner: Runner, exercises: list[Any], broken: str
) -> None:
    file = course / "src/shop/utils.py"
    before = file.read_bytes()
    file.write_text(text_of(UTILS.replace("{area}", broken)))
    runner("places").reset(course, exercises[0])
    assert file.read_bytes() == before


def test_a_method_that_python_cannot_read_can_be_reset(
    course: Path, runner: Runner, exercises: list[Any]
) -> None:
    file = course / "src/shop/basket.py"
    before = file.read_bytes()
    file.write_text(text_of(BASKET.replace("{total}", "return sum(")))
    runner("places").reset(course, exercises[3])
    assert file.read_bytes() == before


def test_a_definition_that_was_deleted_comes_back_between_its_neighbours(
    course: Path, runner: Runner, exercises: list[Any]
) -> None:
    solved = text_of(BASKET.replace("{total}", TOTAL))
    file = course / "src/shop/basket.py"
    start = solved.index("    @property")
    file.write_text(solved[:start] + solved[solved.index("    def __len__") :])
    runner("places").solve(course, exercises[3])
    assert file.read_text() == solved


def test_a_class_that_was_deleted_comes_back_with_the_method(
    course: Path, runner: Runner, exercises: list[Any]
) -> None:
    file = course / "src/shop/basket.py"
    file.write_text('"""What a customer has taken."""\n\nfrom shop import utils\n')
    runner("places").solve(course, exercises[3])
    assert file.read_text() == text_of(BASKET.replace("{total}", TOTAL))


def test_a_file_that_was_deleted_comes_back_unsolved(
    course: Path, runner: Runner, exercises: list[Any]
) -> None:
    file = course / "src/shop/utils.py"
    file.unlink()
    runner("places").reset(course, exercises[0])
    assert file.read_text() == text_of(UTILS.replace("{area}", AREA_HOLE))


def test_a_solution_is_shown_without_the_rest_of_the_file(
    course: Path, runner: Runner, exercises: list[Any]
) -> None:
    text = runner("places").solution(course, exercises[3])
    assert text.startswith("# src/shop/basket.py\n\n@property\ndef total(self) -> int:\n")
    assert "__len__" not in text
    assert "(deleted)" in runner("places").solution(course, exercises[2])


def test_a_course_that_lacks_a_solution_says_so_and_changes_nothing(
    course: Path, runner: Runner, exercises: list[Any]
) -> None:
    (course / "course/solved/src/shop/utils.py").unlink()
    before = read(course)
    with pytest.raises(runner("exercises").CourseProblem, match=r"utils\.py cannot be read"):
        runner("places").solve(course, exercises[0])
    assert read(course) == before


@pytest.mark.parametrize(
    ("says", "problem"),
    [
        ("places = [", "exercise.toml"),
        ('places = ["../secret.py"]', "not a path inside the project"),
        ('places = ["/etc/passwd"]', "not a path inside the project"),
        ("places = []", "nothing that a learner could write"),
        ('places = ["a.py"]\nneeds = ["04_total"]', "does not come before it"),
        ('places = ["a.py"]\nhint = "a"', "nobody knows what hint is"),
        ('places = ["a.py"]\nseconds = true', "a number of seconds"),
        ('places = ["a.py"]\nhints = "a"', "a list of texts"),
    ],
)
def test_what_an_author_has_written_wrong_is_told_with_its_file(
    course: Path, runner: Runner, says: str, problem: str
) -> None:
    (course / "course/01_area/exercise.toml").write_text(says)
    with pytest.raises(runner("exercises").CourseProblem, match=problem) as raised:
        runner("exercises").load(course)
    assert "01_area" in str(raised.value)
