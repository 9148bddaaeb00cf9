"""MW302: a module that can be imported only after another module of its project."""

import ast
from collections.abc import Iterator

from modwright_check.index.evidence import Evidence
from modwright_check.index.module_origins import Origin, Origins
from modwright_check.index.ways_to import ways_to
from modwright_check.model.codes import finding
from modwright_check.model.import_result import Outcome
from modwright_check.model.report import Finding
from modwright_check.static.dotted_names import dotted
from modwright_check.static.dotted_names import origins as origins_of
from modwright_check.static.handlers import spans
from modwright_check.static.statement_at import statement_at


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Yield each module that fails on its own and succeeds after another module."""
    late = {name: one for name, one in evidence.outcomes.items() if one.needs_first}
    if not late:
        return
    origins, ways = evidence.index(Origins), ways_to(late, evidence)
    for name, outcome in late.items():
        place = evidence.blamed(outcome) or (None, None)
        error = evidence.sources.shortened(f"{outcome.error}: {outcome.message}")
        message = f"can be imported only after {outcome.needs_first}; on its own it fails: {error}"
        yield finding(
            "MW302", name, message, _hint(outcome, evidence, origins), *place, facts=ways[name]
        )


def _hint(outcome: Outcome, evidence: Evidence, origins: Origins) -> str:
    if outcome.lacks and _is_module(outcome.lacks, origins):
        return f"Add `import {_innermost(outcome.lacks, outcome, evidence, origins)}`."
    return f"Import {outcome.needs_first}, or what the module needs of it, explicitly."


def _innermost(lacked: str, outcome: Outcome, evidence: Evidence, origins: Origins) -> str:
    """Return the innermost module that the failing line uses of what a package lacks.

    Of `shop.parts.screws.Screw` that is `shop.parts.screws`: to import `shop.parts` alone leaves
    the next name missing.
    """
    source, line = evidence.at(outcome.frames) or (None, 0)
    statement = statement_at(source.tree, line) if source and source.tree else None
    names = origins_of(source) if source else {}
    used = (
        dotted(node, names)
        for node in (ast.walk(statement) if statement else ())
        if isinstance(node, ast.Attribute) and spans(node, line)
    )
    inside = (each for each in used if each.startswith(f"{lacked}."))
    modules = (each for each in inside if _is_module(each, origins))
    return max(modules, key=len, default=lacked)


def _is_module(name: str, origins: Origins) -> bool:
    """Return whether what a package lacks is a submodule that nobody has imported."""
    if origins.of(name) is Origin.PYTHON:
        return origins.standard.holds(name)
    return origins.holds(name)
