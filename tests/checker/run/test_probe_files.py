"""Modules that tamper with the files in which the probe tells what it has seen."""

import os
from pathlib import Path

import pytest

from modwright_check.model.options import Isolation
from modwright_check.run.probe_files import read_outcomes
from tests.checker.laid_out import lay_out

pytestmark = pytest.mark.skipif(os.name != "posix", reason="no pipes and devices in folders here")

# It runs in an empty folder beside those that the probe writes to.
TAMPERS = {
    "a pipe": "import os\nos.mkfifo(FILE)",
    "a pipe that is in the way": "import os\nos.path.exists(FILE) and os.remove(FILE)\n"
    "os.mkfifo(FILE)",
    "a link to what never ends": "import os\nos.path.exists(FILE) and os.remove(FILE)\n"
    "os.symlink('/dev/zero', FILE)",
    "a folder": "import os\nos.path.exists(FILE) and os.remove(FILE)\nos.mkdir(FILE)",
    "nothing": "import os\nos.path.exists(FILE) and os.remove(FILE)",
    "bytes": "open(FILE, 'wb').write(bytes(range(256)) * 9)",
    "other types": "open(FILE, 'a').write('\\n' + repr(('import', __name__, 5)) + '\\n')",
    "other keys": "open(FILE, 'a').write('\\n' + repr(('import', __name__, {'error': 1})) + '\\n')",
    "a number": "open(FILE, 'w').write('9' * 5000)",
}
FILES = ("../outcomes/1", "../stderr", "../trace", "../ended")
# Nine modules of which the probe can say nothing any more wait for their limits of time.
PROBES_OWN = pytest.param("../outcomes/0", marks=pytest.mark.full)


@pytest.mark.parametrize("file", [*FILES, PROBES_OWN])
@pytest.mark.parametrize("isolation", list(Isolation))
def test_whatever_lies_there_the_others_are_judged_as_ever(
    isolation: Isolation, file: str, tmp_path: Path
) -> None:
    tampering = {
        f"tampers_{number}.py": f"FILE = {file!r}\ntry:\n    "
        + source.replace("\n", "\n    ")
        + "\nexcept OSError:\n    pass\n"
        for number, source in enumerate(TAMPERS.values())
    }
    files = tampering | {"fails.py": "1 / 0", "fine.py": ""}
    outcomes = lay_out(tmp_path, files, time_limit=2).imported(isolation)
    assert set(outcomes) == {name.removesuffix(".py") for name in files}
    assert outcomes["fine"].loaded
    assert outcomes["fails"].error == "ZeroDivisionError"


@pytest.mark.parametrize(
    "noted",
    [
        ("import", "app", None),
        ("import", "app", {}),
        ("import", 5, {}),
        ("exports", "app", [("__all__", "x", {})]),
        ("exports", "app", 7),
        ("attributes", "app", ["x", 1]),
        ("asks", "app", ("x",)),
        ("unknown", "app", ()),
        ("import",),
    ],
)
def test_what_the_probe_would_not_write_is_passed_over(noted: object, tmp_path: Path) -> None:
    (tmp_path / "outcomes").mkdir()
    (tmp_path / "outcomes" / "0").write_text(f"{noted!r}\n{('asks', 'app', ('x', 'y'))!r}\n")
    assert read_outcomes(tmp_path) == {("asks", "app"): ("x", "y")}
