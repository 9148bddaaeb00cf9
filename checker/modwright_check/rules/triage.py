"""Runs all rules and keeps, for each failed import, the most specific explanation."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from heapq import merge
from itertools import chain
from operator import itemgetter

from modwright_check.index.carried_along import carried_along
from modwright_check.index.copied_away import copied_away
from modwright_check.index.evidence import Evidence
from modwright_check.index.examples import examples
from modwright_check.index.hosts import Hosts
from modwright_check.index.read_as_texts import read_as_texts
from modwright_check.model.codes import CODES, Tells, told_of
from modwright_check.model.facts import WITHOUT_A_FAILURE, Fact
from modwright_check.model.module_names import with_packages
from modwright_check.model.report import Finding, Severity
from modwright_check.rules import (
    cost,
    cycles,
    dependencies,
    double_imports,
    empty_wheels,
    entry_points,
    environment_matrix,
    environment_reads,
    exports,
    extensions,
    file_names,
    free_threading,
    import_names,
    import_order,
    imports,
    lazy_candidates,
    lazy_modules,
    main_modules,
    misplaced_imports,
    newer_behaviour,
    old_finders,
    packaging,
    platforms,
    relative_scripts,
    replaced_by_stars,
    replaced_by_submodules,
    scripts,
    shadowing,
    side_effects,
    start_files,
    stress,
    stubs,
    syntax,
    type_only_names,
    typed_packages,
    versions,
    wheel_files,
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
    type_only_names.judge,
    replaced_by_submodules.judge,
    replaced_by_stars.judge,
    empty_wheels.judge,
    packaging.judge,
    wheel_files.judge,
    start_files.judge,
    import_names.judge,
    platforms.judge,
    versions.judge,
    newer_behaviour.judge,
    old_finders.judge,
    extensions.judge,
    free_threading.judge,
    entry_points.judge,
    main_modules.judge,
    scripts.judge,
    relative_scripts.judge,
    exports.judge,
    stubs.judge,
    typed_packages.judge,
    side_effects.judge,
    environment_reads.judge,
    stress.judge,
    environment_matrix.judge,
    cost.judge,
    lazy_candidates.judge,
    lazy_modules.judge,
)

_LONGEST_MESSAGE = 500  # characters; some exceptions quote all that they were given


def judge(evidence: Evidence) -> list[Finding]:
    """Return all findings, in the order of the modules, each failure reported once."""
    expected = evidence.index(platforms.expected_elsewhere)
    expected |= evidence.index(versions.expected_elsewhere)
    failures = [found for found in imports.judge(evidence) if found.module not in expected]
    told = [found for rule in RULES for found in rule(evidence)]
    known = {
        Fact.IN_A_HOUSE: evidence.index(Hosts).houses | copied_away(evidence),
        Fact.BESIDE: examples(evidence),
        Fact.READ_AS_TEXT: read_as_texts(evidence),
        Fact.FOR_NO_PYTHON: versions.for_no_python(evidence),
        Fact.VENDORED: evidence.index(carried_along),
    }
    findings = (
        _readable(_placed(found, known)) for found in (*_once(told), *_explained(failures, told))
    )
    return sorted(dict.fromkeys(findings), key=_order)


def _once(told: Sequence[Finding]) -> Iterator[Finding]:
    """Leave out what is told of the same defect in another way already."""
    at_a_line = {(found.code, found.subject) for found in told if found.line}
    covered = {
        (code, found.file, found.line, severity)
        for found in told
        for code in CODES[found.code].covers
        for severity in Severity
        if _WEIGHT[severity] >= _WEIGHT[found.severity]
    }
    for found in told:
        is_nearer_told = not found.line and (found.code, found.subject) in at_a_line
        place = (found.code, found.file, found.line, found.severity)
        if not is_nearer_told and place not in covered:
            yield found


def _explained(failures: Iterable[Finding], told: Iterable[Finding]) -> Iterator[Finding]:
    """Yield failures that no rule explains, and explanations for all modules of the same cause."""
    reasons = _Reasons(told)
    for failure in failures:
        reason = reasons.of(failure)
        if reason is None or not CODES[failure.code].is_general:
            yield failure
        elif reason.module != failure.module:
            yield told_of(reason, failure.module)


class _Reasons:
    """The reasons among findings, the best first, by what they may share with a failure."""

    def __init__(self, told: Iterable[Finding]) -> None:
        self._by_module: dict[str, list[tuple[int, Finding]]] = defaultdict(list)
        self._by_file: dict[str | None, list[tuple[int, Finding]]] = defaultdict(list)
        reasons = sorted((found for found in told if _is_reason(found)), key=_telling)
        for ranked in enumerate(reasons):
            self._by_module[ranked[1].module].append(ranked)
            self._by_file[ranked[1].file].append(ranked)

    def of(self, failure: Finding) -> Finding | None:
        """Return the best reason of a failure, rather of its own module than of another one."""
        own, *around = (self._by_module.get(name, []) for name in with_packages(failure.module))
        others = merge(own, *around, self._by_file.get(failure.file, []), key=itemgetter(0))
        matching = (each for _, each in chain(own, others) if _explains(each, failure))
        return next(matching, None)


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


def _placed(found: Finding, known: Mapping[Fact, frozenset[str]]) -> Finding:
    """Return a finding with what is known of its module by its place in the project."""
    facts = {fact for fact, modules in known.items() if found.module in modules}
    return told_of(replace(found, facts=found.facts | facts), found.module) if facts else found


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
