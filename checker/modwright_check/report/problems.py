"""Groups findings of the same cause into problems, the most important first."""

from dataclasses import dataclass
from functools import cached_property

from modwright_check.model.report import Finding, Report, Severity
from modwright_check.model.wording import counted

# What the project declares is wrong once, in pyproject.toml, wherever it shows; so is the place of
# what it imports, and the language that its scripts are written in.
_DECLARED = frozenset(
    f"MW{number}" for number in (*range(201, 208), *range(303, 306), *range(701, 704), 902)
)
# What a warning asks for is done once in each file, on all of its lines.
_OF_A_FILE = frozenset({"MW502"})
# What a build back end takes in at the top, or a stub says in vain, has one cause: a setting, or
# what has made the stub.
_OF_A_SETTING, _OF_A_STUB = "MW316", "MW603"
# What a function does at import is done at its line, whichever modules call it.
_OF_A_FUNCTION = frozenset(f"MW{number}" for number in range(501, 522))
_WEIGHT = {severity: number for number, severity in enumerate(Severity)}


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, and where it shows.

    Args:
        findings: Those that say so, first the one of the module that is nearest to its place, of
            those that weigh the most.
    """

    findings: tuple[Finding, ...]

    @property
    def finding(self) -> Finding:
        """Return the finding that represents the others."""
        return self.findings[0]

    @cached_property
    def others(self) -> tuple[str, ...]:
        """Return the names of the other modules that have the same finding."""
        names = dict.fromkeys(finding.module for finding in self.findings)
        return tuple(name for name in names if name != self.finding.module)

    @cached_property
    def places(self) -> tuple["Problem", ...]:
        """Return the problem as it shows at each of its places in the sources."""
        at: dict[tuple[str | None, int | None], list[Finding]] = {}
        for finding in self.findings:
            at.setdefault((finding.file, finding.line), []).append(finding)
        return tuple(_problem(findings) for findings in at.values())

    @property
    def text(self) -> str:
        """Return the message, other modules of the same cause, and the hint."""
        others = [f"and {counted(len(self.others), 'more module')}"] if self.others else []
        return "\n".join([said(self.finding), *others, self.finding.hint])


def said(finding: Finding) -> str:
    """Return what is wrong, with the module that it is wrong with."""
    return f"{finding.module}: {finding.message}" if finding.module else finding.message


def problems(report: Report) -> list[Problem]:
    """Return the findings of a report, those of one cause as one problem.

    The heaviest come first; of those, what most modules suffer from.
    """
    alike: dict[tuple[object, ...], list[Finding]] = {}
    for finding in report.findings:
        alike.setdefault(_cause(finding), []).append(finding)
    return sorted(map(_problem, alike.values()), key=_importance)


def _cause(finding: Finding) -> tuple[object, ...]:
    """Return what findings of one cause have in common: what they say, and at which place.

    Some modules may do without what is an error in others: it is mended once for all of them.
    What is information is so for all that it is told of.
    """
    kind = (finding.code, finding.severity is Severity.INFO)
    if finding.code in _OF_A_FUNCTION and finding.traceback:
        return (*kind, finding.traceback[-1])
    if finding.code == _OF_A_SETTING:
        return kind
    if finding.code == _OF_A_STUB:
        return (*kind, finding.file)
    if finding.code in _DECLARED:
        return (*kind, finding.message)
    place = (finding.file, None if finding.code in _OF_A_FILE else finding.line)
    return (*kind, finding.message, *place)


def _problem(findings: list[Finding]) -> Problem:
    nearness = [
        (_WEIGHT[finding.severity], not _is_at_home(finding), len(finding.traceback))
        for finding in findings
    ]
    nearest = nearness.index(min(nearness))
    return Problem((findings[nearest], *findings[:nearest], *findings[nearest + 1 :]))


def _importance(problem: Problem) -> tuple[object, ...]:
    finding = problem.finding
    wide = -len(problem.others)
    place = (finding.module, finding.file or "", finding.line or 0)
    return (_WEIGHT[finding.severity], wide, finding.code, *place, finding.message)


def _is_at_home(finding: Finding) -> bool:
    """Return whether the place lies in the very module that the finding is of."""
    dotted = (finding.file or "").removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    return f".{dotted}".endswith(f".{finding.module}")
