"""The command line as a whole: quick to answer, and every failure is one line and a code."""

import json
import os
import signal
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from modwright.cli import COMMANDS
from tests.conftest import MakeProject, Run, Tree
from tests.parts import shared_out

HEAVY = {"copier", "grimp", "prompt_toolkit", "pydantic", "rich"}
WHICH_ARE_LOADED = """
import json, sys
from modwright.cli import main
code = main()
print(json.dumps([code, sorted({name.partition(".")[0] for name in sys.modules})]), file=sys.stderr)
"""
INTERRUPTED_AT_IMPORT = """
import os, runpy, signal, sys

class Interrupt:
    def find_spec(self, name, *_):
        if name == "click":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupt())
runpy.run_module("modwright", run_name="__main__")
"""
MOST = ["<&- >&- 2>&-", "2>/dev/full"]
STREAMS = ["<&-", ">&-", "2>&-", *MOST]
MAKE = ["new", "made", "--defaults", "--no-check", "--no-git"]
on_posix = pytest.mark.skipif(os.name == "nt", reason="no shell of Windows closes streams")
USAGE_ERRORS = [
    ["nosuch"],
    ["--nosuch"],
    ["check", "--format", "xml"],
    ["check", "nowhere"],
    ["check", ".", "surplus"],
    ["check", "--format"],
    ["new", "--licence", "MIT"],
    ["new", "--license", "Beerware"],
    ["new", "--requires-python", "2.7"],
    ["new", "--data", "no equals sign"],
    ["new", "--data", "=no key"],
    ["new", "--data", "licens=MIT"],
    ["new", "--data", "two\nlines=MIT"],
    ["new", "--data", "_src_path=elsewhere"],
    ["new", "--data", "uses_stdlib=false"],
    ["new", "--preset", "nosuch"],
    ["new", "--preset", "two\nlines"],
    ["new", "--preset", "http://["],
    ["new", "--preset", "http://localhost/a blank"],
    ["new", "~nobody-of-this-name/project", "--defaults"],
    ["presets", "surplus"],
]


def start(arguments: list[str], tmp_path: Path) -> tuple[int, set[str]]:
    """Return the exit code of a command line and the top-level modules that it has loaded."""
    finished = subprocess.run(
        [sys.executable, "-c", WHICH_ARE_LOADED, *arguments],
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    code, loaded = json.loads(finished.stderr.splitlines()[-1])
    return code, set(loaded)


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], [], ["nosuch"], ["check", "--help"], ["check", "-x"]]
)
def test_help_version_and_usage_errors_import_nothing_heavy(
    arguments: list[str], tmp_path: Path
) -> None:
    assert not start(arguments, tmp_path)[1] & (HEAVY | {"yaml", "uv", "packaging"})


@pytest.mark.parametrize(
    "arguments", [["new", "--help"], ["new", "--license", "x"], ["new", "--data", "x"], ["presets"]]
)
def test_what_reads_the_questions_imports_no_more_than_that_takes(
    arguments: list[str], tmp_path: Path
) -> None:
    assert not start(arguments, tmp_path)[1] & HEAVY


def test_a_destination_in_use_is_refused_before_copier_is_imported(tmp_path: Path) -> None:
    (tmp_path / "in the way").touch()
    code, loaded = start(["new", "--defaults"], tmp_path)
    assert (code, loaded & HEAVY) == (2, set())


@pytest.mark.parametrize("arguments", USAGE_ERRORS, ids=" ".join)
def test_a_usage_error_is_one_line_and_exit_code_2(arguments: list[str], run: Run) -> None:
    finished = run(*arguments)
    assert finished.returncode == 2, finished.stderr
    assert finished.stdout == ""
    assert finished.stderr.startswith("modwright: ")
    assert finished.stderr.endswith("\n")
    assert len(finished.stderr.splitlines()) == 1


def test_help_names_every_command(run: Run) -> None:
    finished = run("--help")
    assert finished.returncode == 0
    assert finished.stderr == ""
    for name, summary in COMMANDS.items():
        assert f"  {name} " in finished.stdout
        assert summary in " ".join(finished.stdout.split())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_of_its_own(name: str, run: Run) -> None:
    finished = run(name, "-h")
    assert finished.returncode == 0
    assert finished.stdout.startswith(f"Usage: modwright {name} ")


def test_no_command_at_all_shows_the_help_and_is_wrong_usage(run: Run) -> None:
    finished = run()
    assert finished.returncode == 2
    assert finished.stdout == ""
    assert "Usage: modwright" in finished.stderr


def test_the_version_is_that_of_the_distribution(run: Run) -> None:
    assert run("--version").stdout == f"modwright {version('modwright')}\n"


def test_the_installed_command_is_the_module(run: Run) -> None:
    command = Path(sys.executable).with_name("modwright")
    if not command.exists():
        pytest.skip("modwright is not installed in this environment's folder of commands")
    installed = subprocess.run([command, "--help"], capture_output=True, check=True, text=True)
    assert installed.stdout == run("--help").stdout


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals for others")
def test_ctrl_c_before_the_command_has_begun_ends_it_without_a_traceback(tmp_path: Path) -> None:
    command = [sys.executable, "-c", INTERRUPTED_AT_IMPORT, "--help"]
    finished = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
    assert (finished.returncode, finished.stdout, finished.stderr) == (-signal.SIGINT, "", "")


@pytest.mark.skipif(os.name == "nt", reason="pipes break in another way on Windows")
def test_a_reader_who_leaves_early_sees_no_traceback(run: Run) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        finished = run("presets", stdout=writing)
    finally:
        os.close(writing)
    assert "Traceback" not in finished.stderr


def test_a_reader_who_leaves_early_is_not_a_finding(run: Run) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        assert run("presets", stdout=writing).returncode == 141
    finally:
        os.close(writing)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is full")
def test_a_full_disk_is_told_in_one_line(run: Run) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        finished = run("presets", stdout=full.fileno())
    assert finished.returncode == 4
    assert finished.stderr == "modwright: error: No space left on device\n"


@pytest.mark.parametrize("arguments", [["new", ""], ["new", "x", "--preset", ""]])
def test_an_empty_word_is_not_taken_for_the_default(arguments: list[str], run_here: Run) -> None:
    finished = run_here(*arguments, "--defaults")
    assert finished.returncode == 2
    assert len(finished.stderr.splitlines()) == 1


@on_posix
@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["presets"], ["nosuch"]], ids=str)
def test_a_closed_stream_changes_nothing_but_what_can_be_read(
    arguments: list[str], run: Run
) -> None:
    usual = run(*arguments)
    for closed in STREAMS:
        finished = run(*arguments, under=("sh", "-c", f'exec "$@" {closed}', "sh"))
        assert finished.returncode == usual.returncode, closed
        assert finished.stdout in {"", usual.stdout}, closed
        assert finished.stderr in {"", usual.stderr}, closed


@on_posix
@pytest.mark.parametrize(
    "closed",
    [
        pytest.param(closed, marks=pytest.mark.full if closed in MOST else pytest.mark.release)
        for closed in STREAMS
    ],
)
def test_a_project_is_made_and_checked_with_closed_streams_too(
    closed: str, run: Run, tmp_path: Path, tree: Tree, make_project: MakeProject
) -> None:
    shell = ("sh", "-c", f'exec "$@" {closed}', "sh")
    assert run(*MAKE).returncode == 0
    expected = tree((tmp_path / "made").rename(tmp_path / "usual"))
    assert run(*MAKE, under=shell).returncode == 0
    assert tree(tmp_path / "made") == expected
    project = make_project({"fine.py": "", "broken.py": "1 / 0"})
    finished = run("check", project, under=shell)
    assert finished.returncode == 1
    assert "Traceback" not in finished.stderr


@pytest.mark.full
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is full")
def test_a_project_is_committed_although_nobody_can_be_told(run: Run, tmp_path: Path) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        finished = run("new", "made", "--defaults", stdout=full.fileno())
    assert finished.returncode == 4
    assert finished.stderr == "modwright: error: No space left on device\n"
    git = ["git", "-C", str(tmp_path / "made")]
    log = subprocess.run([*git, "log", "--format=%s"], check=True, capture_output=True, text=True)
    assert log.stdout == "Start made\n"


STEERING = ["\x1b[31m\x1b]0;title\x07", "\u202etxt.exe", "\x9b2J", "\udce9"]


@pytest.mark.parametrize("text", shared_out(STEERING, readme=STEERING[:1]))
def test_no_error_steers_the_terminal(text: str, run: Run, tmp_path: Path) -> None:
    key = json.dumps(text)
    (tmp_path / "team.yml").write_text(f"{key}: MIT\n", encoding="utf-8")
    for arguments in (["--preset", "team.yml"], ["--data", f"{text}=1"], ["--preset", text]):
        finished = run("new", "made", "--defaults", *arguments)
        assert finished.returncode == 2
        assert finished.stderr.removesuffix("\n").isprintable(), ascii(finished.stderr)
