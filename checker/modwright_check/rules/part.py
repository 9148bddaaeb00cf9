"""Which findings are told when a check looks at a part of the modules."""

from collections.abc import Iterable, Iterator

from modwright_check.index.evidence import Evidence
from modwright_check.model import policies
from modwright_check.model.codes import CODES
from modwright_check.model.report import Finding

_OF_EFFECTS = (policies.EFFECT, policies.SETTING)


def told(findings: Iterable[Finding], evidence: Evidence) -> Iterator[Finding]:
    """Yield the findings of the part that is looked at; all without such a part.

    They are those of its modules. An effect at a line of another module is told as well if only the
    import of one of its modules shows it: where that other one is looked at, nobody sees it.

    Args:
        findings: All that the rules have found.
        evidence: All that is known of the project.
    """
    for found in findings:
        if evidence.tells_of(found.module) or _is_seen_only_from_here(found, evidence):
            yield found


def depends_on_all(findings: Iterable[Finding], evidence: Evidence) -> bool:
    """Return whether it takes the imports of all modules to tell a finding of the part.

    Either to know who tells it, or how much it weighs.

    Args:
        findings: All that the rules have found.
        evidence: All that is known of the project.
    """
    if evidence.names <= evidence.outcomes.keys():
        return False
    codes = (CODES[found.code] for found in findings if evidence.tells_of(found.module))
    return any(code.is_of_all or code.policy.compares for code in codes)


def _is_seen_only_from_here(found: Finding, evidence: Evidence) -> bool:
    if CODES[found.code].policy not in _OF_EFFECTS or found.line is None:
        return False
    if found.module not in evidence.outcomes or _shows(found.module, found, evidence):
        return False
    return any(_shows(module, found, evidence) for module in evidence.looked_at)


def _shows(module: str, found: Finding, evidence: Evidence) -> bool:
    """Return whether the import of a module has shown an effect at the place of a finding."""
    outcome = evidence.outcomes.get(module)
    for effect in outcome.effects if outcome else ():
        if effect.line and effect.line == found.line and effect.file:
            place = evidence.sources.innermost([(effect.file, effect.line)])
            if place and place[0] == found.file:
                return True
    return False
