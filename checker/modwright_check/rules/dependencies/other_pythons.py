"""Undeclared imports for Pythons other than the one that runs the check: MW201."""

from collections.abc import Iterator

from packaging.utils import canonicalize_name

from modwright_check.index.evidence import Evidence
from modwright_check.index.importers import minors_of
from modwright_check.index.module_origins import Origin, Origins
from modwright_check.model.codes import finding
from modwright_check.model.module_names import is_of_tests
from modwright_check.model.python_versions import MINORS, admitted_minors
from modwright_check.model.report import Finding
from modwright_check.rules.dependencies.messages import add
from modwright_check.static.source import Import, Where


def judge(evidence: Evidence, origins: Origins) -> Iterator[Finding]:
    """Yield what a module imports at import on some admitted Python, where nothing brings it.

    Only a test that is nothing but one of versions says on which. What any dependency requires,
    be it on other Pythons, may come with that one there.

    Args:
        evidence: All that is known of the project.
        origins: Where modules come from.
    """
    if evidence.about.requires_python is None:
        return
    admitted = admitted_minors(evidence.about.requires_python)
    brought, names = _brought(origins), origins.names
    reached: dict[str, frozenset[int]] | None = None
    for source in evidence.read.values():
        outcome = evidence.outcomes.get(source.module)
        if outcome is None or not outcome.loaded or is_of_tests(source.module):
            continue
        for statement in filter(_is_for_some_pythons, source.imports):
            module = next(origins.imported(statement))
            if origins.of(module) is not Origin.MISSING or names.may_come_from(module, brought):
                continue
            if origins.is_for_some(module):
                continue
            reached = minors_of(evidence.read) if reached is None else reached
            minors = statement.context.minors & admitted & reached[source.module]
            if not minors or minors == frozenset(MINORS) & admitted:
                continue
            yield finding(
                "MW201",
                source.module,
                f"imports {module} on Python 3.{min(minors)}, which requires-python admits, "
                "but no declared dependency provides it",
                f"{add(module, names)[:-1]}, with a marker (`; python_version …`) for these "
                "Pythons.",
                source.file,
                statement.line,
            )


def _is_for_some_pythons(statement: Import) -> bool:
    prepared = statement.may_fail or statement.platforms or statement.instead
    return statement.versions and statement.where is Where.AT_IMPORT and not prepared


def _brought(origins: Origins) -> frozenset[str]:
    """Return what is declared, and what anything that is installed requires, wherever that be."""
    declared = origins.declared
    names = {*declared.always, *declared.elsewhere}
    for distribution in origins.installed.distributions.values():
        names.update(canonicalize_name(each.name) for each in distribution.requires)
    return frozenset(names)
