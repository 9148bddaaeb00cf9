"""What a program leaves in the background is ended with the process that has started it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ends

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="orphans are adopted on Linux only")

# Starts, in a session of its own, what sleeps, and leaves it behind.
LEAVES = """
import os, subprocess, sys
from modwright_check.system.orphans import orphans_ended
{before}
with orphans_ended():
    subprocess.run(["sh", "-c", "setsid sleep 600 > /dev/null & echo $! > child"])
    {meanwhile}
print("over")
"""


def leave(folder: Path, *, before: str = "", meanwhile: str = "") -> tuple[str, int]:
    """Return what is said at the end, and the process that was left behind."""
    program = LEAVES.format(before=before, meanwhile=meanwhile)
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, check=True, stdout=subprocess.PIPE, timeout=20
    )
    return ran.stdout.decode(), int((folder / "child").read_text("utf-8"))


def test_what_is_left_behind_is_ended_in_whatever_session(tmp_path: Path) -> None:
    said, child = leave(tmp_path)
    assert said == "over\n"
    assert ends(child)


def test_what_was_there_before_lives_on(tmp_path: Path) -> None:
    before = "first = subprocess.Popen(['sleep', '600'], stdout=subprocess.DEVNULL)"
    before += "\nopen('first', 'w').write(str(first.pid))"
    leave(tmp_path, before=before)
    os.kill(int((tmp_path / "first").read_text("utf-8")), 9)  # it is still there


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can be two users")
def test_what_runs_as_somebody_else_is_not_waited_for(tmp_path: Path) -> None:
    said, child = leave(tmp_path, meanwhile="os.setresuid(65534, 65534, 65534)")
    os.kill(child, 9)  # it is still there
    assert said == "over\n"
