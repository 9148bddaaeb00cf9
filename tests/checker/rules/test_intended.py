"""Exceptions that a project has made for its own failures: they weigh less than others' do."""

from pathlib import Path

import pytest

from modwright_check.model.import_result import Outcome
from modwright_check.model.report import Severity
from modwright_check.rules.imports import judge
from tests.checker.rules.conftest import EvidenceOf

FILES = {
    "harbour/__init__.py": "",
    "harbour/screens.py": "class NoScreenError(Exception): ...",
    "harbour/window.py": """\
from toolkit import NoScreenError

def opened(place):
    if place is None:
        raise NoScreenError("there is no screen")

SCREEN = opened(None)
""",
}


@pytest.mark.parametrize(
    ("home", "severity"), [("harbour.screens", "warning"), ("toolkit", "error"), ("", "error")]
)
def test_an_exception_is_the_projects_own_by_its_module_and_not_by_its_name(
    home: str, severity: Severity, evidence_of: EvidenceOf, tmp_path: Path
) -> None:
    file = str(tmp_path / "environment/lib/site-packages/harbour/window.py")
    outcome = Outcome(
        False,
        0,
        30,
        error="NoScreenError",
        defined_in=home,
        message="there is no screen",
        frames=((file, 7), (file, 5)),
    )
    [found] = judge(evidence_of(FILES, outcomes={"harbour.window": outcome}))
    assert (found.code, found.line, found.severity) == ("MW101", 5, severity)


BUILDER = """\
import cffi
maker = cffi.FFI()
with open("harbour/tides.h") as header:
    maker.cdef(header.read())
maker.set_source("harbour._tides", "")
"""


@pytest.mark.parametrize(
    ("text", "severity"),
    [(BUILDER, "info"), (BUILDER.replace("set_source", "verify"), "error")],
    ids=["describes an extension", "describes none"],
)
def test_a_file_that_a_module_misses_is_there_for_the_build_that_runs_it(
    text: str, severity: Severity, evidence_of: EvidenceOf, tmp_path: Path
) -> None:
    file = str(tmp_path / "environment/lib/site-packages/harbour/tides_build.py")
    outcome = Outcome(
        False, 0, 30, error="FileNotFoundError", message="harbour/tides.h", frames=((file, 3),)
    )
    files = {"harbour/__init__.py": "", "harbour/tides_build.py": text}
    [found] = judge(evidence_of(files, outcomes={"harbour.tides_build": outcome}))
    assert (found.code, found.line, found.severity) == ("MW101", 3, severity)
