"""What admitted Pythons do in two ways, though all of them know it (MW701, MW703).

Annotations wait from 3.14 on (PEP 649); `asyncio.get_event_loop()` makes no loop any more.
"""

import ast
from collections.abc import Iterator

from modwright_check.index.evidence import Evidence
from modwright_check.index.importers import minors_of
from modwright_check.model.codes import finding
from modwright_check.model.python_versions import admitted_minors, minor_of
from modwright_check.model.report import Finding
from modwright_check.static.annotations import not_bound_yet
from modwright_check.static.source import Source
from modwright_check.static.stdlib_usage import uses

_CHANGED = 14  # the second number of the Python that brought both
_GET_LOOP = {"asyncio:get_event_loop", "asyncio.events:get_event_loop"}


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Yield what imports on some of the admitted Pythons only, by what 3.14 has changed.

    What the environment's Python would have met itself is not told: its import shows that.
    """
    requires = evidence.about.requires_python
    admitted = admitted_minors(requires) if requires else frozenset()
    reached = minors_of(evidence.read) if admitted else {}
    is_new = minor_of(evidence.environment.version) >= _CHANGED
    for source in evidence.read.values():
        outcome = evidence.outcomes.get(source.module)
        loaded = outcome is not None and outcome.loaded
        minors = admitted & reached.get(source.module, frozenset())
        if is_new and loaded:
            yield from _annotation(source, minors, str(requires))
        if not (is_new and loaded):
            yield from _event_loop(source, minors, str(requires))


def _annotation(source: Source, minors: frozenset[int], requires: str) -> Iterator[Finding]:
    """Yield the first annotation that older Pythons fail at: there the module ends."""
    for unbound in not_bound_yet(source) if min(minors, default=_CHANGED) < _CHANGED else ():
        oldest = min(minors & unbound.context.minors, default=_CHANGED)
        if oldest < _CHANGED:
            when = f"line {unbound.bound} binds" if unbound.bound else "no code that runs binds"
            yield finding(
                "MW701",
                source.module,
                f"an annotation names {unbound.name}, which {when}: before Python 3.14 that is a "
                f"NameError at import, and requires-python {requires} admits 3.{oldest}",
                "Begin the module with `from __future__ import annotations`, or quote the name.",
                source.file,
                unbound.line,
            )
            return


def _event_loop(source: Source, minors: frozenset[int], requires: str) -> Iterator[Finding]:
    if max(minors, default=0) < _CHANGED or "set_event_loop(" in source.text:
        return
    for use in uses(source, _GET_LOOP, functions=False):
        newest = max(minors & use.context.minors, default=0)
        certain = use.context.at_import and use.context.certain and not use.context.tried
        if newest >= _CHANGED and certain and _is_called(source, use.line):
            yield finding(
                "MW703",
                source.module,
                "asyncio.get_event_loop() at import always raises RuntimeError from Python 3.14 "
                f"on, which requires-python {requires} admits: no loop is made any more",
                "Ask for the loop where one runs: asyncio.get_running_loop() in a coroutine.",
                source.file,
                use.line,
            )


def _is_called(source: Source, line: int) -> bool:
    return any(
        isinstance(node, ast.Call)
        and node.func.lineno == line
        and ast.unparse(node.func).endswith("get_event_loop")
        for node in (ast.walk(source.tree) if source.tree else ())
    )
