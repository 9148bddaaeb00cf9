"""What a person reads: a finding that several modules share is one problem, told once."""

from dataclasses import dataclass

from modwright_check.model.report import Finding, Report
from modwright_check.model.wording import counted


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, and the modules that suffer from it.

    Args:
        finding: As it is told: of the module that is nearest to the place.
        others: The names of the other modules that have the same finding.
    """

    finding: Finding
    others: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Return all that there is to say but code and place: what, for whom else, what to do."""
        module, message = self.finding.module, self.finding.message
        said = f"{module} {message}" if module else message
        others = [f"and {counted(len(self.others), 'more module')}"] if self.others else []
        return "\n".join([said, *others, self.finding.hint])


def problems(report: Report) -> list[Problem]:
    """Return the findings of a report, those with equal code, place and message as one problem."""
    alike: dict[tuple[object, ...], list[Finding]] = {}
    for finding in report.findings:
        key = (finding.code, finding.severity, finding.file, finding.line, finding.message)
        alike.setdefault(key, []).append(finding)
    return [_problem(findings) for findings in alike.values()]


def _problem(findings: list[Finding]) -> Problem:
    nearest = min(findings, key=lambda finding: (not _is_at_home(finding), len(finding.traceback)))
    names = dict.fromkeys(finding.module for finding in findings)
    return Problem(nearest, tuple(name for name in names if name != nearest.module))


def _is_at_home(finding: Finding) -> bool:
    """Return whether the place lies in the very module that the finding is of."""
    dotted = (finding.file or "").removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    return f".{dotted}".endswith(f".{finding.module}")
