"""Programs that end with all that they have started, and do not wait for what they leave behind."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from modwright_check.system.processes import run_to_end
from tests.conftest import ends

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no groups of processes")

# A shell whose child, deaf to SIGTERM, would run for ten minutes; it writes down who that is.
WITH_CHILD = "(trap '' TERM; sleep 600 & echo $! > child; wait) "


def shell(script: str, folder: Path, **limit: float) -> subprocess.CompletedProcess[str]:
    return run_to_end(["sh", "-c", script], cwd=folder, env=os.environ, **limit)


def test_code_and_output_of_a_program_are_returned(tmp_path: Path) -> None:
    finished = shell("pwd; echo caf\\\\303 >&2; exit 7", tmp_path)
    assert (finished.returncode, finished.stdout) == (7, f"{tmp_path}\n")
    assert finished.stderr.startswith("caf")


def test_what_takes_too_long_is_ended_with_all_that_it_has_started(tmp_path: Path) -> None:
    with pytest.raises(subprocess.TimeoutExpired):
        shell(f"{WITH_CHILD}; echo never", tmp_path, seconds=3)
    assert ends(int((tmp_path / "child").read_text("utf-8")))


def test_what_stays_in_the_background_is_not_waited_for(tmp_path: Path) -> None:
    shell(f"{WITH_CHILD} & while ! [ -s child ]; do sleep 0.1; done", tmp_path, seconds=60)
    os.kill(int((tmp_path / "child").read_text("utf-8")), 9)  # it is still there


def test_ctrl_c_ends_a_program_with_all_that_it_has_started(tmp_path: Path) -> None:
    interrupted = f"""
import os, signal, sys
from pathlib import Path
from modwright_check.system.processes import run_to_end
from modwright_check.system.signals import raise_on_signals
raise_on_signals()
has_child = "while ! [ -s child ]; do sleep 0.1; done"
script = {WITH_CHILD!r} + f"& {{has_child}}; kill -INT $PPID; wait"
run_to_end(["sh", "-c", script], cwd=Path(), env=os.environ)
"""
    command = [sys.executable, "-c", interrupted]
    finished = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
    assert finished.stderr.splitlines()[-1] == "KeyboardInterrupt"
    assert ends(int((tmp_path / "child").read_text("utf-8")))
