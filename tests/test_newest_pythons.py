"""`.ci/newest_pythons`, where it cannot do what it is for: a line says so, and nothing is left."""

import os
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / ".ci" / "newest_pythons"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="it is a program for Debian")


def refused(folder: Path, *, path: str = os.environ["PATH"]) -> str:
    """Call the script; return the one line that it says."""
    finished = subprocess.run(
        ["/bin/bash", SCRIPT, folder],
        check=False,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
    )
    assert finished.returncode == 1
    assert not finished.stdout
    [line] = finished.stderr.splitlines()
    return line


def test_a_machine_without_apt_is_told_so(tmp_path: Path) -> None:
    nothing = tmp_path / "nothing"
    nothing.mkdir()
    assert "apt is not here" in refused(tmp_path / "pythons", path=str(nothing))
    assert [*tmp_path.iterdir()] == [nothing]


@pytest.mark.skipif(not Path("/usr/bin/apt-get").exists(), reason="apt is not here")
def test_a_folder_that_holds_something_else_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("Dear Ann", "utf-8")
    assert "delete it first" in refused(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["letter"]
