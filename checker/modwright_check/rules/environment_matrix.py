"""MW208, MW209, MW714: a module cannot be imported in every admitted environment."""

from collections.abc import Iterator

from modwright_check.index.evidence import Evidence
from modwright_check.model.codes import finding
from modwright_check.model.python_versions import MINORS, minor_of
from modwright_check.model.report import Finding
from modwright_check.rules.import_messages import said_of

_HINTS = {
    "MW208": "Raise the lower bound in `dependencies` to a version that has the missing name.",
    "MW209": "Add the missing dependency to the extra, or fix the code that runs only with it.",
    "MW714": "Fix the module for that Python, or exclude the version in `requires-python`.",
}


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Yield each module and environment in which it fails, at the line that fails."""
    files = {module.name: evidence.sources.in_project(module.path) for module in evidence.modules}
    for (code, name, difference), outcome in evidence.elsewhere.items():
        if code == "MW714" and not _is_for(difference, evidence.minors.get(name, frozenset())):
            continue
        place = evidence.sources.innermost(outcome.frames) or (files.get(name), None)
        _, message, _ = said_of(name, outcome)
        said = f"cannot be imported {difference}: {evidence.sources.shortened(message)}"
        yield finding(code, name, said, _HINTS[code], *place)


def _is_for(difference: str, minors: frozenset[int]) -> bool:
    """Return whether a module is for a Python, or may be: the others import it there.

    Args:
        difference: Such as "on Python 3.15".
        minors: The Pythons on which the others import it; none when that is not known.
    """
    minor = minor_of(difference.rpartition(" ")[2])
    return not minors or minor in minors or minor not in MINORS
