"""The README of a new project, followed line by line as a person would, in a terminal."""

import os
import re
import shutil
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pexpect
import pytest
from uv import find_uv_bin

from tests.template.answers import presets
from tests.template.conftest import Render, succeed
from tests.template.course import solve_all
from tests.template.pythons import PYTHONS, newest_here

pytestmark = [
    pytest.mark.release,
    pytest.mark.skipif(sys.platform == "win32", reason="the README's shell is that of Unix"),
]

UV = Path(find_uv_bin())
PASSWORD = "correct horse battery staple"  # noqa: S105
PROMPT = "followed [0-9]+> "  # with the exit code of the command before
SECONDS = 900
# Gigabytes, a program that is not everywhere, and minutes that another test takes.
ELSEWHERE = ("--extra torch", "--extra tensorflow", "docker compose", "schemathesis")
# What serves until somebody ends it, once it has told its address.
SERVERS = re.compile(r"flask .* run|waitress-serve|uvicorn")


@pytest.mark.parametrize("python", ["the lowest", "the newest"])
@pytest.mark.parametrize("preset", presets())
def test_the_readme_does_what_it_says(
    render: Render, preset: str, python: str, tmp_path: Path
) -> None:
    version = PYTHONS[0] if python == "the lowest" else newest_here()
    project = render(presets()[preset])
    if presets()[preset].get("exercises"):
        solve_all(project)
    without_uv = shutil.copytree(project, tmp_path / "without_uv" / "hello")
    blocks = list(_blocks(project / "README.md"))
    assert blocks[0][0] == "uv sync"
    shell, beside = _shell(project, version), _shell(without_uv, version)
    for block in blocks:
        if block[0].startswith("from "):
            (tmp_path / "example.py").write_text("\n".join(block), "utf-8")
            for _ in ("once", "and again"):
                _type(shell, f"uv run python {tmp_path / 'example.py'}")
        elif block[0].startswith("python -m "):
            _follow(beside, block)
        else:
            _follow(shell, block)


def _blocks(readme: Path) -> Iterator[list[str]]:
    """Yield the lines of each indented block."""
    lines = readme.read_text("utf-8").splitlines()
    for is_code, block in groupby(lines, lambda line: line.startswith("    ") or not line):
        code = [line[4:] for line in block]
        if is_code and any(code):
            yield [line for line in code if line]


def _shell(folder: Path, version: str) -> "pexpect.spawn[str]":
    """Open a terminal where uv is, and `python` is that version."""
    python = succeed(UV, "python", "find", "--no-python-downloads", version, cwd=folder).strip()
    path = os.pathsep.join([str(UV.parent), str(Path(python).parent), os.environ["PATH"]])
    environment = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    environment |= {"PATH": path, "UV_PYTHON": python, "TERM": "dumb", "NO_COLOR": "1"}
    environment |= {"PS1": "followed $?> ", "VIRTUAL_ENV_DISABLE_PROMPT": "1"}
    shell = pexpect.spawn(
        "bash",
        ["--norc", "--noprofile"],
        cwd=str(folder),
        env=environment,
        encoding="utf-8",
        timeout=SECONDS,
        dimensions=(50, 500),  # or long lines would be cut
    )
    shell.expect(PROMPT)
    return shell


def _follow(shell: "pexpect.spawn[str]", block: list[str]) -> None:
    token = ""
    for line in block:
        if not any(part in line for part in ELSEWHERE):
            output = _type(shell, line, token)
            token = output.split()[-1] if "sign-in" in line else token


def _type(shell: "pexpect.spawn[str]", line: str, token: str = "") -> str:
    """Type a command, and what it asks for; return what it has printed. It has to succeed."""
    if line.endswith(" serve"):  # for what is typed next, until the terminal is closed
        shell.sendline(f"{line} &")
        shell.expect("http://")
        return ""
    shell.sendline(line)
    asked: list[Any] = [r"[Pp]assword[^\r\n]*: $", "The same again: $", "Token: $", PROMPT]
    if SERVERS.search(line):
        shell.expect("http://")
        shell.sendintr()
        shell.expect(PROMPT)
        return ""
    while (answer := shell.expect(asked)) != len(asked) - 1:
        shell.sendline(token if asked[answer] == "Token: $" else PASSWORD)
    printed = str(shell.before)
    assert "followed 0>" in str(shell.after), f"{line}\n{printed}"
    return printed
