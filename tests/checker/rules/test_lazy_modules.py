"""MW535: names in `__lazy_modules__` that make nothing wait."""

import subprocess
from pathlib import Path

import pytest

from modwright_check.model.report import Severity
from modwright_check.rules.lazy_modules import judge
from tests.checker.rules.conftest import Judged
from tests.conftest import WriteFiles
from tests.corpus.cases import lacking

IN_VAIN = {
    "not imported": ('__lazy_modules__ = ["wave"]\n', "no statement of the module imports wave"),
    "a package of what is imported": (
        '__lazy_modules__ = ["xml"]\nimport xml.dom\n',
        "line 2 imports from xml.dom, and Python looks for that name",
    ),
    "a submodule that is taken from its package": (
        '__lazy_modules__ = ["xml.dom"]\nfrom xml import dom\n',
        "line 2 imports from xml, and Python looks for that name",
    ),
    "a relative import without its package": (
        '__lazy_modules__ = ["own"]\nfrom . import own\n',
        "line 2 imports from pkg, and Python looks for that name",
    ),
    "names of a relative import without its package": (
        '__lazy_modules__ = ["own"]\nfrom .own import x\n',
        "line 2 imports from pkg.own, and Python looks for that name",
    ),
    "imported before": (
        'import wave\n__lazy_modules__ = ["wave"]\n',
        "line 1 has imported it by then",
    ),
    "in a try": (
        '__lazy_modules__ = {"wave"}\ntry:\n    import wave\nexcept ImportError:\n    raise\n',
        "line 3 imports it at once: ",
    ),
    "in a function": (
        '__lazy_modules__ = ("wave",)\ndef f():\n    import wave\nf()\n',
        "line 3 imports it at once: ",
    ),
    "in a class": (
        '__lazy_modules__ = ["wave"]\nclass A:\n    import wave\n',
        "line 3 imports it at once: ",
    ),
    "by a call": (
        '__lazy_modules__ = ["wave"]\nfrom importlib import import_module\nimport_module("wave")\n',
        "no statement of the module imports wave",
    ),
    "by a star": ('__lazy_modules__ = ["wave"]\nfrom wave import *\n', "line 2 imports it at once"),
}
WAIT = {
    "a module": '__lazy_modules__ = ["wave"]\nimport wave\n',
    "names of a module": '__lazy_modules__ = ["wave"]\nfrom wave import open as begin\n',
    "a submodule": '__lazy_modules__ = ["xml.dom"]\nimport xml.dom\n',
    "a relative import": '__lazy_modules__ = ["pkg.own"]\nfrom .own import x\n',
    "a package": '__lazy_modules__ = ["pkg"]\nfrom . import own\n',
    "a module and its package": '__lazy_modules__ = ["xml", "xml.dom"]\nimport xml.dom\n',
    "a submodule and its package": '__lazy_modules__ = ["xml", "xml.dom"]\nfrom xml import dom\n',
    "under a condition": 'import os\n__lazy_modules__ = {"wave"}\nif os.name:\n    import wave\n',
    "some of a sum": '__lazy_modules__ = ["wave"] + ["wave"]\nimport wave\n',
}
UNKNOWN = {
    "a list that grows": '__lazy_modules__ = ["wave"]\n__lazy_modules__ += ["cmd"]\n',
    "a list that is made": "__lazy_modules__ = list({'wave': 1})\n",
    "a name that is made": '__lazy_modules__ = [f"{__name__}.own"]\n',
    "a set of somebody else": "from pkg.own import x as __lazy_modules__\n",
}


def files(text: str) -> dict[str, str]:
    return {"pkg/__init__.py": "", "pkg/own.py": "x = ['wave']\n", "pkg/a.py": text}


def was_loaded(folder: Path) -> bool:
    """Return whether Python 3.15 has loaded something at the import of a module."""
    watched = ("wave", "xml.dom", "pkg.own")
    asks = f"import sys, pkg.a; print(any(name in sys.modules for name in {watched}))"
    command = ["python3.15", "-c", asks]
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip() == "True"


@pytest.mark.parametrize("kind", IN_VAIN)
def test_a_name_that_makes_nothing_wait_is_told_with_the_reason(judged: Judged, kind: str) -> None:
    text, reason = IN_VAIN[kind]
    (told,) = judged(judge, files(text))
    assert told.code == "MW535"
    assert told.line == text[: text.index("__lazy_modules__")].count("\n") + 1
    assert f"in `__lazy_modules__`, but {reason}" in told.message


@pytest.mark.parametrize("kind", WAIT)
def test_a_name_that_makes_an_import_wait_is_not_told(judged: Judged, kind: str) -> None:
    assert judged(judge, files(WAIT[kind])) == []


@pytest.mark.parametrize(
    ("name", "weight"),
    [("wave", Severity.INFO), ("pkg.own", Severity.INFO), ("pkg.on", Severity.WARNING)],
)
def test_a_module_that_is_no_longer_imported_hurts_nobody(
    judged: Judged, name: str, weight: Severity
) -> None:
    (told,) = judged(judge, files(f'__lazy_modules__ = ["{name}"]\n'))
    assert told.severity is weight


def test_names_that_are_in_vain_for_one_reason_are_told_together(judged: Judged) -> None:
    text = '__lazy_modules__ = ["own", "a"]\nfrom . import own, a\n'
    (told,) = judged(judge, files(text))
    assert "names own (and a) in `__lazy_modules__`" in told.message
    assert told.hint == "Name pkg instead."


@pytest.mark.parametrize("kind", UNKNOWN)
def test_of_a_list_that_cannot_be_read_nothing_is_said(judged: Judged, kind: str) -> None:
    assert judged(judge, files(UNKNOWN[kind])) == []


@pytest.mark.full
@pytest.mark.parametrize("kind", [kind for kind in (*IN_VAIN, *WAIT) if kind != "not imported"])
def test_python_waits_just_where_the_rule_says_so(
    write_files: WriteFiles, tmp_path: Path, kind: str
) -> None:
    if lacking("python3.15", tmp_path):
        pytest.skip("python3.15 is needed")
    text = WAIT.get(kind) or IN_VAIN[kind][0]
    assert was_loaded(write_files(tmp_path, files(text))) is (kind in IN_VAIN)


def test_where_no_python_looks_at_the_list_nothing_is_said(judged: Judged) -> None:
    text, _ = IN_VAIN["not imported"]
    assert judged(judge, files(text), metadata="Requires-Python: >=3.11,<3.15\n") == []
    assert judged(judge, files(text), metadata="Requires-Python: >=3.11\n") != []
