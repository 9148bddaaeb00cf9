"""Modules that a growing process has loaded once, takes out of sight, and hands back.

Of other people's modules and of the project's own ones alike. A process imports one module after
the other, and each of them finds `sys.modules` as a fresh interpreter would have it: what others
have brought comes back at the moment it is asked for, with all that its own import has asked for.
"""

from __future__ import annotations

import builtins
import sys
from itertools import filterfalse, repeat
from time import perf_counter_ns

from .loading import Loading, as_machinery, listening_import, machinery, replace_machinery
from .module_names import lost_its_package, with_parents
from .preload import is_ordinary

TYPE_CHECKING = False  # the module typing is not loaded here
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any


class Hidden:
    """What has been loaded and can be handed back.

    Args:
        loading: The loads of this process.
    """

    def __init__(self, loading: Loading) -> None:
        self.loading = loading
        self.bare = sys.modules.copy()  # what a fresh interpreter begins with
        # Each module with all that its import brings, in that order.
        self.closures: dict[str, dict[str, Any]] = {}
        self.own_ns: dict[str, int] = {}
        self.own: set[str] = set()  # names of the project's modules among them
        # Modules that their packages hold only once somebody has imported them: in which namespace,
        # and under which name.
        self.late: dict[str, dict[str, Any]] = {}
        # What modules of other distributions have added to the end of sys.meta_path.
        self.finders: dict[str, list[Any]] = {}
        self._bare_finders = list(sys.meta_path)
        self._found = list(sys.meta_path)
        self.last: dict[str, str] = {}
        self.requests: dict[str, dict[str, None]] = {}
        self.handed: list[str] = []  # of the project, to what is being imported
        self._shown: list[str] = []  # of those in `late`
        self._noticed = set(self.bare)

    def begin(self) -> None:
        """Hand back, and note who asks for what, from now on."""
        find_and_load = machinery("_find_and_load")
        closures, modules, stack = self.closures, sys.modules, self.loading.stack

        def ask(name: str) -> None:
            self.requests.setdefault(stack[-1].name, {})[name] = None

        def _find_and_load(name: str, import_: Any, **how: Any) -> Any:
            if name not in closures or name in modules:
                self._note_inserted(stack[-1].name)
                ask(name)
                return find_and_load(name, import_, **how)
            ask(name)
            self.hand_back(name)
            return modules[name]

        builtins.__import__ = as_machinery(listening_import(ask))
        self.loading.on_loaded = self._note_loaded
        replace_machinery("_find_and_load", _find_and_load)

    def _note_loaded(self, name: str) -> None:
        self._note_finders(name)
        self._note_inserted(name)

    def _note_finders(self, name: str) -> None:
        """Note what a module of another distribution has added to the end of sys.meta_path."""
        known = [*map(id, self._found)]
        now = [*map(id, sys.meta_path)]
        if now == known or name in self.loading.own_names.values():
            return
        if now[: len(known)] == known:
            self.finders[name] = sys.meta_path[len(known) :]
            self._found = [*sys.meta_path]

    def is_as_before(self) -> bool:
        """Return whether modules are looked for as at first, but by what has come with others."""
        return [*map(id, sys.meta_path)] == [*map(id, self._found)]

    def shows_finders(self) -> bool:
        """Return whether finders have come with modules that have not been hidden yet."""
        return len(self._found) > len(self._bare_finders)

    def is_explained(self, new: Iterable[str]) -> bool:
        """Return whether what a module's finder has found always comes after that module.

        Args:
            new: That has just been hidden.
        """
        return all(map(self._is_explained, new)) if self.finders else True

    def _is_explained(self, name: str) -> bool:
        closure = self.closures[name]
        module = closure[name]
        if is_ordinary(module):
            return True
        loader = getattr(getattr(module, "__spec__", None), "loader", None)
        by = [each for each, added in self.finders.items() if any(loader is one for one in added)]
        return all(each in closure for each in by or self.finders)

    def _note_inserted(self, name: str) -> None:
        """Note what a module has put into sys.modules itself, as collections does its abc."""
        loading = {load.name for load in self.loading.stack}
        for new in [*filterfalse(self._noticed.__contains__, sys.modules)]:
            if new in self.closures or new in loading:
                continue
            self._noticed.add(new)
            if new not in self.loading.own_times:
                self.requests.setdefault(name, {})[new] = None

    def hide(self) -> list[str]:
        """Take all that has come in out of sight; return what of it was not known before.

        What a package that has failed has left behind is forgotten.
        """
        modules = sys.modules
        unknown = filterfalse(
            self.closures.__contains__, filterfalse(self.bare.__contains__, modules)
        )
        new = [*filterfalse(lost_its_package, unknown)]
        objects = {name: modules[name] for name in new}
        closures = {name: self._closure(name, objects) for name in new}
        self.closures |= closures
        for name in new:
            self.own_ns[name] = self.loading.own_times.get(name, 0)
        for name in new:
            package, _, last = name.rpartition(".")
            namespace = getattr(modules.get(package), "__dict__", None)
            if type(namespace) is not dict or namespace.get(last) is not objects[name]:
                continue
            if name not in self.closures.get(package, ()):
                self.late[name], self.last[name] = namespace, last
                self._shown.append(name)
        _do(dict.pop, *self._places(self._shown), repeat(None))
        self._shown.clear()
        modules.clear()
        modules.update(self.bare)
        sys.meta_path[:] = self._found = [*self._bare_finders]
        return new

    def is_bare_intact(self) -> bool:
        """Return whether what a fresh interpreter begins with is all there still."""
        modules = sys.modules
        return [*map(modules.get, self.bare)] == [*self.bare.values()]

    def _closure(self, name: str, new: dict[str, Any]) -> dict[str, Any]:
        """Return a module that has just been loaded with all that its import brings."""
        brought: dict[str, Any] = {}
        seen: set[str] = set()
        waiting = [name]
        while waiting:
            name = waiting.pop()
            if name in seen:
                continue
            package = name.rpartition(".")[0]
            if (package in new or package in self.closures) and package not in seen:
                waiting += [name, package]
                continue
            seen.add(name)
            if name in self.closures:
                if name not in brought:  # otherwise all that it brings is there as well
                    brought.update(self.closures[name])
            elif name in new:
                brought[name] = new[name]
                waiting += reversed(self.requests.get(name, {}))
        return brought

    def hand_back(self, name: str) -> None:
        """Bring a module back, with all that its import brings."""
        began = perf_counter_ns()
        loading, modules = self.loading, sys.modules
        package = name.rpartition(".")[0]
        for each in (name,) if package in modules else with_parents(name):
            closure = self.closures.get(each)
            if closure is None or each in modules:
                continue
            brought = [*filterfalse(modules.__contains__, closure)]
            modules.update(zip(brought, map(closure.__getitem__, brought), strict=True))
            shown = [*filter(self.late.__contains__, brought)]
            _do(dict.__setitem__, *self._places(shown), map(closure.__getitem__, shown))
            self._shown += shown
            if adding := [*filter(self.finders.__contains__, brought)]:
                self._add_finders(each, adding)
            handed_ns = sum(map(self.own_ns.__getitem__, brought))
            if each in self.own:
                self.handed.append(each)
            loading.note_handed_back(each, handed_ns, len(brought), self._self_ns(each, handed_ns))
        loading.stack[-1].inner_ns += perf_counter_ns() - began

    def _add_finders(self, name: str, adding: Iterable[str]) -> None:
        """Add what modules that come with one add to sys.meta_path, as doings of their own."""
        is_told = self.loading.foreign_depth == 0
        for each in adding:
            if is_told:
                self.loading.on_entering(each)
            sys.meta_path.extend(self.finders[each])
            self._found += self.finders[each]
            if is_told:
                self.loading.on_leaving(self._asked_for(name, each))

    def _asked_for(self, name: str, module: str) -> str:
        """Return what the project asks for when another distribution's module comes with one."""
        followed = set[str]()  # modules may ask for one another, and for the package around them
        while name in self.own:
            followed.add(name)
            asked = (each for name in self.requests.get(name, ()) for each in with_parents(name))
            bringing = (each for each in asked if module in self.closures.get(each, ()))
            name = next(filterfalse(followed.__contains__, bringing), module)
        return name

    def _places(self, names: list[str]) -> tuple[Iterable[dict[str, Any]], Iterable[str]]:
        """Return where these of `late` are held, and under which names."""
        return map(self.late.__getitem__, names), map(self.last.__getitem__, names)

    def _self_ns(self, name: str, handed_ns: int) -> int:
        """Return what a module's own code has taken; of another distribution's, all that it has."""
        return self.own_ns[name] if name in self.own else handed_ns


def _do(function: Callable[..., object], *arguments: Iterable[Any]) -> None:
    """Call a function with one argument after the other."""
    for _ in map(function, *arguments):
        pass
