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

from .loading import Loading, machinery, replace_machinery

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
        namespace: What it held when it was just loaded.
        finders: What it has added to sys.meta_path.
        found_by: What may have found it, of those that were added.
    """

    __slots__ = ("bound", "finders", "found_by", "module", "namespace", "own_ns", "requests")

    def __init__(
        self,
        module: Any,
        requests: Iterable[str],
        own_ns: int,
        namespace: dict[str, object] | None,
        finders: list[Any],
        found_by: list[Any],
    ) -> None:
        self.module = module
        self.requests = tuple(requests)
        self.own_ns = own_ns
        self.namespace = namespace
        self.finders = finders
        self.found_by = found_by
        self.bound = False  # whether its package holds it as an attribute

    def can_be_found(self) -> bool:
        """Return whether a real import would find it now."""
        return not self.found_by or any(finder in sys.meta_path for finder in self.found_by)


class Store:
    """What a parent has loaded and its children are handed back.

    Args:
        loading: The loads of this process.
    """

    def __init__(self, loading: Loading) -> None:
        self.loading = loading
        self.kept: dict[str, Kept] = {}

    def fill(self, names: Iterable[str]) -> set[str]:
        """Load these modules, and take all that has come in out of sys.modules again.

        Returns:
            Those that cannot be handed back, for they change the process beyond their own modules,
            and those that need them. When there are any, this process is of no use any more.
        """
        before = set(sys.modules)
        listener = _Listener(self.loading)
        listener.begin()
        for name in names:
            try:
                __import__(name)
            except BaseException:  # noqa: BLE001, S112 (who needs it will fail too, and say where)
                continue
        listener.end()
        loaded = [name for name in sys.modules if name not in before]
        added = [finder for finders in listener.finders.values() for finder in finders]
        for name in loaded:
            self.kept[name] = self.kept.get(name) or Kept(
                sys.modules[name],
                listener.requests.get(name, ()),
                self.loading.own_times.get(name, 0),
                self.loading.namespaces.get(name),
                listener.finders.get(name, []),
                [] if _is_ordinary(sys.modules[name]) else added,
            )
        for name in loaded:
            self._take_out(name, self.kept[name])
        self.loading.finished.clear()
        del self.loading.stack[1:]
        return self._that_need(listener.culprits)

    def begin(self) -> None:
        """Hand back from now on."""
        original, kept, modules = machinery("_find_and_load"), self.kept, sys.modules
        loading = self.loading

        def _find_and_load(name: str, import_: Any) -> Any:
            if name not in kept or name in modules or not kept[name].can_be_found():
                return original(name, import_)
            load = loading.stack[-1]
            before, count = load.handed_ns, len(modules)
            module = self._hand_back(name, import_)
            loading.note_handed_back(name, load.handed_ns - before, len(modules) - count)
            return module

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

    def _take_out(self, name: str, kept: Kept) -> None:
        del sys.modules[name]
        sys.meta_path[:] = [finder for finder in sys.meta_path if finder not in kept.finders]
        package, _, last = name.rpartition(".")
        holder = self.kept[package].module if package in self.kept else sys.modules.get(package)
        namespace = getattr(holder, "__dict__", None)
        if type(namespace) is dict and namespace.get(last) is kept.module:
            kept.bound = True
            del namespace[last]

    def _hand_back(self, name: str, import_: Any) -> Any:
        kept, modules, find_and_load = self.kept[name], sys.modules, machinery("_find_and_load")
        package, _, last = name.rpartition(".")
        if package and package not in modules:
            find_and_load(package, import_)
            if name in modules:  # the package imports it by itself
                return modules[name]
        modules[name] = kept.module
        sys.meta_path.extend(kept.finders)
        self.loading.stack[-1].handed_ns += kept.own_ns
        if kept.namespace is not None:
            self.loading.namespaces[name] = kept.namespace
        for needed in kept.requests:  # some of them may have failed, in a `try` of their own
            if needed not in modules and needed in self.kept:
                find_and_load(needed, import_)
        if kept.bound:
            setattr(modules[package], last, kept.module)
        return kept.module


class _Listener:
    """Notes which module asks for which while they are loaded, and which does more than load."""

    def __init__(self, loading: Loading) -> None:
        self.loading = loading
        self.requests: dict[str, dict[str, None]] = {}
        self.finders: dict[str, list[Any]] = {}
        self.culprits: set[str] = set()
        self._state = self._look()
        self._found = list(sys.meta_path)
        self._known = set(sys.modules)

    def begin(self) -> None:
        self._import, self._find_and_load = builtins.__import__, machinery("_find_and_load")
        import_, find_and_load = self._import, self._find_and_load
        package_of, resolved = machinery("_calc___package__"), machinery("_resolve_name")

        def ask(name: str) -> None:
            self.requests.setdefault(self.loading.stack[-1].name, {})[name] = None

        # Sees requests for modules that are loaded already, which _find_and_load does not.
        def listening_import(
            name: str,
            namespace: dict[str, Any] | None = None,
            local: dict[str, Any] | None = None,
            entries: tuple[str, ...] | None = (),
            level: int = 0,
        ) -> Any:
            module = import_(name, namespace, local, entries, level)
            whole = resolved(name, package_of(namespace), level) if level else name
            ask(whole)
            for entry in entries or ():
                if f"{whole}.{entry}" in sys.modules:
                    ask(f"{whole}.{entry}")
            return module

        def _find_and_load(name: str, import_: Any) -> Any:
            ask(name)
            return find_and_load(name, import_)

        builtins.__import__ = listening_import  # type: ignore[assignment]
        replace_machinery("_find_and_load", _find_and_load)
        self._state = self._look()
        self.loading.on_loaded = self._judge

    def end(self) -> None:
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
        return (*_state(), len(self.loading.own_names))

    def _note_inserted(self, name: str) -> None:
        """Note modules that a module has put into sys.modules itself, as typing does typing.io."""
        loading = {load.name for load in self.loading.stack}
        for new in sys.modules.keys() - self._known - loading:
            self._known.add(new)
            if new not in self.loading.own_times:
                self.requests.setdefault(name, {})[new] = None


def _is_ordinary(module: Any) -> bool:
    """Return whether a module was loaded by one of Python's own loaders."""
    try:
        loader = module.__spec__.loader
    except BaseException:  # noqa: BLE001 (what stands in for a module may refuse every attribute)
        return True
    kind = loader if isinstance(loader, type) else type(loader)
    return loader is None or kind.__module__ in {"_frozen_importlib", "_frozen_importlib_external"}


def _state() -> tuple[object, ...]:
    """Return what of the process a module could change that another one could come to rely on."""
    return (
        list(map(id, vars(builtins).values())),
        list(sys.path),
        len(sys.path_hooks),
        dict(os.environ),
        os.getcwd(),
        id(sys.stdout),
        id(sys.excepthook),
        sys.getrecursionlimit(),
    )
