"""Judging takes as long as there is to judge: nothing of it grows with the square of a project."""

import ast
from collections import UserDict
from collections.abc import ItemsView, ValuesView
from dataclasses import replace
from pathlib import Path

import pytest

from modwright_check.index.evidence import Evidence
from modwright_check.model.import_result import Outcome
from modwright_check.rules.triage import judge
from modwright_check.static.context import Context
from modwright_check.static.source import Source
from tests.checker.rules.conftest import EvidenceOf

MODULE = """
from app import base
from app.module_{before} import late

try:
    import optional_library
except ImportError:
    optional_library = None

def late():
    '''Needs deferred_library.'''
    import deferred_library
"""


def application(modules: int, evidence_of: EvidenceOf, tmp_path: Path) -> Evidence:
    """Return the evidence of modules that import one another and all fail at one line."""
    sources = {
        f"app/module_{number}.py": MODULE.format(before=max(0, number - 1))
        for number in range(modules)
    }
    place = tmp_path / "environment" / "lib" / "site-packages"
    failed = Outcome(
        loaded=False,
        exit_code=0,
        time_limit=30,
        error="ModuleNotFoundError",
        message="No module named 'nosuch_library'",
        missing="nosuch_library",
        frames=((str(place / "app/base.py"), 1),),
    )
    failing = ["base", *(f"module_{number}" for number in range(modules))]
    return evidence_of(
        {"app/__init__.py": "", "app/base.py": "import nosuch_library\n", **sources},
        outcomes={f"app.{name}": failed for name in failing},
    )


class Counted(UserDict[str, Source]):
    """Sources that count how often somebody goes through all of them."""

    passes = 0

    def values(self) -> ValuesView[Source]:
        self.passes += 1
        return super().values()

    def items(self) -> ItemsView[str, Source]:
        self.passes += 1
        return super().items()


def passes_to_judge(evidence: Evidence) -> int:
    read = Counted(evidence.read)
    found = judge(replace(evidence, read=read))
    assert sum(each.code == "MW201" for each in found) == len(evidence.modules) - 1
    return read.passes


def test_more_modules_do_not_have_all_sources_searched_more_often(
    evidence_of: EvidenceOf, tmp_path: Path
) -> None:
    few = passes_to_judge(application(5, evidence_of, tmp_path))
    assert passes_to_judge(application(50, evidence_of, tmp_path)) == few


def test_a_file_in_which_many_imports_fail_is_read_once(
    evidence_of: EvidenceOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    evidence = application(20, evidence_of, tmp_path)
    read = Path.read_bytes
    files: list[Path] = []

    def noting(file: Path) -> bytes:
        files.append(file)
        return read(file)

    monkeypatch.setattr(Path, "read_bytes", noting)
    judge(evidence)
    assert files.count(evidence.environment.site_packages / "app/base.py") == 1


OPTIONAL = "try:\n    import library_{0}\nexcept ImportError:\n    library_{0} = None\n"


def test_many_optional_imports_of_a_module_are_not_compared_with_one_another(
    evidence_of: EvidenceOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = Context.answers
    asked: list[Context] = []

    def noting(context: Context) -> ast.ExceptHandler | None:
        asked.append(context)
        return answers(context)

    monkeypatch.setattr(Context, "answers", noting)
    counts = []
    for number in (20, 200):
        asked.clear()
        judge(evidence_of({"pkg.py": "".join(map(OPTIONAL.format, range(number)))}))
        counts.append(len(asked))
    assert counts[1] <= 10 * counts[0]
