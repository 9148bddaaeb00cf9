"""MW535: names in `__lazy_modules__` (PEP 810) that make no import of their module wait."""

from collections import defaultdict
from collections.abc import Iterator

from modwright_check.index.evidence import Evidence
from modwright_check.index.module_origins import Origins
from modwright_check.model.codes import finding
from modwright_check.model.facts import Fact
from modwright_check.model.report import Finding
from modwright_check.static.lazy_modules import named
from modwright_check.static.source import Import, Source

_LAZY = 15  # the second number of the Python that brought lazy imports
_NOWHERE = "no statement of the module imports"


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Yield names that are in vain, when a Python is admitted that looks at them.

    A name beside that of the module in the same statement, such as of its package, does no harm.

    Args:
        evidence: All that is known of the project.
    """
    if _LAZY not in evidence.admitted:
        return
    for source in evidence.read.values():
        for (reason, hint), names in _in_vain(source).items():
            first, *others = names
            is_left_over = reason.startswith(_NOWHERE) and _is_there(first, evidence)
            more = f" (and {', '.join(others)})" if others else ""
            yield finding(
                "MW535",
                source.module,
                f"names {first}{more} in `__lazy_modules__`, but {reason}",
                hint,
                source.file,
                names[first],
                facts={Fact.LEFT_OVER} if is_left_over else set(),
            )


def _in_vain(source: Source) -> dict[tuple[str, str], dict[str, int]]:
    """Return the names that make nothing wait, and their lines, by the reason and the hint."""
    waiting = [statement for statement in source.imports if statement.lazy]
    found: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for name, line in named(source):
        if not any(statement.may_name(name) for statement in waiting):
            found[_reason(name, line, source)][name] = line
    return found


def _is_there(name: str, evidence: Evidence) -> bool:
    """Return whether a name is that of a module: it is not misspelt."""
    return evidence.standard.holds(name) or evidence.index(Origins).holds(name)


def _reason(name: str, line: int, source: Source) -> tuple[str, str]:
    """Return why a name makes nothing wait, and what to do."""
    statements = [each for each in source.imports if not each.called]
    imported = [each for each in statements if each.module == name]
    if late := [each for each in imported if each.line < line and _could_wait(each)]:
        return f"line {late[0].line} has imported it by then", "Move the list above the imports."
    if imported:
        return (
            f"line {imported[0].line} imports it at once: Python waits for no import in a `try`, a "
            "function or a class, nor for that of a star",
            "Import it at the top of the module, or remove the name.",
        )
    meant = next((each for each in statements if _is_meant(name, each)), None)
    if meant is None:
        return f"{_NOWHERE} {name}", "Correct the name, or remove it."
    return (
        f"line {meant.line} imports from {meant.module}, and Python looks for that name",
        f"Name {meant.module} instead.",
    )


def _is_meant(name: str, statement: Import) -> bool:
    """Return whether an import brings what a name stands for, be it short of its package."""
    return (
        statement.may_name(name)
        or statement.module.endswith(f".{name}")
        or (name in statement.names)
    )


def _could_wait(statement: Import) -> bool:
    return statement.context.binds and not statement.context.tried and statement.names != ("*",)
