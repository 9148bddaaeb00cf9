"""Imports for other Pythons than that of the check, undeclared or misplaced: MW201, 206, 304."""

from collections.abc import Iterator

from packaging.utils import canonicalize_name

from modwright_check.index.evidence import Evidence
from modwright_check.index.given import optional_imports
from modwright_check.index.misplaced_modules import Misplaced, Search
from modwright_check.index.module_origins import Origin, Origins
from modwright_check.model.codes import finding
from modwright_check.model.facts import Fact
from modwright_check.model.module_names import is_of_tests
from modwright_check.model.report import Finding
from modwright_check.rules.dependencies.circumstances import Circumstances
from modwright_check.rules.dependencies.messages import add
from modwright_check.static.conditions import Asks
from modwright_check.static.fallbacks import minors_that_need
from modwright_check.static.source import Import, Source, Where


def judge(evidence: Evidence, origins: Origins) -> Iterator[Finding]:
    """Yield what a module or a function imports on some admitted Python, where nothing brings it.

    On which, a test says that is nothing but one of versions; or it is the second choice, and
    their standard library lacks the first. What any dependency requires, be it on other Pythons,
    may come with that one there.

    Args:
        evidence: All that is known of the project.
        origins: Where modules come from.
    """
    search = _Search(evidence, origins)
    for source in evidence.read.values():
        outcome = evidence.outcomes.get(source.module)
        if outcome is None or not outcome.loaded or is_of_tests(source.module):
            continue
        for statement in source.imports:
            yield from search.told(statement, source)


class _Search:
    """Finds the Pythons in which an import is missing.

    Args:
        evidence: All that is known of the project.
        origins: Where modules come from.
    """

    def __init__(self, evidence: Evidence, origins: Origins) -> None:
        self._evidence = evidence
        self._origins = origins
        self._brought = _brought(origins)
        self._misplaced = Search(evidence, origins)
        self._optional = evidence.index(optional_imports)
        self._circumstances = evidence.index(Circumstances)

    def told(self, statement: Import, source: Source) -> Iterator[Finding]:
        """Yield an import that fails on some admitted Python, for want of its distribution.

        Args:
            statement: The import.
            source: Of its module.
        """
        if not self._is_for_some_python(statement, source):
            return
        beside = self._misplaced.misplaced(statement, source)
        if beside and beside.by_path:
            return  # it is carried along
        # Without requires-python nothing is promised; but a neighbour's last name works nowhere.
        is_neighbour = beside is not None and beside.meant is not None
        admitted = self._evidence.admitted if is_neighbour else self._evidence.promised
        minors = self._minors(statement, source) & admitted
        if minors and minors != admitted:
            yield self._finding(statement, source, min(minors), beside)

    def _is_for_some_python(self, statement: Import, source: Source) -> bool:
        """Return whether a test of versions, or its place, is all that leads to an import."""
        if statement.may_fail or Asks.PLATFORM in statement.context.asks:
            return False
        if not (statement.versions or statement.instead) or self._is_brought(statement):
            return False
        deferred = statement.where is Where.IN_FUNCTION
        return not (deferred and self._optional.known(statement, source))

    def _minors(self, statement: Import, source: Source) -> frozenset[int]:
        """Return the Pythons that come to an import."""
        minors = statement.context.minors & self._evidence.minors[source.module]
        return minors & minors_that_need(statement, source) if statement.instead else minors

    def _finding(
        self, statement: Import, source: Source, minor: int, beside: Misplaced | None
    ) -> Finding:
        module = next(self._origins.imported(statement))
        there = f"imports {module} on Python 3.{minor}, which"
        if beside and beside.meant:
            return finding(
                "MW304",
                source.module,
                f"{there} works only when the folder of {beside.file} is on sys.path",
                f"Import it as {beside.meant}.",
                source.file,
                statement.line,
            )
        deferred = statement.where is Where.IN_FUNCTION
        facts = self._circumstances.of_a_module(source.module, module) if deferred else ()
        return finding(
            "MW206" if deferred else "MW201",
            source.module,
            f"{'has a function that ' if deferred else ''}{there} requires-python admits, but no "
            "declared dependency provides it",
            f"{add(module, self._origins)[:-1]}, with a marker (`; python_version …`) for "
            "these Pythons.",
            source.file,
            statement.line,
            facts={Fact.SPARED, *facts},
        )

    def _is_brought(self, statement: Import) -> bool:
        module = next(self._origins.imported(statement))
        return (
            self._origins.of(module) is not Origin.MISSING
            or self._origins.names.may_come_from(module, self._brought)
            or self._origins.is_for_some(module)
        )


def _brought(origins: Origins) -> frozenset[str]:
    """Return what is declared, and what anything that is installed requires, wherever that be."""
    declared = origins.declared
    names = {*declared.always, *declared.elsewhere}
    for distribution in origins.installed.distributions.values():
        names.update(canonicalize_name(each.name) for each in distribution.requires)
    return frozenset(names)
