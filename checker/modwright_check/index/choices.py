"""Libraries of which users choose one: who tries them all, and then refuses to go on."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import digits
from typing import NamedTuple

from modwright_check.index.evidence import Evidence
from modwright_check.index.module_origins import Origin, Origins
from modwright_check.model.import_result import Failure, Frame, Outcome
from modwright_check.static.catching import handler_for_imports
from modwright_check.static.handlers import spans
from modwright_check.static.imports import IMPORTERS
from modwright_check.static.walker import Walk

_Loop = ast.For | ast.AsyncFor | ast.While


class Choice(NamedTuple):
    """Libraries that can do the same, all of which a module has tried to import.

    Args:
        libraries: Their top-level names, in the order of the source; none when the module works
            them out.
    """

    libraries: tuple[str, ...]

    def __str__(self) -> str:
        """Return their names in words."""
        *others, last = self.libraries
        return f"{', '.join(others)} or {last}"


class Choices:
    """What a project has tried before it raised exceptions of its own, or one of its libraries has.

    One library that is missing may have been forgotten. Of several, none can be declared; and where
    a library of the project leaves the choice, the project does so if it tells its users of it, or
    has an extra for one of them.

    Args:
        evidence: All that is known of the project.
    """

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._origins = evidence.index(Origins)
        self._known: dict[Frame, Choice | None] = {}  # many fail at one line

    def behind(self, failure: Outcome | Failure) -> Choice | None:
        """Return the libraries of which an import needs one; None where it was not that.

        Args:
            failure: Of the import.
        """
        if not failure.frames:
            return None
        place = failure.frames[-1]
        if place not in self._known:
            self._known[place] = self._raised_at(place)
        return self._known[place]

    def _raised_at(self, place: Frame) -> Choice | None:
        own = self._evidence.at([place])
        walk = own[0].walk if own else self._of_a_library(Path(place[0]))
        line = place[1]
        there = walk.at(line) if walk else None
        if walk is None or there is None or not isinstance(there[0], ast.Raise):
            return None
        choice = self._before(line, walk)
        if own or choice is None or self._is_told_of(choice) or self._has_an_extra(choice, walk):
            return choice
        return None

    def _of_a_library(self, file: Path) -> Walk | None:
        installed = file.is_relative_to(self._evidence.environment.site_packages)
        return self._evidence.walk_over(file) if installed else None

    def _is_told_of(self, choice: Choice) -> bool:
        """Return whether the project's description names one of the libraries, of any version.

        Whoever speaks of PyQt means PyQt5 and PyQt6.
        """
        likely = filter(None, map(self._origins.names.likely, choice.libraries))
        families = (name.rstrip(digits) or name for name in (*choice.libraries, *likely))
        names = "|".join(map(re.escape, families))
        named = re.compile(rf"\b(?:{names})\d*\b", re.IGNORECASE)
        return bool(names and named.search(self._evidence.about.description or ""))

    def _has_an_extra(self, choice: Choice, walk: Walk) -> bool:
        """Return whether an extra for users brings one of the libraries.

        Those that a module works out stand in its texts.
        """
        texts = (each for each in ast.walk(walk.tree) if isinstance(each, ast.Constant))
        names = choice.libraries or {each.value for each in texts if isinstance(each.value, str)}
        return any(
            self._origins.of(name) is Origin.MISSING and self._origins.is_of_an_extra(name)
            for name in names
            if name.isidentifier()
        )

    def _before(self, line: int, walk: Walk) -> Choice | None:
        attempts = list(_attempts(walk.tree, line))
        missing = (library for each in attempts for library in self._missing(each, walk))
        libraries = tuple(dict.fromkeys(missing))
        is_worked_out = any(_is_worked_out(each, walk.tree) for each in attempts)
        return Choice(libraries) if len(libraries) > 1 or is_worked_out else None

    def _missing(self, attempt: ast.Try, walk: Walk) -> Iterator[str]:
        """Yield the libraries that an attempt has missed, be it in a module of the project."""
        for statement in walk.imports:
            if not any(spans(each, statement.line) for each in attempt.body):
                continue
            for name in self._origins.imported(statement):
                outcome = self._evidence.outcomes.get(name)
                missed = (outcome and outcome.missing) or name
                if self._origins.of(missed) is Origin.MISSING:
                    yield missed.partition(".")[0]


def _attempts(tree: ast.Module, line: int) -> Iterator[ast.Try]:
    """Yield each `try` to import something that has to fail before a line runs."""
    asked = set(_asked_before(tree, line))
    for node in ast.walk(tree):
        if isinstance(node, ast.Try) and (handler := handler_for_imports(node)):
            stored = (
                each.id
                for each in ast.walk(node)
                if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
            )
            if spans(handler, line) or not asked.isdisjoint(stored) or _ends(node, line, tree):
                yield node


def _asked_before(tree: ast.Module, line: int) -> Iterator[str]:
    """Yield the names that the conditions around a line ask for."""
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and spans(node, line):
            yield from (each.id for each in ast.walk(node.test) if isinstance(each, ast.Name))


def _ends(attempt: ast.Try, line: int, tree: ast.Module) -> bool:
    """Return whether what comes after an attempt does not run when that has succeeded.

    It returns from the function, or breaks off a loop whose `else` the line stands in.
    """
    ended = [
        each for part in (attempt.body, attempt.orelse) for node in part for each in ast.walk(node)
    ]
    if attempt.lineno > line:
        return False
    if any(isinstance(each, ast.Return) for each in ended):
        return any(
            spans(node, line) and spans(node, attempt.lineno)
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        )
    return any(isinstance(each, ast.Break) for each in ended) and any(
        spans(statement, line) for loop in _loops(attempt, tree) for statement in loop.orelse
    )


def _loops(attempt: ast.Try, tree: ast.Module) -> Iterator[_Loop]:
    for node in ast.walk(tree):
        if isinstance(node, _Loop) and spans(node, attempt.lineno):
            yield node


def _is_worked_out(attempt: ast.Try, tree: ast.Module) -> bool:
    """Return whether an attempt imports by their names what a loop goes through."""
    calls = (
        each.func
        for node in attempt.body
        for each in ast.walk(node)
        if isinstance(each, ast.Call) and each.args and not isinstance(each.args[0], ast.Constant)
    )
    imports = any(getattr(each, "id", getattr(each, "attr", "")) in IMPORTERS for each in calls)
    return imports and any(_loops(attempt, tree))
