"""What the documentation shows is what happens."""

import os
import re
import shlex
import subprocess
import sys
from doctest import ELLIPSIS, OutputChecker
from pathlib import Path

import pytest

from modwright_check.model.codes import CODES
from tests.conftest import CheckHere
from tests.corpus.cases import lacking
from tests.docs.finding_pages import FindingPage, blocks
from tests.docs.presets_shown import presets_shown

REPOSITORY = Path(__file__).parents[2]
PAGES = [REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").rglob("*.md"))]
FINDINGS = [FindingPage(file) for file in sorted((REPOSITORY / "docs" / "findings").glob("MW*.md"))]
MENDED = [page for page in FINDINGS if page.shows_the_project_mended]

CONSOLE = [
    pytest.param(example.text, page, id=f"{page.stem}-{number}")
    for page in PAGES
    for number, example in enumerate(blocks(page.read_text("utf-8")))
    if example.language == "console" and page.stem != "a-teams-year"  # which has a test of its own
]


COMMITTER = {
    f"GIT_{role}_{what}": "ann@example.org"
    for role in ("AUTHOR", "COMMITTER")
    for what in ("NAME", "EMAIL")
}


@pytest.mark.full
@pytest.mark.parametrize(("session", "page"), CONSOLE)
def test_a_session_shown_goes_as_shown(session: str, page: Path, tmp_path: Path) -> None:
    for name, preset in presets_shown(page.read_text("utf-8")).items():
        (tmp_path / name).write_text(preset, "utf-8")
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
        env={**os.environ, **COMMITTER, "COLUMNS": "100"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    return finished.stdout


@pytest.mark.parametrize(
    "page",
    [
        # The corpus has each code on each commit.
        pytest.param(
            page, id=page.code, marks=pytest.mark.release if number % 4 else pytest.mark.full
        )
        for number, page in enumerate(FINDINGS)
    ],
)
def test_the_example_of_a_finding_has_that_finding_and_no_other(
    page: FindingPage, check_here: CheckHere, tmp_path: Path
) -> None:
    _demand(page, tmp_path)
    page.lay_out(tmp_path / "demo")
    found = _found(page, check_here, tmp_path)
    assert set(found) == {page.code}, found


@pytest.mark.release  # the harmless projects of the corpus show nearly the same on each commit
@pytest.mark.parametrize("page", MENDED, ids=lambda page: page.code)
def test_the_fix_of_a_finding_leaves_no_finding(
    page: FindingPage, check_here: CheckHere, tmp_path: Path
) -> None:
    _demand(page, tmp_path)
    page.lay_out(tmp_path / "demo")
    page.mend(tmp_path / "demo")
    assert not _found(page, check_here, tmp_path)


def _demand(page: FindingPage, folder: Path) -> None:
    if page.not_run:
        pytest.skip(page.not_run)
    for need in page.needs:
        if lacking(need, folder):
            pytest.skip(f"{need} is needed")


def _found(page: FindingPage, check_here: CheckHere, folder: Path) -> dict[str, str]:
    """Return what the check says, by code."""
    _, report = check_here(folder / "demo", *page.options)
    return {finding["code"]: finding["message"] for finding in report["findings"]}


def test_every_code_that_can_be_found_has_a_page() -> None:
    assert set(CODES) == {page.code for page in FINDINGS}
    table = (REPOSITORY / "docs" / "findings" / "README.md").read_text("utf-8")
    titles = {page.code: page.title for page in FINDINGS}
    for code, kind in CODES.items():
        assert titles[code] == f"# {code}: {kind.title}"
        assert f"| [{code}]({code}.md) | {kind.severity} | {kind.title} |" in table


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8")):
        if not target.startswith("https://"):
            assert (page.parent / target).exists(), target
