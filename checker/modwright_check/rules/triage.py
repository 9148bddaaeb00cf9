"""All rules together, and the best of what they say of one failure."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from modwright_check.index.evidence import Evidence
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
    misplaced_imports,
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
from modwright_check.static.vendored import is_vendored

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
)

# What an import looks like that fails for a reason which another rule may know.
_GENERAL = {"MW101", "MW102", "MW103", "MW401"}
# Reasons for which an import fails, the most telling first.
_REASONS = (
    *("MW101", "MW704", "MW705", "MW701", "MW801", "MW802", "MW803", "MW804", "MW903", "MW904"),
    *("MW301", "MW303", "MW304", "MW305", "MW311", "MW312", "MW315"),
    *("MW202", "MW203", "MW204", "MW201", "MW205", "MW706", "MW703", "MW702", "MW302"),
)
# Of these, also what weighs less than the failure would by itself.
_LIGHTER = {"MW202", "MW203", "MW201", "MW204", "MW205", "MW904"}
_LONGEST_MESSAGE = 500  # characters; some exceptions quote all that they were given


def judge(evidence: Evidence) -> list[Finding]:
    """Return all findings, in the order of the modules, each failure told once."""
    expected = platforms.expected_elsewhere(evidence)
    failures = [found for found in imports.judge(evidence) if found.module not in expected]
    told = [found for rule in RULES for found in rule(evidence)]
    findings = map(_weighed, map(_readable, (*_once(told), *_explained(failures, told))))
    return sorted(dict.fromkeys(findings), key=_order)


def _once(told: Sequence[Finding]) -> Iterator[Finding]:
    """Leave out what is told of the same defect in another way already."""
    lazy = {(found.file, found.line) for found in told if found.code == "MW602"}
    by_line = [found.message for found in told if found.code == "MW306" and found.line]
    for found in told:
        file = found.file or ""
        if found.code == "MW306" and not found.line and any(file in said for said in by_line):
            continue
        if found.code == "MW206" and (found.file, found.line) in lazy:
            continue
        yield found


def _explained(failures: Iterable[Finding], told: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the failures whose reason nobody has told, and reasons for those who share them."""
    by_code: dict[str, list[Finding]] = defaultdict(list)
    for found in told:
        by_code[found.code].append(found)
    reasons = [found for code in _REASONS for found in by_code[code]]
    for failure in failures:
        matching = [one for one in reasons if _explains(one, failure)]
        own = [one for one in matching if one.module == failure.module]
        reason = next(iter(own or matching), None)
        if reason is None or failure.code not in _GENERAL:
            yield failure
        elif reason.module != failure.module:
            yield replace(reason, module=failure.module)


def _explains(reason: Finding, failure: Finding) -> bool:
    if reason.severity is not Severity.ERROR and reason.code not in _LIGHTER:
        return False
    if reason.code in {"MW903", "MW904"}:  # of how __main__ is run, and of no other module
        return reason.module == failure.module
    if reason.code == "MW312":  # what lies inside is never found
        return f"{failure.module}.".startswith(f"{reason.module}.")
    if not reason.line or not failure.line:
        return reason.module == failure.module or reason.file == failure.file
    return (reason.file, reason.line) == (failure.file, failure.line)


def _weighed(found: Finding) -> Finding:
    """Return a finding as information when it is of code that another project answers for.

    What of it the project needs, and does not get, shows in the project's own modules.
    """
    return replace(found, severity=Severity.INFO) if is_vendored(found.module) else found


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
