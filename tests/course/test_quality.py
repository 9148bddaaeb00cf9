"""The runner is as clean as the rest, although it lies in the template."""

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.full
@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_its_types_hold_on_every_system(course: Path, platform: str) -> None:
    command = [sys.executable, "-m", "mypy", "--strict", "--explicit-package-bases"]
    command += ["--python-version=3.11", f"--platform={platform}", "learn.py", "course/runner"]
    found = subprocess.run(
        command,
        cwd=course,
        env={"MYPYPATH": str(course / "course")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stdout
