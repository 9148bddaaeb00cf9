"""Packages and modules that are run with `python -m`: what fails there, or runs too early."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from modwright_check.index.advice import fails_with_advice
from modwright_check.index.choices import Choices
from modwright_check.index.evidence import Evidence
from modwright_check.index.module_origins import Origins
from modwright_check.index.programs import is_recommended, programs
from modwright_check.model.codes import finding
from modwright_check.model.facts import Fact
from modwright_check.model.import_result import Outcome
from modwright_check.model.module_names import is_of_tests, is_vendored
from modwright_check.model.questions import ImportsAsMain, Question
from modwright_check.model.report import Finding
from modwright_check.model.trial import FAILED, raised
from modwright_check.rules.by_path import package_that_loads
from modwright_check.rules.import_messages import said_of
from modwright_check.rules.imports import at_innermost
from modwright_check.static.asks import asks
from modwright_check.static.source import Import, Source, Where
from modwright_check.static.statement_at import statement_at
from modwright_check.wheel.modules import Module

_GUARD = 'Call it under `if __name__ == "__main__":`.'
_FILTERS_IT = re.compile(r"\bfilterwarnings\([^)]*\brunpy\b")
FOLLOW = "Run this command in an environment that contains only the wheel."


def questions(evidence: Evidence) -> Iterator[Question[Any]]:
    """Yield what modules import only when they are run.

    Args:
        evidence: All that is known of the project.
    """
    yield from (guarded.question for guarded in _imports_under_guard(evidence))


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Yield what fails, or runs twice, with `python -m`, and what runs without: MW903 and MW904.

    No program is run: each is followed up to its main guard.

    Args:
        evidence: All that is known of the project.
    """
    yield from _of_main_modules(evidence)
    yield from _loaded_early(evidence)
    for guarded in _imports_under_guard(evidence):
        yield from _under_guard(evidence, guarded)


def _of_main_modules(evidence: Evidence) -> Iterator[Finding]:
    """Yield each `__main__` that cannot be imported, or that runs its program instead."""
    for module in evidence.modules:
        outcome = evidence.outcomes.get(module.name)
        package, _, last = module.name.rpartition(".")
        around = evidence.outcomes.get(package)
        if last != "__main__" or outcome is None:
            continue
        if outcome.loaded:
            yield from _without_guard(module, outcome, evidence)
            continue
        if around and not around.loaded:  # the finding of the package explains it
            continue
        source = evidence.read.get(module.name)
        installed = evidence.environment.site_packages / module.path
        if source and (running := _running(source, outcome, installed, evidence)):
            yield _runs_when_imported(evidence, source, running)
        elif not _was_slow(outcome, evidence):
            message = f"fails when run by `python -m {package}`: {said_of(module.name, outcome)[1]}"
            facts = {Fact.FOR_SOME} if _is_for_some(outcome, evidence) else set()
            yield at_innermost(evidence, module, outcome, "MW903", message, FOLLOW, facts=facts)


def _was_slow(outcome: Outcome, evidence: Evidence) -> bool:
    """Return whether time was over in the import of a module that does import, given the time."""
    there = evidence.at(outcome.frames) if outcome.ran_out_of_time else None
    return there is not None and evidence.imports_well(there[0].module)


def _is_for_some(outcome: Outcome, evidence: Evidence) -> bool:
    """Return whether a module misses what is for some users only, or says what to install.

    Of libraries that would all do, each user has one.
    """
    origins = evidence.index(Origins)
    misses = outcome.missing is not None and origins.is_for_some(outcome.missing)
    is_left_to_users = evidence.index(Choices).behind(outcome) is not None
    return misses or is_left_to_users or fails_with_advice(outcome, origins)


def _without_guard(module: Module, outcome: Outcome, evidence: Evidence) -> Iterator[Finding]:
    """Yield a `__main__` that has come to its end, but not without saying something."""
    source = evidence.read.get(module.name)
    speaks = any(effect.kind == "output" and effect.own for effect in outcome.effects)
    act = _last_act(source.tree) if source and source.tree and not source.main_guard else None
    if source and act and speaks:
        yield _runs_when_imported(evidence, source, act)


def _runs_when_imported(evidence: Evidence, source: Source, act: ast.stmt) -> Finding:
    is_program = source.module in evidence.index(programs)
    return finding(
        "MW904",
        source.module,
        "runs the program when it is imported, not only when it is run",
        _GUARD,
        source.file,
        act.lineno,
        facts=() if is_program else {Fact.IMPORTED},
    )


def _running(
    source: Source, outcome: Outcome, installed: Path, evidence: Evidence
) -> ast.stmt | None:
    """Return the statement by which a `__main__` runs; None when it fails to import.

    What a call raises deeper down belongs to running, and so does a question that nobody answers.
    What an import raises, or a statement of the module itself, does not: `python -m` fails by it
    as well. An import that works in another process was only slow there, as all that follows.
    """
    if source.tree is None:
        return None
    depths = [depth for depth, (file, _) in enumerate(outcome.frames) if Path(file) == installed]
    if not depths:
        # No stack is left by os._exit and the like.
        ended = outcome.error is None and outcome.exit_code is not None and not outcome.frames
        return _last_act(source.tree) if ended else None
    line = outcome.frames[depths[0]][1]
    statement = statement_at(source.tree, line)
    if statement is None:
        return None
    if imported := _imported(source, statement):
        was_slow = outcome.ran_out_of_time and all(map(evidence.imports_well, imported))
        return _last_act(source.tree) if was_slow and not source.main_guard else None
    goes_deeper = len(outcome.frames) > depths[0] + 1
    ends = outcome.exits or outcome.error is None
    asks_its_user = outcome.error == "EOFError" and asks(statement)
    return statement if goes_deeper or ends or asks_its_user else None


def _last_act(tree: ast.Module) -> ast.stmt | None:
    acts = [each for each in tree.body if isinstance(each, ast.Expr | ast.If)]
    return acts[-1] if acts else None


def _imported(source: Source, statement: ast.stmt) -> list[str]:
    end = statement.end_lineno or statement.lineno
    return [each.module for each in source.imports if statement.lineno <= each.line <= end]


def _loaded_early(evidence: Evidence) -> Iterator[Finding]:
    """Yield modules with a main guard that their package imports: `python -m` runs them twice."""
    for name, source in evidence.read.items():
        if source.main_guard is None or source.is_package or is_vendored(name):
            continue
        package = package_that_loads(name, evidence)
        if package is None or _expects_it(package, evidence):
            continue
        program = name.removesuffix(".__main__")
        told = {Fact.RECOMMENDED} if is_recommended(program, source, evidence) else set()
        yield finding(
            "MW903",
            name,
            f"is run twice by `python -m {program}`: {package} already imports it",
            _apart(name, package),
            source.file,
            source.main_guard,
            facts={Fact.TWICE, *told},
        )


def _apart(module: str, package: str) -> str:
    """Return how to have a module run once: Python looks for a `__main__` by its name."""
    if module.endswith(".__main__"):
        return f"Move what {package} imports from {module} into another module."
    return f"Move the code under the guard into a module that {package} does not import."


def _expects_it(package: str, evidence: Evidence) -> bool:
    """Return whether a package hides the warning by which Python tells what it runs twice."""
    source = evidence.read.get(package)
    return source is not None and _FILTERS_IT.search(source.text) is not None


def _is_imported(module: str, evidence: Evidence) -> bool:
    importers = evidence.importers.get(module, ())
    return not all(is_of_tests(each.source.module) for each in importers)


@dataclass(frozen=True)
class _Guarded:
    """What a module imports only when it is run.

    Args:
        source: The module.
        statements: Its imports under the main guard.
    """

    source: Source
    statements: list[ast.stmt]

    @property
    def question(self) -> ImportsAsMain:
        """Return what is to be tried of it."""
        name = self.source.module
        package = name if self.source.is_package else name.rpartition(".")[0]
        return ImportsAsMain(package, tuple(map(ast.unparse, self.statements)))


def _imports_under_guard(evidence: Evidence) -> Iterator[_Guarded]:
    """Yield what a module imports of the project's own only when it is run."""
    for name, source in evidence.read.items():
        if source.tree is None or source.main_guard is None or is_vendored(name):
            continue
        if not evidence.imports_well(name):
            continue
        lines = [
            each.line
            for each in source.imports
            if each.main
            and each.where is Where.AT_IMPORT
            and not each.guarded
            and not each.called
            and evidence.sources.answers_for(each.module)
            and not _is_there(each, evidence)
        ]
        statements = [s for line in lines if (s := statement_at(source.tree, line))]
        if statements:
            yield _Guarded(source, statements)


def _is_there(statement: Import, evidence: Evidence) -> bool:
    """Return whether all that an import asks for has been seen, so that it need not be tried."""
    outcome = evidence.outcomes.get(statement.module)
    source = evidence.read.get(statement.module)
    defined = source.definitions if source else {}
    return (
        outcome is not None
        and outcome.loaded
        and all(
            name in defined or f"{statement.module}.{name}" in evidence.names
            for name in statement.names
        )
    )


def _under_guard(evidence: Evidence, guarded: _Guarded) -> Iterator[Finding]:
    source, answers = guarded.source, evidence.answers.to(guarded.question).answers
    for statement, answer in zip(guarded.statements, answers, strict=False):
        if answer[0] == FAILED:
            reason = evidence.sources.shortened(str(raised(answer[1:])))
            facts = {Fact.IMPORTED} if _is_imported(source.module, evidence) else set()
            if is_recommended(source.module, source, evidence):
                facts.add(Fact.RECOMMENDED)
            modules = [each.module for each in source.imports if each.line == statement.lineno]
            outcomes = filter(None, map(evidence.outcomes.get, modules))
            if any(_is_for_some(each, evidence) for each in outcomes):
                facts.add(Fact.FOR_SOME)
            yield finding(
                "MW903",
                source.module,
                f"fails under its main guard when run by `python -m {source.module}`: {reason}",
                FOLLOW,
                source.file,
                statement.lineno,
                facts=facts,
            )
            return  # a run gets no further
