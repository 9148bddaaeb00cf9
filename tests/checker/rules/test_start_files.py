"""MW412, and MW408 of start files (PEP 829)."""

import subprocess
from pathlib import Path

import pytest

from modwright_check.model.questions import HasAttributes
from modwright_check.model.trial import Trial
from modwright_check.rules.start_files import judge
from tests.checker.rules.conftest import EvidenceOf, Judged
from tests.conftest import WriteFiles
from tests.corpus.cases import lacking

OWN = {"pkg/__init__.py": "", "pkg/a.py": "NUMBER = 1\n\n\ndef begin():\n    pass\n"}
OWN["pkg/a.py"] += (
    "\n\ndef __getattr__(name):\n    raise {'last': KeyError}.get(name, AttributeError)(name)\n"
)
WRONG = {
    "pkg.a": "is not of the form `module:function`",
    "pkg.a:": "is not of the form `module:function`",
    "import pkg.a": "is not of the form `module:function`",
    "pkg.a:begin()": "is not of the form `module:function`",
    "pkg.a:end": "is not there: pkg.a has no end",
    "pkg.b:begin": "cannot be imported: ModuleNotFoundError: No module named 'pkg.b'",
    "pkg.a:NUMBER": "cannot be called",
    "pkg.a:last": "cannot be looked up: KeyError: 'last'",
}
RIGHT = ("pkg.a:begin", "  pkg.a:begin  ")
GONE = ("failed", "ModuleNotFoundError", "No module named 'pkg.b'", ())
# What the experiment answers of each; the corpus and the page have it tried.
ANSWERS = {
    HasAttributes(module, (path,)): Trial(answers, 0, 30)
    for module, path, answers in (
        ("pkg.a", "end", (("loaded",), ("lacks", "end", "pkg.a", "end", (), True))),
        ("pkg.b", "begin", (GONE,)),
        ("pkg.a", "NUMBER", (("loaded",), ("resolves", "NUMBER", False))),
        ("pkg.a", "last", (("loaded",), ("raises", "last", "KeyError", "'last'", ()))),
        ("pkg.a", "begin", (("loaded",), ("resolves", "begin", True))),
    )
}


def at_the_start(folder: Path) -> str:
    """Return what Python 3.15 says on stderr when it starts with a folder as site-packages."""
    command = ["python3.15", "-c", f"import site; site.addsitedir({str(folder)!r})"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stderr


@pytest.mark.parametrize("entry", WRONG)
def test_what_python_reports_at_each_start_is_told(judged: Judged, entry: str) -> None:
    (told,) = judged(judge, {**OWN, "pkg.start": f"# begin\n\n{entry}\n"}, answers=ANSWERS)
    assert (told.code, told.file, told.line) == ("MW412", "src/pkg.start", 3)
    assert told.message == f"Python reports at each start that {entry!r} {WRONG[entry]}"


@pytest.mark.parametrize("entry", RIGHT)
def test_what_is_called_at_each_start_is_told_as_such(judged: Judged, entry: str) -> None:
    (told,) = judged(judge, {**OWN, "pkg.start": f"{entry}\n{entry}\n"}, answers=ANSWERS)
    assert (told.code, told.file, told.line) == ("MW408", "src/pkg.start", 1)


@pytest.mark.parametrize("entry", [*WRONG, *RIGHT])
def test_python_reports_just_what_is_told(
    write_files: WriteFiles, tmp_path: Path, entry: str
) -> None:
    if lacking("python3.15", tmp_path):
        pytest.skip("python3.15 is needed")
    folder = write_files(tmp_path, {**OWN, "pkg.start": f"{entry}\n"})
    assert bool(at_the_start(folder)) is (entry in WRONG)


@pytest.mark.parametrize(
    "files",
    [
        {"pkg.start": "# nothing\n\n"},
        {"pkg/data.start": "pkg.a:end\n"},
        {".pkg.start": "pkg.a:end\n"},
    ],
    ids=["only comments", "not at the top", "hidden"],
)
def test_what_python_does_not_run_is_not_told(judged: Judged, files: dict[str, str]) -> None:
    assert judged(judge, {**OWN, **files}) == []


def test_where_no_python_reads_start_files_nothing_is_said(judged: Judged) -> None:
    files = {**OWN, "pkg.start": "pkg.a:end\n"}
    assert judged(judge, files, metadata="Requires-Python: >=3.11,<3.15\n") == []


def test_a_file_that_python_cannot_decode_is_told(evidence_of: EvidenceOf) -> None:
    evidence = evidence_of({**OWN, "pkg.start": "pkg.a:begin\n"})
    installed = evidence.environment.site_packages / "pkg.start"
    installed.write_bytes("pkg.a:début".encode("latin-1"))
    (told,) = judge(evidence)
    assert (told.code, told.line) == ("MW412", None)
    assert told.message == "src/pkg.start is not in UTF-8, so Python passes over it"
