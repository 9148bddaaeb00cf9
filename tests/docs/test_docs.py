"""What the documentation shows is what happens."""

import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from doctest import ELLIPSIS, OutputChecker
from pathlib import Path

import pytest

from modwright.checking.catalogue import CODES
from modwright.checking.check import check
from modwright.checking.configuration import Overrides
from modwright.checking.request import Request

REPOSITORY = Path(__file__).parents[2]
PAGES = [REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").rglob("*.md"))]
FINDINGS = sorted((REPOSITORY / "docs" / "findings").glob("MW*.md"))

DEMO = """\
[project]
name = "demo"
version = "1.0"
requires-python = ">=3.11"

[build-system]
requires = ["uv_build>=0.11,<0.14"]
build-backend = "uv_build"
"""


@dataclass
class Example:
    """A block of a page: its language and its text."""

    language: str
    text: str


def examples(page: Path) -> list[Example]:
    blocks = re.findall(r"^```(\w+)\n(.*?)^```$", page.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    return [Example(*block) for block in blocks]


CONSOLE = [
    pytest.param(example.text, id=f"{page.stem}-{number}")
    for page in PAGES
    for number, example in enumerate(examples(page))
    if example.language == "console"
]


@pytest.mark.slow
@pytest.mark.parametrize("session", CONSOLE)
def test_a_session_shown_goes_as_shown(session: str, tmp_path: Path) -> None:
    for step in re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]:
        command, _, expected = step.partition("\n")
        shown = _run(command, tmp_path)
        assert OutputChecker().check_output(expected, shown, ELLIPSIS), f"$ {command}\n{shown}"


def _run(command: str, folder: Path) -> str:
    program, *arguments = shlex.split(command)
    finished = subprocess.run(
        [Path(sys.executable).with_name(program), *arguments],
        cwd=folder,
        check=False,
        env={**os.environ, "COLUMNS": "100"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    return finished.stdout


@pytest.mark.slow
@pytest.mark.parametrize("page", FINDINGS, ids=lambda page: page.stem)
def test_the_example_of_a_finding_has_that_finding_and_no_other(page: Path, tmp_path: Path) -> None:
    files = {}
    for example in examples(page):
        first, _, rest = example.text.partition("\n")
        if named := re.fullmatch(r"# (\S+\.\w+)", first):
            files[named[1]] = rest
    if "pyproject.toml" not in files:
        files |= {"pyproject.toml": DEMO, "src/demo/__init__.py": ""}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    report = check(Request(tmp_path), Overrides(time_limit=3), lambda *_: None)
    assert {finding.code for finding in report.findings} == {page.stem}


def test_every_code_that_can_be_found_has_a_page() -> None:
    assert set(CODES) == {page.stem for page in FINDINGS}
    table = (REPOSITORY / "docs" / "findings" / "README.md").read_text("utf-8")
    for code, kind in CODES.items():
        assert f"| [{code}]({code}.md) | {kind.severity} | {kind.title} |" in table


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8")):
        if not target.startswith("https://"):
            assert (page.parent / target).exists(), target
