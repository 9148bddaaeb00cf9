"""MW534: imports that are safe to make lazy (PEP 810), and what that saves, as measured."""

from collections.abc import Iterator

from modwright_check.index.evidence import Evidence
from modwright_check.model.codes import finding
from modwright_check.model.import_result import Outcome
from modwright_check.model.python_versions import minor_of
from modwright_check.model.questions import SavesWhenLazy
from modwright_check.model.report import Finding
from modwright_check.static.imports import Import
from modwright_check.static.lazy_candidates import could_wait
from modwright_check.static.source import Source

_LAZY = 15  # the second number of the Python that brought lazy imports
_WORTH_IT = 10.0  # milliseconds
_HARMLESS = {"atexit"}  # effects that may as well come later
_MOST = 3  # imports of a module that are tried


def questions(evidence: Evidence) -> Iterator[SavesWhenLazy]:
    """Yield what making imports lazy would save; Pythons before 3.15 cannot tell.

    Args:
        evidence: All that is known of the project.
    """
    if minor_of(evidence.environment.version) < _LAZY:
        return
    for source in evidence.read.values():
        if modules := tuple(_candidates(source, evidence)):
            yield SavesWhenLazy(source.module, modules)


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Yield the imports that wait without harm, where that saves enough to speak of."""
    for question in questions(evidence):
        source = evidence.read[question.module]
        candidates = _candidates(source, evidence)
        for answer in evidence.answers.to(question).answers:
            if answer[0] != "lazy":
                continue
            _, module, eager_ms, lazy_ms = answer
            if eager_ms - lazy_ms >= _WORTH_IT:
                line = candidates[module].line
                yield _finding(source, module, line, eager_ms, lazy_ms, evidence)


def _finding(
    source: Source, module: str, line: int, eager_ms: float, lazy_ms: float, evidence: Evidence
) -> Finding:
    return finding(
        "MW534",
        source.module,
        f"{module} is safe to make lazy, saves {eager_ms - lazy_ms:.0f} ms of {eager_ms:.0f} ms "
        f"(processor time on Python {evidence.environment.version})",
        f'Name it in `__lazy_modules__ = ["{module}"]` above the import, which older Pythons pass '
        "over, or write `lazy` before the import where none is admitted.",
        source.file,
        line,
    )


def _candidates(source: Source, evidence: Evidence) -> dict[str, Import]:
    """Return the imports that take longest of those that could wait, by the module.

    What is the project's own may fill registries when it is imported, and what has been seen to
    do something at import shall do it then: neither can be told to be safe.
    """
    outcome = evidence.outcomes.get(source.module)
    if outcome is None or not outcome.loaded or _does_something(outcome):
        return {}
    waiting = {
        statement.module: statement
        for statement in could_wait(source)
        if not evidence.sources.answers_for(statement.top)
    }
    imported = [statement.module for statement in source.imports]
    alone = (name for name in waiting if imported.count(name) == 1)
    cost = {name: _milliseconds(name, outcome) for name in alone}
    heavy = sorted((name for name in cost if cost[name] >= _WORTH_IT), key=lambda name: -cost[name])
    return {name: waiting[name] for name in heavy[:_MOST]}


def _does_something(outcome: Outcome) -> bool:
    return any(effect.kind not in _HARMLESS for effect in outcome.effects)


def _milliseconds(module: str, outcome: Outcome) -> float:
    return sum(load.total_ns for load in outcome.loads if load.name == module) / 1e6
