"""What is imported again before anything is said of it."""

from pathlib import Path

from modwright_check.model.options import Isolation
from tests.checker.laid_out import lay_out

# Waits the first times that it is imported: it adds a byte to a file each time.
WAITS = """
import time
with open({file!r}, "a+b") as file:
    file.write(b"x")
    times = file.tell()
if times <= {times}:
    time.sleep(60)
"""


def test_who_runs_out_of_time_beside_others_is_asked_again_alone(tmp_path: Path) -> None:
    counts = {name: tmp_path / f"{name}.count" for name in ("slow", "stuck")}
    files = {
        "quick.py": "",
        "slow.py": WAITS.format(file=str(counts["slow"]), times=1),
        "stuck.py": WAITS.format(file=str(counts["stuck"]), times=9),
    }
    outcomes = lay_out(tmp_path, files, time_limit=1).imported(Isolation.FRESH)
    assert {name: outcome.loaded for name, outcome in outcomes.items()} == {
        "quick": True,
        "slow": True,
        "stuck": False,
    }
    assert outcomes["stuck"].ran_out_of_time
    assert {name: len(count.read_bytes()) for name, count in counts.items()} == {
        "slow": 2,
        "stuck": 2,
    }


def test_what_a_package_has_done_is_not_looked_for_again_in_its_modules(tmp_path: Path) -> None:
    count = tmp_path / "count"
    files = {
        "app/__init__.py": "import warnings\nwarnings.simplefilter('error', BytesWarning)",
        "app/quiet.py": f"with open({str(count)!r}, 'a') as file:\n    file.write('x')",
    }
    outcomes = lay_out(tmp_path, files).imported(Isolation.FRESH)
    assert [effect.kind for effect in outcomes["app"].effects] == ["filters"]
    assert "filters" not in {effect.kind for effect in outcomes["app.quiet"].effects}
    assert count.read_text("utf-8") == "x"
