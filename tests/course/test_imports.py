"""The import check tells a learner what modwright has found, in a learner's words."""

import json
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from modwright.checking.catalogue import CODES
from tests.course.conftest import COURSE

Runner = Callable[[str], ModuleType]


def program(folder: Path, code: str) -> str:
    """Return an interpreter that runs code, whatever it is told to run."""
    python = folder / "python"
    python.write_text(f"#!{sys.executable}\nimport sys\n{code}\n")
    python.chmod(0o755)
    return str(python)


def test_each_code_is_one_that_modwright_has() -> None:
    told = tomllib.loads((COURSE / "runner/findings.toml").read_text(encoding="utf-8"))
    assert told.keys() <= CODES.keys()
    for words in told.values():
        assert words.keys() == {"means", "do"}


def test_findings_are_told_with_place_meaning_and_what_to_do(
    course: Path, runner: Runner, tmp_path: Path
) -> None:
    findings = [
        {"code": "MW301", "severity": "error", "file": "src/shop/a.py", "line": 3, "message": "m1"},
        {"code": "MW999", "severity": "warning", "module": "shop.b", "message": "m2", "hint": "h2"},
        {"code": "MW301", "severity": "error", "file": "src/shop/a.py", "line": 3, "message": "m4"},
        {"code": "MW301", "severity": "error", "file": "src/shop/c.py", "line": 1, "message": "m5"},
        {"code": "MW531", "severity": "info", "message": "m3"},
    ]
    python = program(tmp_path, f"print({json.dumps(json.dumps({'findings': findings}))})")
    found = runner("imports").looked_at(course, python)
    assert found.errors == 3
    told = runner("imports").in_words(found)
    assert told[:2] == ["src/shop/a.py:3  (error MW301)", "m4"]
    assert told[2].startswith("A cycle: A needs B, and B needs A")
    assert told[4:8] == ["", "shop.b  (warning MW999)", "m2", "h2"]
    # What a code means is said once, and a place is told once.
    assert told[8:] == ["", "src/shop/c.py:1  (error MW301)", "m5", ""]


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("sys.exit('python: No module named modwright')", "not installed in this environment"),
        ("sys.exit('modwright: error: no uv')", "has not come far: modwright: error: no uv"),
        ("print('[]')", "has not come far: exit code 0"),
        ("", "has not come far: exit code 0"),
    ],
)
def test_a_check_that_says_nothing_is_told_in_one_line(
    course: Path, runner: Runner, tmp_path: Path, code: str, problem: str
) -> None:
    found = runner("imports").looked_at(course, program(tmp_path, code))
    (told,) = runner("imports").in_words(found)
    assert told.removesuffix(".").endswith(problem)


@pytest.mark.full
def test_a_cycle_of_the_learner_is_found_by_the_real_check(course: Path, runner: Runner) -> None:
    (course / "pyproject.toml").write_text(
        '[build-system]\nrequires = ["setuptools>=77"]\nbuild-backend = "setuptools.build_meta"\n'
        '[project]\nname = "shop"\nversion = "1"\n'
    )
    (course / "src/shop/members.py").write_text("from shop.teams import Team\nclass Member: ...\n")
    (course / "src/shop/teams.py").write_text("from shop.members import Member\nclass Team: ...\n")
    told = runner("imports").in_words(runner("imports").looked_at(course, sys.executable))
    assert any(line.startswith("A cycle: A needs B") for line in told)
