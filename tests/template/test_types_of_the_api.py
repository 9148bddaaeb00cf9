"""The lazy public API is exact for every type checker: what is wrong is told, what is right is not.

The package is installed from its wheel, as those who use it have it.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from uv import find_uv_bin

from tests.template.conftest import Render, succeed

UV = find_uv_bin()

RIGHT = """
from typing import assert_type

import {package}
from {package} import Database, User, current_user, sign_in

database = Database("test.db")
assert_type(sign_in(database, "ann@example.org", "secret"), str | None)
assert_type(current_user(database, "token"), User | None)
assert_type({package}.register(database, "ann@example.org", "secret"), User)
"""
WRONG = """
import {package}
from {package} import Database, sign_in
from {package} import sing_in  # no such name

database = Database("test.db")
sign_in(database, 3, "secret")  # no text
token: int = sign_in(database, "ann@example.org", "secret")  # no number
{package}.register("ann@example.org")  # too few
{package}.nobody  # no such name
"""
# Each with the options by which it finds the environment.
CHECKERS = {
    "mypy": ["--strict", "--python-executable={python}"],
    "pyright": ["--pythonpath={python}"],
    "ty": ["check", "--python={python}"],
    "pyrefly": ["check", "--preset=strict", "--python-interpreter-path={python}"],
}


@pytest.mark.parametrize("checker", CHECKERS)
@pytest.mark.parametrize(
    "package",
    [
        pytest.param("hello", marks=pytest.mark.release),
        pytest.param("acme.billing", marks=pytest.mark.full),  # in a namespace
    ],
)
def test_a_type_checker_knows_the_api(
    render: Render, tmp_path: Path, checker: str, package: str
) -> None:
    project = render({"package_name": package})
    succeed(UV, "venv", "--quiet", "--python", sys.executable, "environment", cwd=tmp_path)
    scripts = tmp_path / "environment" / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / ("python.exe" if os.name == "nt" else "python")
    succeed(UV, "pip", "install", "--quiet", "--python", python, project, cwd=tmp_path)
    _require(checker, python)
    options = [option.format(python=python) for option in CHECKERS[checker]]
    user = tmp_path / "user"
    user.mkdir()
    (user / "right.py").write_text(RIGHT.format(package=package), "utf-8")
    (user / "wrong.py").write_text(WRONG.format(package=package), "utf-8")

    succeed(scripts / checker, *options, "right.py", cwd=user)
    run = subprocess.run(
        [scripts / checker, *options, "wrong.py"],
        cwd=user,
        check=False,
        capture_output=True,
        text=True,
    )

    lines = WRONG.splitlines()
    expected = {number for number, line in enumerate(lines, 1) if "  # " in line}
    assert {int(line) for line in re.findall(r"wrong\.py:(\d+)", run.stdout)} == expected


def _require(checker: str, python: Path) -> None:
    """Install a type checker and start it; skip the test if it cannot be had."""
    commands: list[list[str | Path]] = [
        [UV, "pip", "install", "--quiet", "--python", python, checker],
        [python.with_name(checker), "--version"],
    ]
    for command in commands:
        run = subprocess.run(command, check=False, capture_output=True, text=True)
        if run.returncode:
            pytest.skip(f"{checker} cannot be had here: {run.stderr.strip()[-200:]}")
