"""The verdict in one sentence, and sentences about the baseline."""

from modwright_check.model.report import Report, Severity
from modwright_check.model.wording import counted
from modwright_check.report.problems import Problem, problems


def verdict(report: Report) -> str:
    """Return in one sentence, without its full stop, what was found in how many modules."""
    found = problems(report)
    counts = [_counts(found, severity) for severity in (Severity.ERROR, Severity.WARNING)]
    wrong = " and ".join(filter(None, counts))
    modules = counted(len(report.modules), "module")
    known = len(report.baseline.known) if report.baseline else 0
    if not wrong and not report.modules:
        return "No module is looked at" if report.part else "The wheel contains no modules"
    if not wrong and not known:
        return _imported(report)
    besides = f", besides {counted(known, 'known finding')}" if known else ""
    wheel = f"a wheel of {modules}" if report.modules else "a wheel without modules"
    wheel = modules if report.part else wheel
    return f"{wrong or 'Nothing new'} in {wheel}{besides}"


def _imported(report: Report) -> str:
    number, all_modules = report.imported, counted(len(report.modules), "module")
    if number == len(report.modules):
        return f"{all_modules} {'imports' if number == 1 else 'import'} cleanly"
    if not number:
        return "No module is imported"
    return f"{number} of {all_modules} {'imports' if number == 1 else 'import'} cleanly"


def about_part(report: Report) -> list[str]:
    """Return a sentence on which modules were looked at, unless all were."""
    return [f"Looked at {report.part}."] if report.part else []


def about_baseline(report: Report) -> list[str]:
    """Return sentences: what was done with the baseline, and what is to be done with it."""
    baseline = report.baseline
    if baseline is None:
        return []
    if baseline.added is not None:
        held = len(baseline.known) + len(baseline.not_looked_for)
        changes = f"{baseline.added} added, {len(baseline.gone)} removed"
        return [f"{baseline.file} is written and contains {counted(held, 'finding')}: {changes}."]
    if not baseline.is_there:
        return [
            f"{baseline.file} does not exist yet: --write-baseline creates it from these findings."
        ]
    if gone := len(baseline.gone):
        verb, them = ("is", "it") if gone == 1 else ("are", "them")
        return [
            f"{counted(gone, 'finding')} of {baseline.file} {verb} gone:"
            f" --write-baseline removes {them}."
        ]
    return []


def _counts(found: list[Problem], severity: Severity) -> str:
    """Return `3 errors`, and of how many causes when these are fewer; empty for none."""
    numbers = [sum(each.severity is severity for each in problem.findings) for problem in found]
    findings, causes = sum(numbers), sum(map(bool, numbers))
    if not findings:
        return ""
    fewer = f" of {counted(causes, 'cause')}" if causes < findings else ""
    return f"{counted(findings, severity.value)}{fewer}"
