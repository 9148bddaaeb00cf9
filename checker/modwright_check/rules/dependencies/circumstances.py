"""The facts that make a missing dependency weigh less: some modules are not for every user."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import product

from modwright_check.index.evidence import Evidence
from modwright_check.index.given import optional_imports
from modwright_check.index.helpers_of_tests import is_for_tests
from modwright_check.index.hosts import Hosts
from modwright_check.index.met_by_name import met_by_name
from modwright_check.index.module_origins import Origin, Origins
from modwright_check.index.plugins import Plugins
from modwright_check.index.reach import Reach
from modwright_check.index.siblings import (
    Siblings,
    carries,
    is_left_to_users,
    is_said_to_be_left_to_users,
    is_spoken_of,
)
from modwright_check.index.uncalled import is_taken_by_others, is_uncalled
from modwright_check.model.facts import Fact
from modwright_check.model.module_names import (
    is_of_tests,
    is_private,
    lies_beside,
    with_packages,
)
from modwright_check.rules.by_path import has_another_way
from modwright_check.rules.platforms import expected_elsewhere
from modwright_check.static.catching import gives_up
from modwright_check.static.lines import lines_of
from modwright_check.static.old_places import new_place
from modwright_check.static.optional_imports import OptionalImports
from modwright_check.static.python_2 import SUCCESSORS
from modwright_check.static.source import Source, Where
from modwright_check.static.tried_before import runs_if_there
from modwright_check.wheel.entry_point_groups import entry_point_groups, groups_of_objects

# Groups that programs ask for by older names than their own.
_GROUPS_OF = {"setuptools": ("distutils", "egg_info")}
# Of a library that a project does not declare, since its users have it.
_BROUGHT_BY_USERS = {Fact.LEFT_TO_USERS, Fact.OF_ITS_FRAMEWORK, Fact.OF_A_HOST}
_MANY = 20  # modules of a project that is large, and of which one is an exception


class Circumstances:
    """What is known of modules that miss a dependency.

    Args:
        evidence: All that is known of the project.
    """

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._origins = evidence.index(Origins)
        self._reach = evidence.index(Reach)
        self._siblings = evidence.index(Siblings)
        self._hosts = evidence.index(Hosts)
        self._plugins = evidence.index(Plugins)

    def of_a_failure(self, module: str, missing: str, importing: str) -> Iterator[Fact]:
        """Yield the facts about a module that does not import.

        A part of the project may be for an extra; what imports that part from outside is not,
        unless it is called like an extra that brings what is missing, or is the old place of a
        module that is, or the `__main__` that runs one.

        Args:
            module: Its dotted name.
            missing: The module of another distribution that it misses.
            importing: The module of the project that imports what is missing.
        """
        if self._origins.of(missing) is Origin.HOST or self._is_loaded_by(missing, module):
            yield Fact.OF_A_HOST
        source = self._evidence.read.get(module)
        extra = self._extra_behind(module, importing)
        has_an_extra = extra is not None
        if has_an_extra or self._origins.is_for_some(missing):
            yield Fact.FOR_SOME
        in_one_part = _part(module) == _part(importing)
        brings_it = extra is not None and self._origins.comes_with(missing, extra)
        if brings_it or (in_one_part and (has_an_extra or self._origins.is_of_an_extra(missing))):
            yield Fact.OF_AN_EXTRA
        for_it = brings_it or (
            source is not None
            and self._origins.is_of_an_extra(missing)
            and self._is_called_like_what_it_takes(source)
        )
        if for_it and module.partition(".")[0] in self._evidence.substance:
            yield Fact.OF_ITS_EXTRA
        if self._is_of_another_system(module, missing):
            yield Fact.OF_ANOTHER_SYSTEM
        if self._is_of_python_2(missing):
            yield Fact.OF_PYTHON_2
        if self._optional.guarded(missing) or self._is_tested_with_care(module, missing):
            yield Fact.OPTIONAL
        if self._evidence.is_spared(module):
            yield Fact.SPARED
        if source:
            yield from self._of_what_it_says(source, missing)
        if self._evidence.most_do_without(module):
            yield Fact.ALONE
        if self._is_rare(missing):
            yield Fact.RARE
        if self._reach.is_left_aside(module):
            yield Fact.LEFT_ASIDE
        yield from self.of_a_module(module, missing)

    def of_a_module(
        self, module: str, missing: str, around: tuple[str, ...] = ()
    ) -> Iterator[Fact]:
        """Yield how users get to a module, and whether the project names what it misses.

        Args:
            module: Its dotted name.
            missing: The module of another distribution that it misses.
            around: The names of the functions and classes around the import.
        """
        if self.is_large():
            yield Fact.LARGE
        yield from self._hosts.facts(module, missing)
        yield from self._reach.facts(module)
        if self._reach.is_expected_to_fail(module):
            yield Fact.EXPECTED
        source = self._evidence.read.get(module)
        if source and self.is_stray(source):
            yield Fact.STRAY
        about, likely = self._evidence.about.description, self._origins.names.likely(missing)
        named = source and is_spoken_of(missing, source, around, about, likely)
        if not named and source and not around:
            named = self._is_called_like_what_it_takes(source)
        if named or self._is_remarked(module, missing):
            yield Fact.SPOKEN_OF
        if self._is_shown(module, missing):
            yield Fact.SHOWN
        if self._siblings.are_several(module, missing, around):
            yield Fact.ONE_OF_SEVERAL
        if around:
            yield from self._of_a_function(missing, source, around)

    def _of_a_function(
        self, missing: str, source: Source | None, around: tuple[str, ...]
    ) -> Iterator[Fact]:
        """Yield what is known of a function that imports something, and of those who call it."""
        if missing.partition(".")[0] in self._evidence.index(met_by_name):
            yield Fact.PREPARED
        if source is None:
            return
        if is_said_to_be_left_to_users(missing, source):
            yield Fact.LEFT_TO_USERS
        if self._is_behind_what_users_bring(source):
            yield Fact.ONLY_WITH_ANOTHER
        if self._is_a_demonstration(source, around[0]):
            yield Fact.DEMONSTRATES
        if is_uncalled(around[0], source, self._evidence):
            yield Fact.UNCALLED
        if self._is_called_by(missing, source, around[0]):
            yield Fact.OF_A_HOST

    def extra_for(self, module: str, around: tuple[str, ...] = ()) -> str | None:
        """Return the extra that is called like a module, a package or a class around an import.

        Args:
            module: Its dotted name.
            around: The names of the functions and classes around the import.
        """
        return self._origins.declared.extra_called([*module.split(".")[1:], *around])

    def _extra_behind(self, module: str, importing: str) -> str | None:
        """Return the extra that a module is called like, or what it stands for or runs."""
        source = self._evidence.read.get(module)
        names = [module, new_place(source) if source else None]
        if module.endswith(".__main__"):
            names.append(importing)
        return next((extra for name in names if name and (extra := self.extra_for(name))), None)

    def _is_tested_with_care(self, module: str, missing: str) -> bool:
        """Return whether tests alone import a module, and each only if what it misses is there."""
        top = missing.partition(".")[0]
        importers = self._evidence.importers.get(module, ())
        return bool(importers) and all(
            is_of_tests(each.source.module)
            and (each.statement.guarded or runs_if_there(each.statement, each.source, top))
            for each in importers
        )

    def _of_what_it_says(self, source: Source, missing: str) -> Iterator[Fact]:
        """Yield whom a module is for, by its docstring and by what it cannot do without."""
        if is_for_tests(source.module, self._evidence):
            yield Fact.TEST_HELPERS
        if self._needs_what_nothing_brings(source):
            yield Fact.ONLY_WITH_ANOTHER
        if is_left_to_users(missing, source):
            yield Fact.LEFT_TO_USERS

    def _needs_what_nothing_brings(self, source: Source) -> bool:
        """Return whether a module refuses without a library of which no extra tells.

        Whoever has that has what comes with it as well, which nobody can know.
        """
        origins = self._origins
        return any(
            each.where is Where.AT_IMPORT
            and not each.in_a_branch
            and each.handler is not None
            and gives_up(each.handler.body)
            and origins.of(each.module) is Origin.MISSING
            and not origins.is_for_some(each.module)
            for each in source.imports
        )

    def _is_behind_what_users_bring(self, source: Source) -> bool:
        """Return whether a module does not import without a library that users have anyhow.

        Nobody comes to its functions without that, and what comes with it nobody can know.
        """
        outcome = self._evidence.outcomes.get(source.module)
        library = outcome.missing if outcome else None
        if library is None or self._origins.of(library) is not Origin.MISSING:
            return False
        facts = self.of_a_failure(source.module, library, source.module)
        return not self._origins.is_for_some(library) and not _BROUGHT_BY_USERS.isdisjoint(facts)

    def _is_loaded_by(self, missing: str, module: str) -> bool:
        """Return whether the very program loads a module that it misses."""
        top = missing.partition(".")[0].lower()
        return self._is_for_plugins(top, module) or self._plugins.is_loaded_by(missing, module)

    def _is_for_plugins(self, top: str, module: str) -> bool:
        """Return whether a program asks for a module, or for all by which users come to it."""
        asked, seen, waiting = False, set[str](), [module]
        while waiting:
            name = waiting.pop()
            seen.add(name)
            if self._is_asked_for(top, name):
                asked = True
                continue
            importers = {each.source.module for each in self._evidence.importers.get(name, ())}
            users = {each for each in importers if not is_of_tests(each)}
            if not users:
                return False
            waiting += users - seen
        return asked

    def _is_asked_for(self, top: str, module: str) -> bool:
        """Return whether a program asks for a module by a group of entry points.

        The groups begin with the name of the project that asks for them:
        https://packaging.python.org/en/latest/specifications/entry-points/
        """
        # In a package that is offered, a program finds what lies there by its path.
        offered = (name for name in with_packages(module) if name == module or "." in name)
        return any(_is_of(top, group) for name in offered for group in self._groups.get(name, ()))

    def _is_called_by(self, missing: str, source: Source, name: str) -> bool:
        """Return whether the very program calls a function that misses it.

        It does so by the function's name, or asks for it, or for all that lead to a private one, by
        an entry point.
        """
        if self._plugins.calls(name, missing):
            return True
        top = missing.partition(".")[0].lower()
        asked, seen, waiting = False, set[str](), [name]
        while waiting:
            each = waiting.pop()
            if each in seen:
                continue
            seen.add(each)
            if any(_is_of(top, group) for group in self._objects.get((source.module, each), ())):
                asked = True
                continue
            callers = set(_named_by(each, source))
            taken = is_taken_by_others(each, source.module, self._evidence)
            if not is_private(each) or taken or not callers or None in callers:
                return False
            waiting += filter(None, callers)
        return asked

    def _is_a_demonstration(self, source: Source, function: str) -> bool:
        """Return whether a function runs under the main guard alone, in a module of another use.

        The module is one that others import, and they, and entry points, do not ask for it.
        """
        importers = self._evidence.importers.get(source.module, ())
        if source.main_guard is None or not importers or source.module in self._groups:
            return False
        before_the_guard = lines_of(source.text)[: source.main_guard - 1]
        mentioned = re.findall(rf"\b{re.escape(function)}\b", "\n".join(before_the_guard))
        asked_for = any({function, "*"} & {*each.statement.names} for each in importers)
        return len(mentioned) == 1 and not asked_for

    def is_large(self) -> bool:
        """Return whether the project has so many modules that one of them is an exception."""
        return len(self._evidence.substance) >= _MANY

    def is_stray(self, source: Source) -> bool:
        """Return whether nobody but the project's developers can know that this is a program.

        Args:
            source: The module.
        """
        return (
            source.main_guard is not None
            and not self._reach.is_mentioned(source.module)
            and not has_another_way(source, self._evidence)
        )

    def _is_called_like_what_it_takes(self, source: Source) -> bool:
        """Return whether a module is called like something in the libraries that it misses.

        Of `from gi.repository import Gtk` that is the last name as well: what is taken from a
        library itself is mostly a class or a function, which others may be called like.
        """
        taken = {
            name
            for each in source.imports
            if each.where is Where.AT_IMPORT and self._origins.of(each.module) is Origin.MISSING
            for name in (each.top, *(each.names if "." in each.module else ()))
        }
        return any(carries(*pair) for pair in product(source.module.split(".")[1:], taken))

    def _is_shown(self, module: str, missing: str) -> bool:
        """Return whether the description shows a module that is named after what it misses."""
        shown = re.compile(rf"(?<![\w.]){re.escape(module)}(?!\w)")
        named = carries(module.rpartition(".")[2], missing)
        return named and shown.search(self._evidence.about.description or "") is not None

    def _is_remarked(self, module: str, missing: str) -> bool:
        """Return whether somebody who imports a module names in a comment there what it misses."""
        named = re.compile(rf"#.*\b{re.escape(missing.partition('.')[0])}\b", re.IGNORECASE)
        return any(
            named.search(each.source.line(each.statement.line))
            for each in self._evidence.importers.get(module, ())
        )

    def _is_rare(self, missing: str) -> bool:
        """Return whether few modules miss something, in a project that has many."""
        few = max(1, self._missing[missing.partition(".")[0]])
        return _MANY * few <= len(self._evidence.substance)

    def is_seldom_imported(self, missing: str) -> bool:
        """Return whether few modules import something anywhere, in a project that has many.

        Args:
            missing: A module of another distribution.
        """
        top = missing.partition(".")[0]
        return _MANY * max(1, self._importing[top]) <= len(self._evidence.substance)

    @cached_property
    def _importing(self) -> Counter[str]:
        """Count the modules that import a library, examples left aside, by its top-level name."""
        sources = self._evidence.read
        names = (name for name in self._evidence.substance if not lies_beside(name))
        return Counter(
            top for name in names for top in {each.top for each in sources[name].imports}
        )

    @cached_property
    def _missing(self) -> Counter[str]:
        """Count the modules that miss a library, examples left aside, by its top-level name."""
        names = (name for name in self._evidence.substance if not lies_beside(name))
        outcomes = map(self._evidence.outcomes.get, names)
        missing = (outcome.missing for outcome in outcomes if outcome)
        return Counter(name.partition(".")[0] for name in missing if name)

    def _is_of_another_system(self, module: str, missing: str) -> bool:
        declared, names = self._origins.declared.elsewhere, self._origins.names
        return module in self._of_other_systems and names.may_come_from(missing, declared)

    def _is_of_python_2(self, missing: str) -> bool:
        requires = self._evidence.about.requires_python
        admits = requires is not None and requires.contains("2.7")
        return admits and missing.partition(".")[0] in SUCCESSORS

    @cached_property
    def _groups(self) -> dict[str, set[str]]:
        name, place = self._evidence.about.name, self._evidence.environment.site_packages
        return entry_point_groups(name, place)

    @cached_property
    def _objects(self) -> dict[tuple[str, str], set[str]]:
        name, place = self._evidence.about.name, self._evidence.environment.site_packages
        return groups_of_objects(name, place)

    @cached_property
    def _optional(self) -> OptionalImports:
        return self._evidence.index(optional_imports)

    @cached_property
    def _of_other_systems(self) -> frozenset[str]:
        return self._evidence.index(expected_elsewhere)


def _is_of(top: str, group: str) -> bool:
    """Return whether a group of entry points is of a program, by its top-level module."""
    own = tuple(f"{name}." for name in _GROUPS_OF.get(top, ()))
    return group.lower().startswith((top, *own))


def _named_by(name: str, source: Source) -> Iterator[str | None]:
    """Yield the other functions and classes that name one; None for the module's own top level."""
    for node in source.tree.body if source.tree else ():
        own = getattr(node, "name", None)
        if own != name and any(
            isinstance(part, ast.Name) and part.id == name for part in ast.walk(node)
        ):
            yield own


def _part(module: str) -> list[str]:
    """Return what of a project a module belongs to: its package in the top-level package."""
    return module.split(".")[1:2]
