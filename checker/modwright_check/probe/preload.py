"""Other people's modules, loaded once in the parent and handed back when a child asks for them.

To load the standard library anew for each of a thousand modules takes most of the time of a check.
A parent that simply holds it takes none, but hides that a project forgets to import what it uses:
`import concurrent`, then `concurrent.futures`. So the parent loads each module once and takes all
of them out of `sys.modules` again; a child gets each back, with whatever it had itself imported, at
the moment of its own import. What would bring less than the real import makes the child fail, and a
failure is looked at again in a fresh interpreter; nothing brings more.
"""

from __future__ import annotations

import builtins
import os
import sys

from .loading import Loading, listening_import, machinery, replace_machinery
from .module_names import lost_its_package

TYPE_CHECKING = False  # the module typing is not loaded here
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any


class Kept:
    """A module that can be handed back.

    Args:
        module: What stood in sys.modules.
        requests: What it asked for while it was loaded, in that order.
        own_ns: Nanoseconds that its own code took.
        finders: What it has added to sys.meta_path.
        found_by: What may have found it, of those that were added.
        at_fork: What it wants to be called when the process forks.
    """

    __slots__ = ("at_fork", "finders", "found_by", "is_late", "module", "own_ns", "requests")

    def __init__(
        self,
        module: Any,
        requests: Iterable[str],
        own_ns: int,
        finders: list[Any],
        found_by: list[Any],
        at_fork: list[dict[str, Any]],
    ) -> None:
        self.module = module
        self.requests = tuple(requests)
        self.own_ns = own_ns
        self.finders = finders
        self.found_by = found_by
        self.at_fork = at_fork
        self.is_late = False  # whether its package holds it only once somebody has imported it

    def is_special(self) -> bool:
        """Return whether to put it into sys.modules is not all that its import does."""
        return bool(self.finders or self.found_by or self.at_fork or self.is_late)

    def can_be_found(self) -> bool:
        """Return whether a real import would find it now."""
        return not self.found_by or any(finder in sys.meta_path for finder in self.found_by)


class Store:
    """What a parent has loaded and its children are handed back.

    A child copies each page of memory that it writes to, and to count one more reference is to
    write. So as little as possible is touched there: what a module brings along is worked out
    beforehand, and what a child has to touch lies side by side.

    Args:
        loading: The loads of this process.
    """

    def __init__(self, loading: Loading) -> None:
        self.loading = loading
        self.kept: dict[str, Kept] = {}
        # Each module, and all that its import brings into a process where there is none of it.
        self.closures: dict[str, dict[str, Any]] = {}
        self.own_ns: dict[str, int] = {}
        self.special: set[str] = set()

    def fill(self, names: Iterable[str]) -> set[str]:
        """Load these modules, and take all that has come in out of sys.modules again.

        Returns:
            Those that cannot be handed back, for they change the process beyond their own modules,
            and those that need them. When there are any, this process is of no use any more.
        """
        self.loading.move_here()  # the last import may have been one in a thread
        before, known = set(sys.modules), set(sys.modules)
        listener = _Listener(self.loading)
        listener.begin()
        for name in names:
            try:
                __import__(name)
            except BaseException:  # noqa: BLE001, S110 (who needs it will fail too, and say where)
                pass
            forget_parts_of_what_failed(known)
        listener.end()
        loaded = [name for name in sys.modules if name not in before]
        added = [finder for finders in listener.finders.values() for finder in finders]
        for name in loaded:
            self.kept[name] = self.kept.get(name) or Kept(
                sys.modules[name],
                listener.requests.get(name, ()),
                self.loading.own_times.get(name, 0),
                listener.finders.get(name, []),
                [] if is_ordinary(sys.modules[name]) else added,
                listener.at_fork.get(name, []),
            )
        self._take_out(loaded)
        self._work_out(name for name in names if name in self.kept)
        self.loading.finished.clear()
        del self.loading.stack[1:]
        return self._that_need(listener.culprits)

    def begin(self) -> None:
        """Hand back from now on."""
        original, kept, modules = machinery("_find_and_load"), self.kept, sys.modules

        # From 3.15 on it is also told whether the submodule of a lazy import is looked for, which
        # may turn out to be none.
        def _find_and_load(name: str, import_: Any, **how: Any) -> Any:
            if name not in kept or name in modules or not kept[name].can_be_found():
                return original(name, import_, **how)
            return self._hand_back(name, import_)

        replace_machinery("_find_and_load", _find_and_load)

    def _that_need(self, culprits: set[str]) -> set[str]:
        """Return these and every module whose requests lead to one of them."""
        tainted = set(culprits)
        while more := {
            name
            for name, kept in self.kept.items()
            if name not in tainted and not tainted.isdisjoint(kept.requests)
        }:
            tainted |= more
        return tainted

    def _take_out(self, names: Iterable[str]) -> None:
        for name in names:
            del sys.modules[name]
            finders = self.kept[name].finders
            sys.meta_path[:] = [finder for finder in sys.meta_path if finder not in finders]
            package, _, last = name.rpartition(".")
            holder = self.kept[package].module if package in self.kept else sys.modules.get(package)
            namespace = getattr(holder, "__dict__", None)
            if type(namespace) is not dict or namespace.get(last) is not self.kept[name].module:
                continue
            if package not in self.kept or name not in self._brought_by(package):
                self.kept[name].is_late = True
                del namespace[last]

    def _work_out(self, names: Iterable[str]) -> None:
        """Prepare to hand these back; names and times are copied, and so lie side by side."""
        side_by_side = {name: name.encode().decode() for name in self.kept}
        self.special = {name for name, kept in self.kept.items() if kept.is_special()}
        self.own_ns = {side_by_side[name]: kept.own_ns + 0 for name, kept in self.kept.items()}
        for name in names:
            brought = self._brought_by(name)
            self.closures[name] = {side_by_side[each]: self.kept[each].module for each in brought}

    def _brought_by(self, name: str) -> dict[str, None]:
        """Return a module and all that its import brings along, in that order."""
        brought: dict[str, None] = {}
        waiting = [name]
        while waiting:
            name = waiting.pop()
            package = name.rpartition(".")[0]
            if name in brought or name not in self.kept:
                continue
            if package in self.kept and package not in brought:
                waiting += [name, package]
                continue
            brought[name] = None
            waiting += reversed(self.kept[name].requests)
        return brought

    def _hand_back(self, name: str, import_: Any) -> Any:
        modules, special = sys.modules, self.special
        if name not in self.closures:
            self.closures[name] = {each: self.kept[each].module for each in self._brought_by(name)}
        closure = self.closures[name]
        brought = [each for each in closure if each not in modules]
        # What a project asks for and gets is its library's doing, as when that is really loaded.
        is_told = not self.loading.foreign_depth and self._add_finders(brought)
        if is_told and (package := name.rpartition(".")[0]) in brought:
            self._hand_back(package, import_)
            return self._hand_back(name, import_)
        if is_told:
            self.loading.on_entering(name)
        for each in brought:
            if each not in special:
                modules[each] = closure[each]
            elif self.kept[each].can_be_found():
                self._hand_back_special(each)
            else:
                machinery("_find_and_load")(each, import_)
        handed_ns = sum([self.own_ns[each] for each in brought])
        self.loading.note_handed_back(name, handed_ns, len(brought))
        if is_told:
            self.loading.on_leaving(name)
        return modules[name]

    def _add_finders(self, names: Iterable[str]) -> bool:
        return any(self.kept[name].finders for name in names if name in self.special)

    def _hand_back_special(self, name: str) -> None:
        kept = self.kept[name]
        sys.modules[name] = kept.module
        if kept.is_late:
            package, _, last = name.rpartition(".")
            setattr(sys.modules[package], last, kept.module)
        sys.meta_path.extend(kept.finders)
        for functions in kept.at_fork:
            os.register_at_fork(**functions)


class _Listener:
    """Notes which module asks for which while they are loaded, and which does more than load."""

    def __init__(self, loading: Loading) -> None:
        self.loading = loading
        self.requests: dict[str, dict[str, None]] = {}
        self.finders: dict[str, list[Any]] = {}
        self.at_fork: dict[str, list[dict[str, Any]]] = {}
        self.culprits: set[str] = set()
        self._state = self._look()
        self._found = list(sys.meta_path)
        self._known = set(sys.modules)

    def begin(self) -> None:
        self._import, self._find_and_load = builtins.__import__, machinery("_find_and_load")
        find_and_load = self._find_and_load

        def ask(name: str) -> None:
            self.requests.setdefault(self.loading.stack[-1].name, {})[name] = None

        def _find_and_load(name: str, import_: Any, **how: Any) -> Any:
            self._note_inserted(self.loading.stack[-1].name)
            ask(name)
            return find_and_load(name, import_, **how)

        def note_at_fork(**calls: Any) -> None:
            self.at_fork.setdefault(self.loading.stack[-1].name, []).append(calls)

        self._register_at_fork = os.register_at_fork
        os.register_at_fork = note_at_fork
        builtins.__import__ = listening_import(ask)
        replace_machinery("_find_and_load", _find_and_load)
        self._state = self._look()
        self.loading.on_loaded = self._judge

    def end(self) -> None:
        os.register_at_fork = self._register_at_fork
        builtins.__import__ = self._import
        replace_machinery("_find_and_load", self._find_and_load)
        self.loading.on_loaded = lambda _name: None

    def _judge(self, name: str) -> None:
        """See whether a module that has just been loaded has changed what is not its own."""
        if new := [finder for finder in sys.meta_path if finder not in self._found]:
            self.finders[name] = new
            self._found = list(sys.meta_path)
        self._note_inserted(name)
        state = self._look()
        if state != self._state:
            self.culprits.add(name)
            self._state = state

    def _look(self) -> tuple[object, ...]:
        return (*state(), len(self.loading.own_names))

    def _note_inserted(self, name: str) -> None:
        """Note what a module has put into sys.modules itself, as collections does its abc."""
        loading = {load.name for load in self.loading.stack}
        for new in sys.modules.keys() - self._known - loading:
            self._known.add(new)
            if new not in self.loading.own_times:
                self.requests.setdefault(name, {})[new] = None


def forget_parts_of_what_failed(known: set[str]) -> None:
    """Take out the submodules whose package has failed: their own import would fail with it.

    Args:
        known: The modules that were there before the last import. Those that stay are added.
    """
    for name in [name for name in sys.modules if name not in known and lost_its_package(name)]:
        del sys.modules[name]
    known.update(sys.modules)


def is_ordinary(module: Any) -> bool:
    """Return whether a module was loaded by one of Python's own loaders."""
    try:
        loader = module.__spec__.loader
    except BaseException:  # noqa: BLE001 (what stands in for a module may refuse every attribute)
        return True
    kind = loader if isinstance(loader, type) else type(loader)
    return loader is None or kind.__module__ in {"_frozen_importlib", "_frozen_importlib_external"}


def state() -> tuple[object, ...]:
    """Return what of the process a module could change that another one could come to rely on."""
    return (
        list(vars(builtins).values()),
        list(sys.path),
        len(sys.path_hooks),
        dict(getattr(os.environ, "_data", os.environ)),  # what it keeps them in: 200 times as fast
        os.getcwd(),
        id(sys.stdout),
        id(sys.excepthook),
        sys.getrecursionlimit(),
    )
