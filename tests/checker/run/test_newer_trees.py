"""The environment's Python parses what the one that runs the check is too old for."""

import ast
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from modwright_check.model.environment import Environment
from modwright_check.run.environment import create_environment, installed_pythons
from modwright_check.run.newer_trees import newer_trees
from modwright_check.run.sandbox import ProcessGroup

HERE = "{}.{}".format(*sys.version_info)


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """Return an environment of the newest Python here; skip the test where none is newer."""
    newest = max(installed_pythons(), key=Version)
    if Version(newest).release[:2] <= sys.version_info[:2]:
        pytest.skip(f"a Python newer than {HERE} is needed")
    folder = tmp_path_factory.mktemp("newer") / "environment"
    return create_environment(folder, SpecifierSet(f"=={newest}"))


@pytest.mark.full
def test_files_are_parsed_by_a_newer_python(newer: Environment, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.py", tmp_path / "bad.py"
    good.write_text("x = 'ü'\n", encoding="utf-8")
    bad.write_text("\n\ndef f(:\n")
    made = newer_trees(newer, 30, ProcessGroup(tmp_path), [good, bad, tmp_path / "gone.py"])
    tree, error = made[good], made[bad]
    assert isinstance(tree, ast.Module)
    assert ast.unparse(tree) == "x = 'ü'"
    assert isinstance(error, SyntaxError)
    assert (error.msg, error.lineno) == ("invalid syntax", 3)


def test_one_that_is_not_newer_is_not_asked(newer: Environment, tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text("x = 1\n")
    old = replace(newer, info=replace(newer.info, version=f"{HERE}.99"))
    assert newer_trees(old, 30, ProcessGroup(tmp_path), [file]) == {}


def test_nothing_of_the_environment_runs(newer: Environment, tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    code = f"import pathlib; pathlib.Path({str(mark)!r}).touch()\n"
    (newer.site_packages / "begin.pth").write_text(code)
    file = tmp_path / "a.py"
    file.write_text(code)
    assert newer_trees(newer, 30, ProcessGroup(tmp_path), [file])
    assert not mark.exists()
