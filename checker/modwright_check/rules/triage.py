"""All rules together, and the best of what they say of one failure."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from modwright_check.index.evidence import Evidence
from modwright_check.model.codes import CODES, Tells, told_of
from modwright_check.model.facts import WITHOUT_A_FAILURE
from modwright_check.model.report import Finding, Severity
from modwright_check.rules import (
    cost,
    cycles,
    dependencies,
    double_imports,
    entry_points,
    environment_matrix,
    environment_reads,
    exports,
    extensions,
    file_names,
    import_order,
    imports,
    lazy_candidates,
    misplaced_imports,
    newer_behaviour,
    packaging,
    platforms,
    replaced_names,
    scripts,
    shadowing,
    side_effects,
    stress,
    stubs,
    syntax,
    versions,
)

Judge = Callable[[Evidence], Iterator[Finding]]

RULES: tuple[Judge, ...] = (
    cycles.judge,
    import_order.judge,
    syntax.judge,
    dependencies.judge,
    misplaced_imports.judge,
    double_imports.judge,
    file_names.judge,
    shadowing.judge,
    replaced_names.judge,
    packaging.judge,
    platforms.judge,
    versions.judge,
    newer_behaviour.judge,
    extensions.judge,
    entry_points.judge,
    scripts.judge,
    exports.judge,
    stubs.judge,
    side_effects.judge,
    environment_reads.judge,
    stress.judge,
    environment_matrix.judge,
    cost.judge,
    lazy_candidates.judge,
)

_LONGEST_MESSAGE = 500  # characters; some exceptions quote all that they were given


def judge(evidence: Evidence) -> list[Finding]:
    """Return all findings, in the order of the modules, each failure told once."""
    expected = platforms.expected_elsewhere(evidence) | versions.expected_elsewhere(evidence)
    failures = [found for found in imports.judge(evidence) if found.module not in expected]
    told = [found for rule in RULES for found in rule(evidence)]
    findings = map(_readable, (*_once(told), *_explained(failures, told)))
    return sorted(dict.fromkeys(findings), key=_order)


def _once(told: Sequence[Finding]) -> Iterator[Finding]:
    """Leave out what is told of the same defect in another way already."""
    at_a_line = {(found.code, found.subject) for found in told if found.line}
    covered = {
        (code, found.file, found.line) for found in told for code in CODES[found.code].covers
    }
    for found in told:
        is_nearer_told = not found.line and (found.code, found.subject) in at_a_line
        if not is_nearer_told and (found.code, found.file, found.line) not in covered:
            yield found


def _explained(failures: Iterable[Finding], told: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the failures whose reason nobody has told, and reasons for those who share them."""
    reasons = sorted((found for found in told if _is_reason(found)), key=_telling)
    for failure in failures:
        matching = [reason for reason in reasons if _explains(reason, failure)]
        own = [reason for reason in matching if reason.module == failure.module]
        reason = next(iter(own or matching), None)
        if reason is None or not CODES[failure.code].is_general:
            yield failure
        elif reason.module != failure.module:
            yield told_of(reason, failure.module)


def _is_reason(found: Finding) -> bool:
    return CODES[found.code].reason is not None and found.facts.isdisjoint(WITHOUT_A_FAILURE)


def _telling(reason: Finding) -> tuple[int, str]:
    return CODES[reason.code].reason or 0, reason.code


def _explains(reason: Finding, failure: Finding) -> bool:
    match CODES[reason.code].tells:
        case Tells.OF_ITS_MODULE:
            return reason.module == failure.module
        case Tells.OF_ITS_PACKAGE:
            return f"{failure.module}.".startswith(f"{reason.module}.")
    if not reason.line or not failure.line:
        return reason.module == failure.module or reason.file == failure.file
    return (reason.file, reason.line) == (failure.file, failure.line)


def _readable(found: Finding) -> Finding:
    return replace(found, message=printable(found.message), hint=printable(found.hint))


def printable(message: str) -> str:
    """Return a message as one line that does nothing to the terminal that shows it."""
    one_line = " ".join(message[: 2 * _LONGEST_MESSAGE].split())
    if len(one_line) > _LONGEST_MESSAGE:
        one_line = f"{one_line[:_LONGEST_MESSAGE]} …"
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in one_line)


_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def _order(found: Finding) -> tuple[str, int, str, int, str, str]:
    place = (found.file or "", found.line or 0)
    return (found.module, _WEIGHT[found.severity], *place, found.code, found.message)
