"""How a project imports, in one sentence."""

from modwright_check.model.report import Report, Severity
from modwright_check.model.wording import counted
from modwright_check.report.problems import problems


def verdict(report: Report) -> str:
    """Return in one sentence, without its full stop, how the modules import."""
    total = len(report.modules)
    bad = sum(module.status == "error" for module in report.modules)
    warnings = sum(problem.finding.severity is Severity.WARNING for problem in problems(report))
    modules = f"{total} module imports" if total == 1 else f"{total} modules import"
    besides = counted(warnings, "warning")
    if not total:
        return "Nothing to import"
    if bad:
        return f"{bad} of {modules} with errors" + (f", besides {besides}" if warnings else "")
    if report.count(Severity.ERROR):
        return f"{modules}, but the project has errors" + (f" and {besides}" if warnings else "")
    return f"{modules}, with {besides}" if warnings else f"{modules} cleanly"
