"""MW531 to MW533: what an import costs, in modules loaded and in seconds of a module's own code."""

from collections.abc import Iterator
from fnmatch import fnmatchcase

from modwright_check.index.evidence import Evidence
from modwright_check.model.codes import finding
from modwright_check.model.import_result import Loaded, Outcome
from modwright_check.model.loads import noted, total_of
from modwright_check.model.module_names import packages_around
from modwright_check.model.report import Finding
from modwright_check.wheel.modules import Module

MANY = 200  # modules; asyncio alone loads 170
SLOW_MS = 700  # of its own code: not a machine's mood
HEAVIEST = 3  # of what it imports, so many are named


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Yield imports over their budget, large imports with their heaviest parts, and slow ones."""
    for module in evidence.modules:
        outcome = evidence.outcomes.get(module.name)
        if outcome is None or not outcome.loaded:
            continue
        budget = _budget(module.name, evidence)
        loaded = outcome.modules_loaded or 0
        if budget is not None and loaded > budget:
            yield _told(
                "MW532",
                module,
                outcome,
                evidence,
                f", {loaded - budget} more than its budget of {budget}",
            )
        elif _beyond_packages(module.name, outcome) > MANY:
            yield _told("MW531", module, outcome, evidence, "")
        if (outcome.self_ms or 0) >= SLOW_MS:
            yield _slow(module, outcome, evidence)


def _told(code: str, module: Module, outcome: Outcome, evidence: Evidence, more: str) -> Finding:
    heavy = ", ".join(f"{load.name} {load.modules}" for load in heaviest(outcome))
    return finding(
        code,
        module.name,
        f"loads {outcome.modules_loaded} modules at import{more}"
        + (f" (most through {heavy})" if heavy else ""),
        "Import these modules in the functions that use them, or lazily.",
        evidence.sources.in_project(module.path),
    )


def _slow(module: Module, outcome: Outcome, evidence: Evidence) -> Finding:
    return finding(
        "MW533",
        module.name,
        f"its own code takes {(outcome.self_ms or 0) / 1000:.1f} s at import, all that it imports "
        "left aside",
        "Compute it when it is first asked for: functools.cache keeps it.",
        evidence.sources.in_project(module.path),
    )


def _beyond_packages(name: str, outcome: Outcome) -> int:
    """Return how many modules an import loads beside its packages: those are told themselves."""
    if not any(noted(outcome.loads)):  # its package's import is its own
        return 0
    totals = (total_of(package, outcome.loads) for package in packages_around(name))
    return (outcome.modules_loaded or 0) - sum(total for total in totals if total > MANY)


def heaviest(outcome: Outcome) -> list[Loaded]:
    """Return what brings most modules, of what an import asks for itself."""
    inner = [load for load in noted(outcome.loads) if load.depth == 2]  # noqa: PLR2004 (below itself)
    return sorted(inner, key=lambda load: (-load.modules, load.name))[:HEAVIEST]


def _budget(name: str, evidence: Evidence) -> int | None:
    budgets = evidence.configuration.max_modules
    return next((most for pattern, most in budgets.items() if fnmatchcase(name, pattern)), None)
