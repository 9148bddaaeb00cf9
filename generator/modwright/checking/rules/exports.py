"""MW601 and MW602: what a module says it exports and does not have."""

import sys
from collections.abc import Iterator

from modwright.checking.catalogue import finding
from modwright.checking.discovery import Module
from modwright.checking.evidence import Evidence
from modwright.checking.outcome import Unresolved
from modwright.checking.reading.declared import Declared
from modwright.checking.reading.import_names import may_come_from
from modwright.checking.report import Finding


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Tell of each export that fails when it is asked for.

    A lazy export that needs an extra which is not installed is on purpose.
    """
    for module in evidence.modules:
        outcome = evidence.outcomes.get(module.name)
        for export in outcome.unresolved if outcome else ():
            if not _needs_an_extra(export, evidence):
                yield _told(module, export, evidence)


def _told(module: Module, export: Unresolved, evidence: Evidence) -> Finding:
    place = evidence.sources.innermost(export.failure.frames) or (
        evidence.sources.in_project(module.path),
        None,
    )
    if export.how == "__all__":
        line = _line_of_all(module, evidence)
        return finding(
            "MW601",
            module.name,
            f"__all__ names {export.entry}, which fails with {_said(export)}",
            "Define it, or take it out of __all__: `from module import *` fails as it is.",
            evidence.sources.in_project(module.path),
            line,
        )
    return finding(
        "MW602",
        module.name,
        f"the lazy export {export.entry} fails with {_said(export)}",
        "Correct what the name stands for: its first user gets this exception.",
        *place,
    )


def _said(export: Unresolved) -> str:
    return f"{export.failure.error}: {export.failure.message}"


def _line_of_all(module: Module, evidence: Evidence) -> int | None:
    source = evidence.read.get(module.name)
    return dict(source.definitions).get("__all__") if source else None


def _needs_an_extra(export: Unresolved, evidence: Evidence) -> bool:
    missing = (export.failure.missing or "").partition(".")[0]
    if not missing or missing in sys.stdlib_module_names or evidence.sources.answers_for(missing):
        return False
    declared = Declared(
        evidence.about, evidence.pyproject, evidence.project, evidence.environment.version
    )
    return any(may_come_from(missing, names) for names in declared.extras.values())
