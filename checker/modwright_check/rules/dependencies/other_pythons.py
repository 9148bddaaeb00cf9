"""Imports for other Pythons than that of the check, undeclared or misplaced: MW201, 206, 304."""

from collections.abc import Iterator
from functools import cache, partial

from packaging.requirements import Requirement
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
from modwright_check.wheel.declared_dependencies import may_apply


def judge(evidence: Evidence, origins: Origins) -> Iterator[Finding]:
    """Yield what a module or a function imports on some admitted Python, where nothing brings it.

    On which, a test says that is nothing but one of versions; or it is the second choice, and
    their standard library lacks the first; or the marker of what is declared, where nothing decides
    about the import. What any dependency requires on such a Python may come with that one there.

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
        self._there = cache(partial(_there, origins))
        self._misplaced = Search(evidence, origins)
        self._optional = evidence.index(optional_imports)
        self._circumstances = evidence.index(Circumstances)

    def told(self, statement: Import, source: Source) -> Iterator[Finding]:
        """Yield an import that fails on some admitted Python, for want of its distribution.

        Args:
            statement: The import.
            source: Of its module.
        """
        module = next(self._origins.imported(statement))
        if not self._is_for_some_python(statement, source, module):
            return
        beside = self._misplaced.misplaced(statement, source)
        if beside and beside.by_path:
            return  # it is carried along
        # Without requires-python nothing is promised; but a neighbour's last name works nowhere.
        is_neighbour = beside is not None and beside.meant is not None
        admitted = self._evidence.admitted if is_neighbour else self._evidence.promised
        come = self._minors(statement, source) & admitted
        if come == admitted and _is_on_demand(statement):
            return  # what the test asks for is not known
        minors = {minor for minor in come if not self._is_brought(module, minor)}
        if minors and minors != admitted:
            yield self._finding(statement, source, min(minors), beside)

    def _is_for_some_python(self, statement: Import, source: Source, module: str) -> bool:
        """Return whether versions of Python, or its place, are all that leads to an import."""
        if statement.may_fail or Asks.PLATFORM in statement.context.asks:
            return False
        may_be_told = _is_on_demand(statement) or (
            _is_unconditional(statement) and self._declared(module)
        )
        if not may_be_told:
            return False
        deferred = statement.where is Where.IN_FUNCTION
        return not (deferred and self._optional.known(statement, source))

    def _declared(self, module: str) -> Requirement | None:
        """Return what a project requires for a module on some Pythons, by their version alone."""
        by_version = self._origins.declared.by_version
        name = self._origins.names.among(module, by_version.keys())
        return by_version[name] if name else None

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
        declared = self._declared(module)
        if declared:
            why = f"it is declared only under the marker `{declared.marker}`"
            hint = f"Have the marker of {declared.name} hold wherever this line runs."
        else:
            why = "no declared dependency provides it"
            hint = (
                f"{add(module, self._origins)[:-1]}, with a marker (`; python_version …`) for "
                "these Pythons."
            )
        return finding(
            "MW206" if deferred else "MW201",
            source.module,
            f"{'has a function that ' if deferred else ''}{there} requires-python admits, but "
            f"{why}",
            hint,
            source.file,
            statement.line,
            facts={Fact.SPARED, *facts},
        )

    def _is_brought(self, module: str, minor: int) -> bool:
        """Return whether something may bring a module on a Python.

        What is installed here by another way than by a marker for the version is there as well.
        """
        origin, names = self._origins.of(module), self._origins.names
        there = self._there(minor)
        if origin is Origin.INSTALLED:
            bringing = {each.name for each in self._origins.bringing(module)}
            return not bringing <= self._origins.declared.by_version.keys() - there
        return (
            origin is not Origin.MISSING
            or names.may_come_from(module, there)
            or self._origins.extras.bringing(module) is not None
        )


def _is_on_demand(statement: Import) -> bool:
    return statement.versions or statement.instead


def _is_unconditional(statement: Import) -> bool:
    """Return whether nothing decides about an import, and no `try` is around it."""
    context = statement.context
    return not context.tried and all(each.condition is None for each in context.chain())


def _there(origins: Origins, minor: int) -> frozenset[str]:
    """Return what is declared for a Python, and what anything that is installed requires there.

    What extras of dependencies bring along is there wherever the extra is.
    """
    declared = origins.declared
    along = frozenset[str]().union(*declared.extras.values()) - declared.by_version.keys()
    installed = origins.installed.distributions.values()
    required = (each for other in installed if other.name != origins.own for each in other.requires)
    names = (canonicalize_name(each.name) for each in required if may_apply(each, minor))
    return frozenset((*declared.on(minor), *along, *names))
