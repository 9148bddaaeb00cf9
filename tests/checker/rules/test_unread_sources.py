"""Sources in syntax that only the project's newer Python knows: imported, and said to be unread."""

import sys
from pathlib import Path

import pytest

from modwright_check.api import check
from modwright_check.config.configuration import Overrides
from modwright_check.index.unread_sources import unread
from modwright_check.model.import_result import Outcome
from modwright_check.model.options import Options
from tests.checker.rules.conftest import EvidenceOf
from tests.conftest import MakeProject
from tests.corpus.cases import lacking

TO_COME = "x = 1\nwhat no Python of today knows\n"
HERE = "{}.{}".format(*sys.version_info)


def test_what_a_newer_python_has_loaded_is_said_in_one_line(evidence_of: EvidenceOf) -> None:
    files = {"pkg/__init__.py": "", "pkg/a.py": TO_COME, "pkg/b.py": TO_COME}
    (told,) = unread(evidence_of(files, python="3.99.0"))
    assert told == (
        f"Sources that Python {HERE}, which runs the check, cannot read: "
        "src/pkg/a.py:2 and 1 more. "
        "They were imported with Python 3.99.0; run the check with that Python to have them read."
    )


def test_what_no_python_has_loaded_is_not_unread_but_broken(evidence_of: EvidenceOf) -> None:
    failed = {"pkg": Outcome(False, 0, 30, error="SyntaxError")}
    assert list(unread(evidence_of({"pkg.py": TO_COME}, outcomes=failed))) == []


def test_what_can_be_read_is_not_told(evidence_of: EvidenceOf) -> None:
    assert list(unread(evidence_of({"pkg.py": "x = 1\n"}))) == []


@pytest.mark.full
@pytest.mark.skipif(sys.version_info >= (3, 15), reason="this Python reads lazy imports itself")
def test_a_check_on_an_older_python_reads_what_only_the_newer_parses(
    make_project: MakeProject, tmp_path: Path
) -> None:
    if lacking("python3.15", tmp_path):
        pytest.skip("python3.15 is needed")
    files = {"app/__init__.py": "", "app/uses.py": "lazy import json\n\nraise ValueError('late')\n"}
    files |= {"app/lazy.py": "lazy import json\n\ndef f():\n    import nosuch_library\n"}
    project = make_project(
        files, metadata="Requires-Python: >=3.15\n", pyproject='requires-python = ">=3.15"\n'
    )
    report = check(Options(project), Overrides(), lambda *_: None)
    assert [(found.code, found.line) for found in report.findings] == [("MW206", 4), ("MW101", 3)]
    assert report.not_checked == ()
