"""A check tells in words what is wrong, and where in the learner's own code."""

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.course.conftest import AREA, UTILS, text_of

Runner = Callable[[str], ModuleType]
Check = Callable[..., Any]


@pytest.fixture
def check(course: Path, runner: Runner) -> Check:
    """Return what puts code into the first exercise's place and checks it."""

    def check(body: str = "", *, number: int = 0, **options: Any) -> Any:
        if body:
            text = text_of(UTILS.replace("{area}", body.replace("\n", "\n        ")))
            (course / "src/shop/utils.py").write_text(text, encoding="utf-8")
        exercise = runner("exercises").load(course)[number]
        return runner("checking").check(course, exercise, **options)

    return check


def test_a_place_that_nobody_has_filled_is_not_written_yet(check: Check) -> None:
    outcome = check()
    assert not outcome.passed
    assert outcome.message == "Not written yet: area() has no body yet."
    assert (outcome.file, outcome.line) == ("src/shop/utils.py", 9)


def test_a_solved_exercise_says_what_was_learned(check: Check) -> None:
    outcome = check(AREA)
    assert outcome.passed
    assert outcome.message == "A function of a module is reached by the module's name."


def test_a_wrong_value_is_told_in_the_words_of_the_check(check: Check) -> None:
    outcome = check("return width + height")
    assert outcome.message == "area(2, 3) gave 5, and a shelf of 2 by 3 has 6"
    assert (outcome.file, outcome.line) == ("src/shop/utils.py", 6)


def test_the_place_is_the_function_that_the_message_or_the_check_is_about(
    course: Path, check: Check
) -> None:
    places = '["src/{pkg}/basket.py", "src/{pkg}/utils.py::area", "src/{pkg}/utils.py::round_up"]'
    table = course / "course/01_area/exercise.toml"
    table.write_text(table.read_text().replace('["src/{pkg}/utils.py::area"]', places))
    code = course / "course/01_area/check.py"

    def place(message: str, call: str = "0") -> tuple[str, int | None]:
        test = f"def test_it():\n    found = {call}\n    assert False, {message!r}\n"
        code.write_text(f"from shop import basket, utils\n\n{test}")
        outcome = check(AREA)
        assert outcome.message in message
        return outcome.file, outcome.line

    assert place("round_up() is 3, and area() was never asked") == ("src/shop/utils.py", 11)
    used = "(lambda: utils.round_up(3.0))()"
    assert place("a price has cents", used) == ("src/shop/utils.py", 11)
    assert place("nobody knows why") == ("src/shop/basket.py", None)
    assert place("look into utils.py") == ("src/shop/utils.py", None)
    assert place("src/shop/stock.py:4: a load that is none") == ("src/shop/stock.py", 4)
    assert place("src/shop/stock.py::load: a load that is none") == ("src/shop/stock.py", 4)
    assert place("src/shop/stock.py: a load that is none") == ("src/shop/stock.py", None)


def test_the_place_is_the_line_that_failed_in_a_process_of_the_check(
    course: Path, check: Check
) -> None:
    (course / "course/01_area/check.py").write_text(
        "import subprocess, sys\n\n\ndef test_it():\n"
        "    code = 'import sys; sys.path[0] = \"src\"; from shop import utils; utils.area(2, 3)'\n"
        "    ran = subprocess.run([sys.executable, '-c', code], capture_output=True, text=True)\n"
        "    assert ran.returncode == 0, 'area() does not work'\n"
    )
    assert check(AREA).passed
    outcome = check("found = 0\nreturn width / found")
    assert outcome.message == "area() does not work"
    assert (outcome.file, outcome.line) == ("src/shop/utils.py", 9)


def test_what_a_check_says_of_nothing_and_of_places_in_memory_is_put_in_words(
    course: Path, check: Check
) -> None:
    (course / "course/01_area/check.py").write_text(
        "from shop import utils\n\n\ndef test_it():\n    found = utils.area(2, 3)\n"
        "    assert found == 6, f'area() returns {found!r}, and not 6'\n"
    )
    assert check("pass").message == "area() returns None, and not 6. Is there a `return`?"
    told = check("return lambda: 6").message
    assert told == "area() returns <function area.<locals>.<lambda>>, and not 6"


def test_an_error_is_told_with_the_innermost_line_of_the_learner(check: Check) -> None:
    outcome = check("import json\njson.loads('[')\nreturn 6")
    assert outcome.message.startswith("JSONDecodeError: Expecting value")
    assert "not one that can be used here" in outcome.message
    assert (outcome.file, outcome.line) == ("src/shop/utils.py", 9)


def test_what_python_cannot_read_is_shown_with_its_line_and_a_caret(check: Check) -> None:
    outcome = check("return width *")
    assert outcome.message.splitlines()[0] == "SyntaxError: invalid syntax"
    shown, caret = outcome.message.splitlines()[-2:]
    assert shown == "    return width *"
    assert shown[: len(caret)].rstrip().endswith("*")
    assert (outcome.file, outcome.line) == ("src/shop/utils.py", 8)


def test_a_module_that_is_not_there_is_named_with_where_it_would_lie(check: Check) -> None:
    outcome = check(number=1)
    assert "No module named 'shop.prices'" in outcome.message
    assert "src/shop/prices.py" in outcome.message
    assert (outcome.file, outcome.line) == ("src/shop/prices.py", None)


def test_a_module_that_nobody_has_is_told_as_not_installed(check: Check) -> None:
    outcome = check("import nobody_has_this\nreturn 6")
    assert "nor installed here" in outcome.message
    assert outcome.line == 8


def test_a_module_in_the_same_package_is_told_to_be_beside_the_file(check: Check) -> None:
    outcome = check("import stock\nreturn 6")
    assert outcome.message.endswith("Beside your file: `from .stock import ...`")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("return widht * height", "name 'widht' is not defined. Did you mean: 'width'?\n"),
        ("return math.flor(width)", "has no attribute 'flor'. Did you mean: 'floor'?\n"),
        ("return None.upper()", "\nWhat stands before the dot is None."),
        ("return width + None", "\nA value here is None."),
        (
            "import sqlite3\nsqlite3.connect(':memory:').execute('SELECT ?', ('two'))",
            "A tuple of one needs a comma: `(area,)`",
        ),
    ],
)
def test_python_s_own_suggestion_and_the_usual_reason_are_told(
    check: Check, body: str, told: str
) -> None:
    assert told in check(body).message


def test_a_file_that_was_there_and_is_not_is_looked_for(course: Path, check: Check) -> None:
    file = course / "src/shop/utils.py"
    told = "There is no src/shop/utils.py. "
    file.rename(course / "utils.py")
    outcome = check()
    assert outcome.message == f"{told}There is one at utils.py: move it to src/shop/."
    assert (outcome.file, outcome.line) == ("src/shop/utils.py", None)
    (course / "utils.py").rename(file.with_name("util.py"))
    assert check().message == f"{told}There is util.py in that folder: rename it to utils.py."
    file.with_name("util.py").unlink()
    assert check().message == f"{told}To begin the exercise anew gives it back."


def test_a_file_to_be_made_is_told_where_it_is_instead(course: Path, check: Check) -> None:
    (course / "src/prices.py").write_text("")
    outcome = check(number=1)
    assert "No module named 'shop.prices'" in outcome.message
    assert outcome.message.endswith("There is one at src/prices.py: move it to src/shop/.")
    (course / "src/prices.py").rename(course / "src/shop/price.py")
    told = check(number=1).message
    assert told.endswith("There is price.py in that folder: rename it to prices.py.")


def test_a_check_that_imports_what_does_not_exist_is_told_with_the_place(
    course: Path, check: Check
) -> None:
    (course / "course/01_area/check.py").write_text("from shop.utils import volume\n")
    outcome = check()
    assert outcome.message.startswith("ImportError: cannot import name 'volume' from 'shop.utils'")
    assert str(course) not in outcome.message
    assert outcome.file == "src/shop/utils.py"


def test_a_cycle_of_imports_is_told_as_one(course: Path, check: Check) -> None:
    (course / "src/shop/teams.py").write_text("from shop.utils import area\n")
    (course / "src/shop/utils.py").write_text("from shop.teams import team\n")
    outcome = check()
    assert "partially initialized module" in outcome.message
    assert "import one another in a circle" in outcome.message
    assert (outcome.file, outcome.line) == ("src/shop/teams.py", 1)


def test_the_place_of_another_exercise_is_told_as_needed_first(check: Check) -> None:
    outcome = check(number=3)
    assert (
        outcome.message
        == "This needs exercise 1 first, The area of a shelf: area() has no body yet."
    )


def test_an_endless_loop_is_ended_and_told_with_its_line(check: Check) -> None:
    outcome = check("while True:\n    pass", seconds=0.5)
    assert "utils.py did not come to an end within 0.5 s" in outcome.message
    assert outcome.file == "src/shop/utils.py"
    assert outcome.line in {8, 9}


def test_a_flood_of_output_is_ended_and_kept_short(check: Check) -> None:
    outcome = check("while True:\n    print('flood')", seconds=10)
    assert outcome.seconds < 5
    assert "printed more than 64 KB" in outcome.message
    assert outcome.file == "src/shop/utils.py"
    assert len(outcome.output) <= 64 * 1024


def test_memory_has_an_end(check: Check) -> None:
    outcome = check("return len(bytearray(8 << 30))")
    assert "MemoryError" in outcome.message
    assert outcome.line == 8


def test_what_the_learner_prints_is_shown_without_what_steers_a_terminal(check: Check) -> None:
    printing = r"print('\x1b[31mred\x1b[0m \x1b]0;title\x07 straße \x08')"
    outcome = check(f"{printing}\nreturn width")
    assert outcome.output == "red  straße \ufffd\n"


def test_an_exit_is_told_as_one(check: Check) -> None:
    outcome = check("raise SystemExit(0)")
    assert not outcome.passed
    assert "ended the program itself" in outcome.message


def test_an_end_without_a_word_is_told_with_the_exit_code(check: Check) -> None:
    outcome = check("import os\nos._exit(0)")
    assert not outcome.passed
    assert "exit code 0" in outcome.message


def test_a_module_of_the_learner_may_have_any_name(course: Path, check: Check) -> None:
    for name in ("json", "signal", "traceback", "resource"):
        (course / f"src/{name}.py").write_text("raise RuntimeError('hidden')")
    assert check(AREA).passed


def test_what_an_error_says_steers_no_terminal(check: Check) -> None:
    assert check(r"raise ValueError('\x1b[2Jgone')").message.startswith("ValueError: gone\n")
    assert len(check("raise ValueError('x' * 1_000_000)").message) < 5000


@pytest.mark.parametrize(
    "written",
    ["{}", "{'tests': 1, 'error': {}}", "{" * 5000, "{'tests': 1, 'error': {'kinds': []}}", "7"],
)
def test_what_a_learner_writes_in_its_place_is_not_taken_for_a_result(
    check: Check, written: str
) -> None:
    writing = f"for number in range(3, 20):\n    try: os.write(number, b{written!r} + b'\\n')"
    outcome = check(f"import os\n{writing}\n    except OSError: pass\nos._exit(3)")
    assert not outcome.passed
    assert "exit code 3" in outcome.message


def test_input_finds_nothing_to_read(check: Check) -> None:
    assert "EOFError" in check("return input()").message


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system with forks")
def test_what_a_check_has_started_ends_with_it(course: Path, check: Check) -> None:
    (course / "alive").write_text("")
    outcome = check(
        "import os, time\n"
        "if os.fork() == 0:\n"
        "    while True:\n"
        "        open('alive', 'a').write('.')\n"
        "        time.sleep(0.02)\n"
        "return 6"
    )
    assert outcome.passed
    size = (course / "alive").stat().st_size
    time.sleep(0.2)
    assert (course / "alive").stat().st_size == size


def test_a_check_can_be_stopped(check: Check, runner: Runner) -> None:
    stop = threading.Event()
    threading.Timer(0.3, stop.set).start()
    with pytest.raises(runner("checking").Stopped):
        check("while True:\n    pass", stop=stop)


def test_saving_twice_within_a_second_checks_the_second(check: Check) -> None:
    assert not check("return width + height").passed
    assert check("return width * height").passed
    assert not check("return width - height").passed


@pytest.mark.full
def test_a_module_beside_the_project_hides_none_of_the_standard_library(
    course: Path, check: Check
) -> None:
    (course / "json.py").write_text("raise RuntimeError")
    assert check(AREA).passed


def test_the_environment_of_the_project_is_used(course: Path, check: Check) -> None:
    python = course / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\nexit 7\n")
    python.chmod(0o755)
    assert "exit code 7" in check(AREA).message
    (course / ".modwright-kit.json").write_text('{"python": "nowhere"}')
    assert "exit code 7" in check(AREA).message


@pytest.mark.full
def test_an_interpreter_that_does_not_start_is_told(check: Check) -> None:
    assert check(AREA, python="/nowhere/python").message.startswith("Cannot start /nowhere/python")


@pytest.mark.full
def test_a_hole_is_told_for_what_it_is_under_every_name_of_a_folder(
    course: Path, runner: Runner
) -> None:
    odd = course.with_name("Ünï côde [x] $HOME's 🐍")
    course.rename(odd)
    text = text_of(UTILS.replace("{area}", "while True:\n            pass"))
    (odd / "src/shop/utils.py").write_text(text)
    exercise = runner("exercises").load(odd)[0]
    outcome = runner("checking").check(odd, exercise, 0.5)
    assert outcome.file == "src/shop/utils.py"
