"""What a check that is killed leaves behind, the next one removes, and says so."""

import os
import random
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from modwright_check.run.scratch import LOCK, PREFIX, scratch_folder
from tests.conftest import MakeProject, Run, Tree

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux tells the environment of a process"
)

HANG = """
import os, time
with open({started!r}, "w") as file:
    file.write(str(os.getpid()))
time.sleep(600)
"""


@contextmanager
def checking(project: Path, temporary: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "modwright", "check", str(project), "--time-limit", "500"]
    env = {**os.environ, "TMPDIR": str(temporary)}
    process = subprocess.Popen(
        command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def process_in(file: Path, check: subprocess.Popen[bytes]) -> int:
    """Wait until a module that is checked has told its process in a file."""
    while not (file.exists() and file.read_text("utf-8")) and check.poll() is None:
        time.sleep(0.01)
    return int(file.read_text("utf-8"))


def is_there(process: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{process}/stat").read_text("utf-8")
    except OSError:
        return False


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    (folder := tmp_path / "temporary").mkdir()
    return folder


def test_the_next_check_ends_and_removes_what_is_left_and_says_so(
    run: Run, make_project: MakeProject, temporary: Path, tmp_path: Path
) -> None:
    started = tmp_path / "started"
    project = make_project({"sample/__init__.py": HANG.format(started=str(started))})
    with checking(project, temporary) as killed:
        importing = process_in(started, killed)
    [left] = temporary.iterdir()
    assert is_there(importing)

    (project / "src/sample/__init__.py").write_text("", "utf-8")
    finished = run("check", project, env={"TMPDIR": str(temporary)})

    assert finished.returncode == 0, finished.stdout
    first = finished.stderr.splitlines()[0]
    assert first == f"Checking: removing {left}, left by a check that was killed"
    assert not is_there(importing)
    assert list(temporary.iterdir()) == []


@pytest.mark.full
def test_a_check_that_is_under_way_is_left_alone(
    run: Run, make_project: MakeProject, temporary: Path, tmp_path: Path
) -> None:
    started = tmp_path / "started"
    project = make_project({"sample/__init__.py": HANG.format(started=str(started))})
    with checking(project, temporary) as first:
        importing = process_in(started, first)
        (project / "src/sample/__init__.py").write_text("", "utf-8")
        finished = run("check", project, env={"TMPDIR": str(temporary)})
        assert finished.returncode == 0, finished.stdout
        assert "removing" not in finished.stderr
        assert is_there(importing)
        assert first.poll() is None
        first.send_signal(signal.SIGTERM)
        assert first.wait(60) == 143
    assert list(temporary.iterdir()) == []


def test_where_nothing_can_be_locked_no_check_takes_another_for_a_killed_one(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError

    monkeypatch.setattr("fcntl.flock", refuse)
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    told: list[str] = []

    def tell(step: str, _detail: str) -> None:
        told.append(step)

    with scratch_folder(tell) as first, scratch_folder(tell):
        assert first.is_dir()
    assert told == []


def test_what_one_check_is_removing_no_other_touches(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    left = temporary / f"{PREFIX}0"
    left.mkdir()
    (left / LOCK).touch()
    told: list[str] = []

    def tell_another(step: str, _detail: str) -> None:
        told.append(step)

    def tell(step: str, _detail: str) -> None:
        with scratch_folder(tell_another) as other:
            assert other != left
            assert left.is_dir()
        assert step.startswith(f"removing {left},")

    with scratch_folder(tell) as folder:
        assert folder == left
    assert told == []


def test_a_check_has_the_path_of_the_one_before(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So uv, which keeps what it knows of an interpreter by its path, need not ask it again."""
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    with scratch_folder(print) as first:
        pass
    with scratch_folder(print) as second, scratch_folder(print) as at_the_same_time:
        assert (second, at_the_same_time != second) == (first, True)


def test_what_a_module_has_forbidden_to_touch_is_removed_too(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    elsewhere = temporary / "elsewhere"
    elsewhere.mkdir(mode=0o500)
    with scratch_folder(print) as folder:
        (folder / "deep" / "deeper").mkdir(parents=True)
        (folder / "deep" / "deeper" / "file").touch()
        (folder / "link").symlink_to(elsewhere)
        (folder / "deep" / "deeper").chmod(0o500)
        (folder / "deep").chmod(0)
    assert list(temporary.iterdir()) == [elsewhere]
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o500


@pytest.mark.release
def test_forty_checks_killed_at_any_moment_change_nothing_and_leave_nothing_to_the_next(
    run: Run, make_project: MakeProject, temporary: Path, tree: Tree
) -> None:
    project = make_project({"sample/__init__.py": "", "sample/more.py": "import json\n"})
    before = tree(project)
    begin = time.monotonic()
    assert run("check", project, env={"TMPDIR": str(temporary)}).returncode == 0
    longest = time.monotonic() - begin
    moments = random.Random(40)  # noqa: S311 (the same moments each time)
    for _ in range(40):
        with checking(project, temporary):
            time.sleep(moments.uniform(0, longest))
        assert tree(project) == before
    left = list(temporary.iterdir())  # nothing where the last one had ended just before

    finished = run("check", project, env={"TMPDIR": str(temporary)})

    assert finished.returncode == 0, finished.stdout
    assert ("which a check that was killed has left" in finished.stderr) == bool(left)
    assert list(temporary.iterdir()) == []
