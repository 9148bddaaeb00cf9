"""MW902 of files with relative imports that something invites to run by their path."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from modwright_check.index.evidence import Evidence
from modwright_check.model.codes import finding
from modwright_check.model.facts import Fact
from modwright_check.model.module_names import is_of_tests, is_vendored
from modwright_check.model.report import Finding
from modwright_check.rules.by_path import invites
from modwright_check.static.run_by_path import commands, programs_of_folders, relative_imports
from modwright_check.static.script import acts, is_for_python
from modwright_check.static.source import Source

_READMES = ("README.md", "README.rst", "README.txt", "README")
_FAILS = "ImportError: attempted relative import with no known parent package"


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Yield files that end at a relative import when they are run by their path.

    Those with `#!` and a main guard are tried by `rules/scripts.py`, up to the guard.

    Args:
        evidence: All that is known of the project.
    """
    named = set(_named(evidence))
    for name, source in evidence.read.items():
        if is_vendored(name) or is_of_tests(name) or source.is_package:
            continue
        line = next(relative_imports(source), None)
        if line is None or _is_tried(source, line) or _says_its_package(source):
            continue
        facts = _invites(source, evidence, named)
        if facts is not None:
            yield finding(
                "MW902",
                name,
                f"fails when run by `python {source.file}`: {_FAILS}",
                f"Run it by `python -m {name.removesuffix('.__main__')}`, or import by full names.",
                source.file,
                line,
                facts=facts,
            )


def _says_its_package(source: Source) -> bool:
    """Return whether a file sets `__package__`, which makes relative imports work (PEP 366)."""
    return any(binding.name == "__package__" for binding in source.bindings)


def _is_tried(source: Source, line: int) -> bool:
    guard, there = source.main_guard, source.at(line)
    at_top = there is not None and there[1].function is None
    return guard is not None and line < guard and at_top and is_for_python(source.text)


def _invites(source: Source, evidence: Evidence, named: set[str]) -> frozenset[Fact] | None:
    """Return how much a file invites to be run by its path; None when nothing does."""
    facts = invites(source, evidence)
    runs = source.main_guard is not None and not source.module.endswith("__main__")
    is_script = is_for_python(source.text) and (runs or (source.tree and acts(source.tree)))
    if source.file in named:
        return facts - {Fact.UNINVITED}
    if is_script or not facts:
        return facts
    return facts | {Fact.UNINVITED} if runs else None


def _named(evidence: Evidence) -> Iterator[str]:
    """Yield the files that a task in pyproject.toml or the README runs by their paths."""
    texts = [*_texts(evidence.pyproject.get("tool", {}))]
    if evidence.project:
        texts += [_read(Path(str(evidence.project), name)) for name in _READMES]
    for text in texts:
        yield from commands(text)
        yield from programs_of_folders(text)


def _texts(setting: Any) -> Iterator[str]:
    match setting:
        case str(text):
            yield text
        case dict():
            yield from (text for each in setting.values() for text in _texts(each))
        case list():
            parts = [each for each in setting if isinstance(each, str)]
            yield " ".join(parts)
            yield from (text for each in setting for text in _texts(each))


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
