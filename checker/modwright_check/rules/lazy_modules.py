"""MW535: names in `__lazy_modules__` (PEP 810) that make no import of their module wait."""

from collections.abc import Iterator

from modwright_check.index.evidence import Evidence
from modwright_check.index.module_origins import Origins
from modwright_check.model.codes import finding
from modwright_check.model.facts import Fact
from modwright_check.model.python_versions import MINORS, admitted_minors
from modwright_check.model.report import Finding
from modwright_check.static.lazy_modules import named
from modwright_check.static.source import Import, Source

_LAZY = 15  # the second number of the Python that brought lazy imports
_NOWHERE = "no statement of the module imports it"


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Yield names that are in vain, when a Python is admitted that looks at them.

    A name beside that of the module in the same statement, such as of its package, does no harm.

    Args:
        evidence: All that is known of the project.
    """
    requires = evidence.about.requires_python
    if _LAZY not in (admitted_minors(requires) if requires else MINORS):
        return
    for source in evidence.read.values():
        waiting = [statement for statement in source.imports if statement.lazy]
        for name, line in named(source):
            if not any(statement.may_name(name) for statement in waiting):
                reason, hint = _reason(name, line, source)
                is_left_over = reason == _NOWHERE and _is_there(name, evidence)
                yield finding(
                    "MW535",
                    source.module,
                    f"names {name} in `__lazy_modules__`, but {reason}",
                    hint,
                    source.file,
                    line,
                    facts={Fact.LEFT_OVER} if is_left_over else set(),
                )


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
    meant = next((each for each in statements if each.may_name(name)), None)
    if meant is None:
        return _NOWHERE, "Correct the name, or remove it."
    return (
        f"line {meant.line} imports from {meant.module}, and Python looks for that name",
        f"Name {meant.module} instead.",
    )


def _could_wait(statement: Import) -> bool:
    return statement.context.binds and not statement.context.tried and statement.names != ("*",)
