"""A report made of what is known of a project and of the findings."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from modwright_check.index.evidence import Evidence
from modwright_check.index.import_graph import import_graph, import_times, lazy_imports
from modwright_check.model.import_result import Outcome
from modwright_check.model.python_versions import minor_of
from modwright_check.model.report import Finding, ModuleResult, Report
from modwright_check.model.wording import counted
from modwright_check.rules import platforms, versions
from modwright_check.rules.cycles import cycle

_ELSEWHERE = "for another system or Python"


def composed(evidence: Evidence, findings: Sequence[Finding], seconds: float) -> Report:
    """Return the report of a check: the findings by module, and what pictures are drawn of.

    Args:
        evidence: All that is known of the project.
        findings: What is told of it.
        seconds: That the check has taken.
    """
    names = evidence.looked_at
    by_module: dict[str, list[Finding]] = {name: [] for name in sorted(names)}
    general = [found for found in findings if found.module not in names]
    for found in findings:
        if found.module in names:
            by_module[found.module].append(found)
    outcomes = {name: seen for name, seen in evidence.outcomes.items() if name in names}
    chains = [cycle(outcome, evidence) for outcome in outcomes.values()]
    # The same cycle is met from each of its modules.
    cycles = {frozenset(chain): chain for chain in reversed(chains) if chain}
    minor = minor_of(evidence.environment.version)
    report = Report(
        project=evidence.about.name,
        version=str(evidence.about.version),
        python=evidence.environment.version,
        modules=tuple(
            _module_result(name, tuple(own), outcomes.get(name)) for name, own in by_module.items()
        ),
        seconds=seconds,
        general=tuple(general),
        imports=_of(names, import_graph(evidence.read, minor)),
        lazy_imports=_of(names, lazy_imports(evidence.read, minor)),
        cycles=tuple(reversed(cycles.values())),
        import_times=import_times(outcomes),
        not_checked=evidence.not_checked,
        standard_modules=evidence.standard.names,
        part=evidence.part,
    )
    elsewhere = evidence.index(platforms.expected_elsewhere)
    elsewhere |= evidence.index(versions.expected_elsewhere)
    not_here = [
        _ELSEWHERE for each in report.modules if not each.imported and each.name in elsewhere
    ]
    waiting = Counter([*not_here, *report.waiting.values()])
    said = (f"{counted(number, 'module')}: {lack}." for lack, number in waiting.items())
    return replace(report, not_checked=(*report.not_checked, *said))


def _of(names: Collection[str], graph: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {name: imported for name, imported in graph.items() if name in names}


def _module_result(
    name: str, findings: tuple[Finding, ...], outcome: Outcome | None
) -> ModuleResult:
    if outcome is None:
        return ModuleResult(name, findings, imported=False)
    return ModuleResult(
        name,
        findings,
        outcome.import_ms,
        outcome.self_ms,
        outcome.modules_loaded,
        imported=outcome.loaded,
    )
