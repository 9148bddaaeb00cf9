"""How users reach the modules of a project: immediately, on demand, or not through others."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import filterfalse

from modwright_check.index.evidence import Evidence
from modwright_check.index.importers import Importer, importers
from modwright_check.model.facts import Fact
from modwright_check.model.module_names import (
    is_of_tests,
    is_private,
    lies_beside,
    packages_around,
    with_packages,
)
from modwright_check.static.imports import absolute
from modwright_check.static.source import Import, Source, Where
from modwright_check.static.tried_in_turn import tried_in_turn
from modwright_check.wheel.entry_point_groups import entry_point_groups

_QUOTED = re.compile(r"[\"']([\w.]+)[\"':]")  # the module of "pkg.backends.redis:Backend"
# The package of "pkg.backends." + name, and how the name begins: "pkg.backends._" + name.
_BEGUN = re.compile(r"[\"']([\w.]*\w)\.(_*)(?:[\"']|\{|%s)")
# The same from the module itself on: import_module("._" + name), f"{__name__}.backends.{name}".
# Or from the package that is given beside it: import_module(f".{name}", "pkg.backends").
_FROM_HERE = re.compile(
    r"import_module\(\s*f?[\"'](\.+)((?:\w+\.)*)(_*)(?:[\"']\s*[+%]|\{|%s)"
    r"(?:[^\n]*?,\s*(?:package\s*=\s*)?[\"']([\w.]+)[\"'],?\s*\))?"
)
_OF_THIS = re.compile(r"\{__(name|package)__\}\.((?:\w+\.)*)(_*)\{")


class Reach:
    """What is reached from where in a project.

    Args:
        evidence: All that is known of it.
    """

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        # Nobody gets to a module by way of its tests.
        self._read = {name: read for name, read in evidence.read.items() if not is_of_tests(name)}

    def facts(self, module: str) -> Iterator[Fact]:
        """Yield whether users get to a module only on demand, or not at all.

        Args:
            module: Its dotted name.
        """
        if self.is_on_demand(module):
            yield Fact.ON_DEMAND
        if self.is_set_apart(module):
            yield Fact.SET_APART

    def is_on_demand(self, module: str) -> bool:
        """Return whether others import or name a module, but only when they are asked to.

        Args:
            module: Its dotted name.
        """
        return module in self._mentioned and module not in self._always

    def is_set_apart(self, module: str) -> bool:
        """Return whether nothing that users begin with leads to a module or to its package.

        They begin with the top-level packages, and with what entry points name. Where that leads
        to few modules, and to few of those that lie beside it, users import the others themselves,
        and none is set apart. A private module is nobody's to begin with.

        Args:
            module: Its dotted name.
        """
        source = self._read.get(module)
        is_whole = is_private(module) or (source and source.is_package)
        package = module if is_whole else module.rpartition(".")[0]
        if not package or package in self._from_the_front:
            return False
        return self._has_a_front or self._is_beside_what_is_reached(package)

    def is_expected_to_fail(self, module: str) -> bool:
        """Return whether all ways to a module lead through an import that may fail.

        Args:
            module: Its dotted name.
        """
        return module in self._behind_guards and module not in self._in_front_of_guards

    def is_left_aside(self, module: str) -> bool:
        """Return whether no test, and no module that imports, leads to this one in any way.

        Args:
            module: Its dotted name.
        """
        return module not in self._from_what_imports and not self._is_tested(module)

    def is_mentioned(self, module: str) -> bool:
        """Return whether another module, a test or not, imports or names a module.

        Args:
            module: Its dotted name.
        """
        return module in self._mentioned or self._is_tested(module)

    def _is_tested(self, module: str) -> bool:
        importers = self._evidence.importers.get(module, ())
        return any(is_of_tests(each.source.module) for each in importers)

    def is_imported_for_use(self, module: str) -> bool:
        """Return whether a module that imports, and is not a test, leads to this one in any way.

        Args:
            module: Its dotted name.
        """
        return module in self._from_what_imports

    def led_to_by(self, modules: Iterable[str]) -> frozenset[str]:
        """Return the modules that some import or name, in any way, and these themselves.

        Args:
            modules: Their dotted names.
        """
        return _closure(modules, self._all_ways)

    @cached_property
    def _from_what_imports(self) -> frozenset[str]:
        return _closure(self._importing, self._all_ways)

    @cached_property
    def _importing(self) -> list[str]:
        outcomes = self._evidence.outcomes
        return [name for name in self._read if name not in outcomes or outcomes[name].loaded]

    def _is_beside_what_is_reached(self, package: str) -> bool:
        """Return whether most of what lies beside a package is reached, however large it is."""
        unreached = (name for name in with_packages(package) if name not in self._from_the_front)
        *_, outermost = unreached
        inside = f"{outermost.rpartition('.')[0]}."
        beside = {
            inside + name.removeprefix(inside).partition(".")[0]
            for name in self._read
            if name.startswith(inside)
        }
        return 2 * len(beside & self._from_the_front) > len(beside)

    @cached_property
    def _in_front_of_guards(self) -> frozenset[str]:
        """Return the modules that those that import lead to, by imports that have to work."""
        return _closure(self._importing, self._ways(lambda statement: not statement.guarded))

    @cached_property
    def _behind_guards(self) -> frozenset[str]:
        """Return the modules that somebody imports where that may fail, and what these import."""
        guarded = (
            name
            for name, group in self._imported.items()
            if any(importer.statement.guarded for importer in group)
        )
        return _closure([*guarded, *self._tried_in_turn()], self._ways())

    def _tried_in_turn(self) -> Iterator[str]:
        """Yield the modules that another one goes through until one of them imports."""
        for name, source in self._read.items():
            if self._named[name] and (texts := tried_in_turn(source)):
                yield from (each for each in self._named[name] if each.rpartition(".")[2] in texts)

    def _ways(
        self, suits: Callable[[Import], bool] | None = None, *, loaded: bool = False
    ) -> dict[str, set[str]]:
        """Return which modules lead to which, by imports that suit.

        Args:
            suits: Whether an import does; all do without it.
            loaded: Whether those in branches must have been seen to bring in what they name.
        """
        ways: dict[str, set[str]] = defaultdict(set)
        for name, group in self._imported.items():
            for importer in group:
                passed_over = loaded and self._is_passed_over(name, importer)
                if not passed_over and (suits is None or suits(importer.statement)):
                    ways[importer.source.module].add(name)
        return ways

    def _is_passed_over(self, name: str, importer: Importer) -> bool:
        """Return whether a module has been imported without what a branch of it imports."""
        outcome = self._evidence.outcomes.get(importer.source.module)
        if not importer.statement.in_a_branch or outcome is None or not outcome.loaded:
            return False
        return all(load.name != name for load in outcome.loads)

    @cached_property
    def _has_a_front(self) -> bool:
        return 2 * len(self._from_the_front & self._read.keys()) > len(self._read)

    @cached_property
    def _from_the_front(self) -> frozenset[str]:
        """Return the modules that those that users begin with import or name, in any way."""
        return _closure([*self._tops, *self._entered], self._all_ways)

    @cached_property
    def _all_ways(self) -> dict[str, set[str]]:
        ways = self._ways()
        for name, named in self._named.items():
            ways[name] |= named
        return ways

    @cached_property
    def _always(self) -> frozenset[str]:
        """Return the modules that come in with one that users would import.

        Of those that no other mentions, users import each, but for those that are set apart, and
        for examples, which are there to be read.
        """
        ways = self._ways(_runs_at_import, loaded=True)
        used = (name for name in self._read if not lies_beside(name))
        begin = {name for name in used if name not in self._mentioned}
        return _closure([*filterfalse(self.is_set_apart, begin), *self._tops], ways)

    @cached_property
    def _tops(self) -> list[str]:
        return [name for name in self._read if name.rpartition(".")[0] not in self._read]

    @cached_property
    def _entered(self) -> list[str]:
        """Return the modules that entry points name, and those that `python -m` runs."""
        place = self._evidence.environment.site_packages
        named = entry_point_groups(self._evidence.about.name, place)
        return [name for name in self._read if name in named or name.endswith(".__main__")]

    @cached_property
    def _mentioned(self) -> frozenset[str]:
        """Return the modules that another one imports or names, or something inside them."""
        around = (
            package
            for name, group in self._imported.items()
            for package in packages_around(name)
            if any(not _is_in(importer.source.module, package) for importer in group)
        )
        return frozenset(self._imported).union(around, *self._named.values())

    @cached_property
    def _named(self) -> dict[str, set[str]]:
        """Return by module the others that it names in texts, to load them by their names."""
        return {name: {*self._named_by(source)} - {name} for name, source in self._read.items()}

    def _named_by(self, source: Source) -> Iterator[str]:
        for text in set(_QUOTED.findall(source.text)):
            name = _absolute(text, source)
            module = name if name in self._read else name.rpartition(".")[0]  # or what it holds
            if module in self._read:
                yield module
        for text, begin in set(_BEGUN.findall(source.text)):
            if "." in (package := _absolute(text, source)):  # messages begin with the top's name
                yield from self._beginning(package, begin)
        for dots, inside, begin, given in set(_FROM_HERE.findall(source.text)):
            package = absolute(inside.rstrip("."), len(dots), given or source.package)
            yield from self._beginning(package, begin)
        for kind, inside, begin in set(_OF_THIS.findall(source.text)):
            package = source.module if kind == "name" else source.package
            yield from self._beginning(f"{package}.{inside}"[:-1], begin)

    def _beginning(self, package: str, begin: str) -> Iterator[str]:
        """Yield the modules that lie directly in a package, by how their own names begin."""
        inside = f"{package}.{begin}"
        yield from (name for name in self._directly_in.get(package, ()) if name.startswith(inside))

    @cached_property
    def _directly_in(self) -> dict[str, list[str]]:
        inside: dict[str, list[str]] = defaultdict(list)
        for name in self._read:
            inside[name.rpartition(".")[0]].append(name)
        return inside

    @cached_property
    def _imported(self) -> Mapping[str, list[Importer]]:
        return importers(self._read)


def _closure(begin: Iterable[str], ways: Mapping[str, set[str]]) -> frozenset[str]:
    """Return all that these lead to, with themselves and the packages around."""
    reached: set[str] = set()
    waiting = list(begin)
    while waiting:
        name = waiting.pop()
        if name and name not in reached:
            reached.add(name)
            waiting += (name.rpartition(".")[0], *ways.get(name, ()))
    return frozenset(reached)


def _absolute(text: str, source: Source) -> str:
    """Return the dotted name that a text may stand for: `".north"` is beside the module."""
    name = text.lstrip(".")
    return absolute(name, len(text) - len(name), source.package) if name != text else text


def _is_in(module: str, package: str) -> bool:
    return f"{module}.".startswith(f"{package}.")


def _runs_at_import(statement: Import) -> bool:
    return statement.where is Where.AT_IMPORT and statement.always_runs
