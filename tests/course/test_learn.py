"""`python learn.py` in real terminals, pipes and shells, as a learner has them."""

import ast
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from types import ModuleType
from typing import Any

import pexpect
import pytest

from tests.course.conftest import AREA, LEARN, PRICES, UTILS, text_of

Runner = Callable[[str], ModuleType]
Learn = Callable[..., "pexpect.spawn[str]"]
NOT_YET = r"Not written yet: area\(\) has no body yet\."
PATIENCE = 60  # seconds; a busy machine may take its time


@pytest.fixture
def learn(course: Path) -> Iterator[Learn]:
    """Return what starts the course in a terminal."""
    started: list[pexpect.spawn[str]] = []

    def learn(*options: str, size: tuple[int, int] = (24, 80), **env: str) -> "pexpect.spawn[str]":
        terminal = pexpect.spawn(
            sys.executable,
            ["learn.py", *options],
            cwd=str(course),
            env={"PATH": os.environ["PATH"], "TERM": "xterm", **env},
            dimensions=size,
            encoding="utf-8",
            timeout=PATIENCE,
        )
        started.append(terminal)
        return terminal

    yield learn
    for terminal in started:
        terminal.close(force=True)


def run(course: Path, *options: str, **env: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "learn.py", *options],
        cwd=course,
        env={**os.environ, **env},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def write(course: Path, body: str) -> None:
    text = text_of(UTILS.replace("{area}", body.replace("\n", "\n        ")))
    (course / "src/shop/utils.py").write_text(text, encoding="utf-8")


def write_endless(course: Path) -> None:
    """Let a check run until it is stopped: longer than anybody waits here."""
    write(course, "while True:\n    pass")
    with (course / "course/01_area/exercise.toml").open("a", encoding="utf-8") as settings:
        settings.write("seconds = 600\n")


def state(course: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((course / "course/progress.json").read_text())
    return found


def test_a_saved_file_is_checked_and_the_next_exercise_follows(course: Path, learn: Learn) -> None:
    terminal = learn()
    terminal.expect("Exercise 1 of 4: The area of a shelf")
    terminal.expect(NOT_YET)
    write(course, "return width + height")
    terminal.expect(r"area\(2, 3\) gave 5, and a shelf of 2 by 3 has 6")
    write(course, AREA)
    terminal.expect("Done: The area of a shelf")
    terminal.expect("A function of a module is reached by the module's name")
    terminal.send("n")
    terminal.expect("Exercise 2 of 4: A module of your own")
    terminal.expect(r"\[##########-{30}\] 1 of 4")
    terminal.expect("No module named 'shop.prices'")
    (course / "src/shop/prices.py").write_text(text_of(PRICES))
    terminal.expect("Done: A module of your own")
    prices = course / "src/shop/prices.py"
    prices.write_text(prices.read_text() + "\n")  # saved once more, it stays on the screen
    terminal.expect("Checked again at [0-9:]{8}: the same")
    stock = course / "src/shop/stock.py"
    stock.touch()  # nothing in it has changed
    time.sleep(1)
    stock.write_text(stock.read_text() + "\n")
    terminal.expect("Exercise 3 of 4")
    terminal.expect("stock is a module still")
    terminal.send("q")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0
    assert state(course)["current"] == "03_package"
    assert state(course)["exercises"]["01_area"]["tries"] == 2


def test_the_course_goes_on_where_it_was_left(course: Path, learn: Learn) -> None:
    write(course, AREA)
    assert run(course, "--once").returncode == 0
    terminal = learn()
    terminal.expect("Exercise 2 of 4")


def test_the_last_exercise_ends_with_the_projects_own_tests(
    course: Path, runner: Runner, learn: Learn
) -> None:
    for exercise in runner("exercises").load(course):
        runner("places").solve(course, exercise)
    terminal = learn()
    terminal.expect("Done: The area of a shelf")
    terminal.send("a")
    terminal.expect("All 4 exercises are done. Congratulations!")
    terminal.expect("-m pytest")
    assert run(course, "--once").returncode == 0


def test_check_all_goes_to_the_first_that_does_not_pass(course: Path, learn: Learn) -> None:
    write(course, AREA)
    terminal = learn()
    terminal.expect("Done: The area of a shelf")
    terminal.send("a")
    terminal.expect("Exercise 2 of 4")
    terminal.expect("1 of 4 pass. This is the first that does not.")


def test_saving_while_a_check_runs_checks_anew(course: Path, learn: Learn) -> None:
    write_endless(course)
    terminal = learn()
    terminal.expect(r"Checking \.\.\. \(600 s at most\)")
    time.sleep(0.5)
    write(course, AREA)
    terminal.expect("Done: The area of a shelf")
    terminal.expect("Checked at [0-9:]{8}")


def test_what_was_so_before_is_dim_while_a_check_runs(course: Path, learn: Learn) -> None:
    terminal = learn()
    terminal.expect(NOT_YET)
    write(course, "while True:\n    pass")
    terminal.expect(r"\x1b\[2mNot written yet: area\(\) has no body yet\.")
    terminal.expect(r"Checking \.\.\. \(20 s at most\)")


def test_what_a_check_writes_itself_is_not_taken_for_the_learners(
    course: Path, learn: Learn
) -> None:
    log = course / "src/shop/log.txt"
    (course / "course/01_area/check.py").write_text(
        f"def test_area():\n    open({str(log)!r}, 'a').write('.')\n    assert False, 'again'\n"
    )
    terminal = learn()
    terminal.expect("again")
    time.sleep(1.2)
    assert log.read_text() == "."
    terminal.send("\r")
    wait_for(lambda: log.read_text() == "..")


def test_a_solved_exercise_says_when_the_import_check_finds_errors(
    course: Path, learn: Learn
) -> None:
    report = {"findings": [{"code": "MW301", "severity": "error", "message": "a cycle of yours"}]}
    python = course / "python"
    python.write_text(
        f"#!/bin/sh\ncase \"$*\" in\n*-m?modwright*) echo '{json.dumps(report)}' ;;\n"
        f'*) exec "{sys.executable}" "$@" ;;\nesac\n'
    )
    python.chmod(0o755)
    (course / ".modwright-kit.json").write_text(json.dumps({"python": str(python)}))
    write(course, AREA)
    terminal = learn()
    terminal.expect("The import check finds an error in this project: i tells more.")
    terminal.send("i")
    terminal.expect("a cycle of yours")
    terminal.expect("A cycle: A needs B")


def test_hints_are_shown_one_after_the_other(course: Path, learn: Learn) -> None:
    terminal = learn()
    terminal.expect(NOT_YET)
    terminal.send("h")
    terminal.expect("Hint 1: Width and height are parameters.")
    terminal.send("h")
    terminal.expect("Hint 2: return width")
    terminal.send("h")
    terminal.expect(r"No more hints: s shows the solution\.")
    terminal.send("q")
    terminal.expect(pexpect.EOF)
    assert state(course)["exercises"]["01_area"]["hints"] == 2


def test_a_solution_before_success_is_asked_for_and_noted(course: Path, learn: Learn) -> None:
    terminal = learn()
    terminal.expect(NOT_YET)
    terminal.send("s")
    terminal.expect("Show the solution before you have found one?")
    terminal.send("n")
    terminal.expect(NOT_YET)
    assert not state(course)["exercises"]["01_area"]["solution_shown"]
    terminal.send("s")
    terminal.expect("y yes")
    terminal.send("y")
    terminal.expect(r"return width \* height")
    assert state(course)["exercises"]["01_area"]["solution_shown"]


def test_the_list_is_searched_by_typing(learn: Learn) -> None:
    terminal = learn()
    terminal.expect(NOT_YET)
    terminal.send("l")
    terminal.expect("type to search")
    terminal.send("BASK")
    terminal.expect("> +4 +What a basket costs  \\(needs 1\\)")
    terminal.send("\r")
    terminal.expect("Exercise 4 of 4")
    terminal.expect(r"It needs 1, The area of a shelf\. n goes there")
    terminal.expect("This needs exercise 1 first, The area of a shelf")
    terminal.expect("n.exercise.1")
    terminal.send("n")
    terminal.expect("Exercise 1 of 4")


def test_a_list_says_how_many_are_left_below(learn: Learn) -> None:
    terminal = learn(size=(8, 60))
    terminal.expect("Exercise 1 of 4")
    terminal.send("l")
    terminal.expect(r"\.\.\. 2 more")
    terminal.send("\x1b[A")
    terminal.expect("> +4 +What a basket costs")


def test_a_broken_progress_is_told_once_with_the_key_that_gets_it_back(
    course: Path, learn: Learn
) -> None:
    (course / "course/progress.json").write_text("{")
    write(course, AREA)
    terminal = learn(size=(24, 120))
    terminal.expect(r"progress\.broken\.json: a checks all and gets it back")
    terminal.expect("Done: The area of a shelf")
    terminal.send("n")
    terminal.expect("Exercise 2 of 4")
    terminal.expect("No module named 'shop.prices'")
    assert "gets it back" not in (terminal.before or "").rpartition("Exercise 2 of 4")[2]


def test_without_modwright_there_is_not_a_key_for_it(course: Path, learn: Learn) -> None:
    python = course / "python"
    cases = f'*find_spec*) echo False ;;\n*) exec "{sys.executable}" "$@" ;;'
    python.write_text(f'#!/bin/sh\ncase "$*" in\n{cases}\nesac\n')
    python.chmod(0o755)
    (course / ".modwright-kit.json").write_text(json.dumps({"python": str(python)}))
    terminal = learn()
    terminal.expect(NOT_YET)
    terminal.expect("a.check.all  q.quit")
    terminal.send("i")
    terminal.expect("The import check needs modwright, which is not installed here")


def test_an_arrow_that_comes_in_parts_is_one_key(learn: Learn) -> None:
    terminal = learn()
    terminal.expect(NOT_YET)
    terminal.send("l")
    terminal.expect("type to search")
    terminal.delaybeforesend = None
    terminal.send("\x1b")
    terminal.send("[B")
    terminal.expect("> +2 +A module of your own")
    terminal.send("\x1b[1;5A")  # no key of ours
    terminal.send("\x1b")
    terminal.expect(NOT_YET)


def test_reset_asks_and_then_empties_the_places(course: Path, learn: Learn) -> None:
    before = (course / "src/shop/utils.py").read_bytes()
    write(course, "return width *")
    terminal = learn()
    terminal.expect("SyntaxError")
    terminal.send("x")
    terminal.expect("Reset this exercise")
    terminal.send("n")
    terminal.expect("SyntaxError")
    assert (course / "src/shop/utils.py").read_bytes() != before
    terminal.send("x")
    terminal.expect("y yes")
    terminal.send("y")
    terminal.expect(NOT_YET)
    assert (course / "src/shop/utils.py").read_bytes() == before


def test_the_page_is_shown_a_screen_at_a_time(course: Path, learn: Learn) -> None:
    lines = "\n".join(f"    line {number}" for number in range(1, 31))
    (course / "course/01_area/page.md").write_text(f"# Long\n{lines}\n")
    terminal = learn(size=(14, 60))
    terminal.expect(NOT_YET)
    terminal.send("p")
    terminal.expect("line 10")
    terminal.expect(r"\(10 of 30 lines\)")
    terminal.send(" ")
    terminal.expect("line 20")
    terminal.send(" ")
    terminal.expect("line 30")
    terminal.expect("end   b up   q back")
    terminal.send(" x\r")  # no key but two leaves it
    terminal.send("b")
    terminal.expect("line 20")
    terminal.send("qq")  # and the second one does not end the course
    terminal.expect("Not written yet")
    terminal.send("h")
    terminal.expect("Hint 1")


def test_a_page_gives_way_to_what_a_check_says_of_a_saved_file(course: Path, learn: Learn) -> None:
    terminal = learn()
    terminal.expect(NOT_YET)
    terminal.send("p")
    terminal.expect("q back")
    write(course, AREA)
    terminal.expect("Done: The area of a shelf")


@pytest.mark.full
def test_a_question_is_not_answered_by_what_was_pasted(course: Path, learn: Learn) -> None:
    before = (course / "src/shop/utils.py").read_bytes()
    write(course, "return width *")
    terminal = learn()
    terminal.expect("SyntaxError")
    terminal.send("xy")
    terminal.expect("y yes")
    time.sleep(0.5)
    assert (course / "src/shop/utils.py").read_bytes() != before


@pytest.mark.parametrize(
    ("end", "status"),
    [("q", 0), ("\x03", 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)],
    ids=["q", "Ctrl-C", "SIGTERM", "SIGHUP"],
)
def test_the_terminal_is_left_as_it_was(
    course: Path, learn: Learn, end: str | int, status: int
) -> None:
    write_endless(course)  # and the check is running
    terminal = learn()
    assert terminal.getecho()
    terminal.expect("Checking")
    wait_for(lambda: not terminal.getecho())
    if isinstance(end, str):
        terminal.send(end)
    else:
        terminal.kill(end)
    terminal.expect(pexpect.EOF)
    assert "Traceback" not in (terminal.before or "")
    echo = terminal.getecho()
    terminal.close()
    assert echo
    assert terminal.exitstatus == status


@pytest.mark.full
def test_ctrl_z_gives_the_terminal_back_and_fg_takes_it_again(course: Path) -> None:
    shell = pexpect.spawn(
        "bash",
        ["--norc", "--noprofile", "-i"],
        cwd=str(course),
        env={"PATH": os.environ["PATH"], "TERM": "xterm", "PS1": "$ "},
        encoding="utf-8",
        timeout=PATIENCE,
    )
    shell.sendline(f"{sys.executable} learn.py")
    shell.expect(NOT_YET)
    shell.send("\x1a")
    shell.expect("Stopped")
    shell.sendline("stty -a | grep -o ' [-]*icanon'; echo asked")
    shell.expect(r" icanon\r\nasked")
    shell.sendline("fg")
    shell.expect(NOT_YET)
    shell.send("h")
    shell.expect("Hint 1")
    shell.close(force=True)


@pytest.mark.parametrize(
    ("options", "env"),
    [(["--plain"], {}), ([], {"TERM": "dumb"}), ([], {"NO_COLOR": "1"})],
    ids=["--plain", "TERM=dumb", "NO_COLOR"],
)
def test_plain_lines_steer_no_terminal(
    learn: Learn, options: list[str], env: dict[str, str]
) -> None:
    terminal = learn(*options, **env)
    terminal.logfile_read = shown = StringIO()
    terminal.expect(NOT_YET)
    terminal.sendline("h")
    terminal.expect("Hint 1")
    terminal.sendline("")  # checks again, and says so even when nothing is new
    terminal.expect(NOT_YET)
    terminal.sendline("l")
    terminal.expect("What a basket costs")
    terminal.sendline("basket")
    terminal.expect("This needs exercise 1 first")
    terminal.sendline("q")
    terminal.expect(pexpect.EOF)
    assert "\x1b" not in shown.getvalue()
    terminal.close()
    assert terminal.exitstatus == 0


def test_a_pipe_gets_plain_lines_and_an_end(course: Path) -> None:
    found = run(course)
    assert found.returncode == 0
    assert found.stderr == ""
    assert "Not written yet" in found.stdout
    assert "\x1b" not in found.stdout


@pytest.mark.full
def test_a_pipe_may_bring_the_keys(course: Path) -> None:
    write(course, AREA)
    command = [sys.executable, "learn.py"]
    found = subprocess.run(
        command, cwd=course, input="a\n", capture_output=True, text=True, check=False
    )
    assert (found.returncode, found.stderr) == (0, "")
    assert "Checking all: 0 of 4" in found.stdout
    assert "1 of 4 pass. This is the first that does not." in found.stdout


def test_once_prints_and_exits_with_what_the_check_has_said(course: Path) -> None:
    first = run(course, "--once")
    assert first.returncode == 1
    assert first.stdout.splitlines() == [
        "Exercise 1 of 4: The area of a shelf",
        "[----------------------------------------] 0 of 4",
        "The task: course/01_area/page.md",
        "",
        "src/shop/utils.py:9",
        "Not written yet: area() has no body yet.",
    ]
    write(course, f"print('one')\n{AREA}")
    second = run(course, "--once")
    assert second.returncode == 0
    assert second.stdout.splitlines()[4:] == [
        "Done: The area of a shelf",
        "A function of a module is reached by the module's name.",
        "",
        "Your code has printed:",
        "    one",
        "",
        "Start it once more for the next exercise.",
    ]
    assert "Exercise 2 of 4" in run(course, "--once").stdout


@pytest.mark.full
def test_the_list_says_what_is_done(course: Path) -> None:
    write(course, AREA)
    run(course, "--once")
    assert run(course, "--list").stdout.splitlines()[:2] == [
        " 1 done   The area of a shelf",
        " 2        A module of your own",
    ]


def test_what_cannot_be_shown_never_fails(course: Path) -> None:
    page = course / "course/01_area/page.md"
    page.write_text(page.read_text().replace("The area", "Die Fläche ☃"), encoding="utf-8")
    write(course, "print('\U0001f40d')")
    found = run(course, "--once", PYTHONIOENCODING="ascii")
    assert found.returncode == 1
    assert "Die Fl?che ?" in found.stdout


def test_wrong_usage_is_told_in_one_line(course: Path) -> None:
    assert run(course, "--once", "--list").returncode == 2
    assert run(course, "--nonsense").returncode == 2
    shutil.rmtree(course / "course/01_area")
    (course / "course/course.toml").write_text("package = 7")
    found = run(course)
    assert found.returncode == 2
    assert len(found.stderr.splitlines()) == 1
    shutil.rmtree(course / "course")
    found = run(course)
    assert found.returncode == 2
    assert len(found.stderr.splitlines()) == 1


@pytest.mark.full
def test_files_beside_it_hide_no_module_from_it(course: Path) -> None:
    for name in ("json", "argparse", "runner", "threading"):
        (course / f"{name}.py").write_text("raise RuntimeError('hidden')")
    assert "Not written yet" in run(course, "--once").stdout


@pytest.mark.full
def test_an_old_python_says_which_one_is_needed(course: Path) -> None:
    ast.parse(LEARN.read_text(), feature_version=(3, 4))
    for name in ("python2.7", "python3.6", "python3.10"):
        old = Path.home() / ".pyenv/shims" / name
        python = shutil.which(name) or (str(old) if old.exists() else None)
        if python is None:
            continue
        command = [python, "learn.py"]
        found = subprocess.run(command, cwd=course, capture_output=True, text=True, check=False)
        if "pyenv" not in found.stderr:
            assert found.returncode == 2
            assert found.stderr.startswith("The course needs Python 3.11 or newer. This is ")


def wait_for(happened: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.02)
