"""Records each module as it is loaded: its distribution, its time, its names."""

from __future__ import annotations

import builtins
import sys
from _thread import get_ident
from time import perf_counter_ns

TYPE_CHECKING = False  # the module typing is not loaded here
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


# Where import statements and import_module meet, whatever C code or finder takes part.
_BOOTSTRAP = sys.modules["_frozen_importlib"]
MACHINERY = "<frozen importlib._bootstrap>"


def machinery(name: str) -> Any:
    """Return one of importlib's own functions."""
    return getattr(_BOOTSTRAP, name)


def replace_machinery(name: str, function: Any) -> None:
    """Put a function in the place of one of importlib's own."""
    setattr(_BOOTSTRAP, name, as_machinery(function))


def as_machinery(function: Any) -> Any:
    """Give a function the file name of importlib.

    Python drops frames of the import machinery from tracebacks and from the `stacklevel` of
    warnings by that name.
    """
    function.__code__ = function.__code__.replace(co_filename=MACHINERY)
    return function


def listening_import(ask: Callable[[str], None]) -> Any:
    """Return an `__import__` that does what the present one does, and tells what is asked for.

    It sees requests for modules that are loaded already, which `_find_and_load` does not.

    Args:
        ask: Told the name of each module.
    """
    import_, modules = builtins.__import__, sys.modules
    package_of, resolved = machinery("_calc___package__"), machinery("_resolve_name")

    def listening(
        name: str,
        globals: dict[str, Any] | None = None,  # noqa: A002 (as it is called by keyword)
        locals: dict[str, Any] | None = None,  # noqa: A002
        fromlist: tuple[str, ...] | None = (),
        level: int = 0,
    ) -> Any:
        module = import_(name, globals, locals, fromlist, level)
        whole = resolved(name, package_of(globals), level) if level else name
        ask(whole)
        for entry in fromlist or ():
            if f"{whole}.{entry}" in modules:
                ask(f"{whole}.{entry}")
        return module

    return listening


class Load:
    """A module that is being loaded.

    Args:
        name: Its dotted name.
    """

    __slots__ = ("handed_ns", "inner_ns", "name")

    def __init__(self, name: str) -> None:
        self.name = name
        self.inner_ns = 0  # of the imports inside it, by the clock
        self.handed_ns = 0  # of what was handed back to it: spent earlier, in the parent


class Loading:
    """The loads of one process.

    Args:
        own: The files of the project's modules.
        suspects: Those of them that may assign to attributes of others.
    """

    def __init__(self, own: frozenset[str], suspects: frozenset[str]) -> None:
        self.own = own
        self.suspects = suspects
        self.home = get_ident()
        self.stack = [Load("")]
        self.foreign_depth = 0
        # Name, depth, nanoseconds with all that it imports, nanoseconds of its own code, and how
        # many modules came in; of the project's modules and of what they import.
        self.finished: list[tuple[str, int, int, int, int]] = []
        self.own_times: dict[str, int] = {}
        self.own_names: dict[str, str] = {}  # file: the first name that it was loaded under
        self.aliases: list[tuple[str, str, str]] = []  # file, first name, second name
        # What other people's modules held when they were just loaded.
        self.namespaces: dict[str, dict[str, object]] = {}
        # Called with the name of a foreign module that the project itself asks for: before, after.
        self.on_entering: Callable[[str], None] = lambda _name: None
        self.on_leaving: Callable[[str], None] = lambda _name: None
        # Called before a module of the project is loaded, and when it has been.
        self.on_own: Callable[[], None] = lambda: None
        self.on_own_end: Callable[[], None] = lambda: None
        self.own_stack: list[str] = []  # files of those that are being loaded
        # Called with the name of every module that has just been loaded.
        self.on_loaded: Callable[[str], None] = lambda _name: None

    def begin(self) -> None:
        """Watch from now on."""
        original, watched = machinery("_load_unlocked"), as_machinery(_watched)

        def _load_unlocked(spec: Any) -> Any:
            if get_ident() != self.home:  # a thread that a module has started
                return original(spec)
            return watched(self, original, spec)

        replace_machinery("_load_unlocked", _load_unlocked)

    def move_here(self) -> None:
        """Watch this thread, and no other one."""
        self.home = get_ident()

    def note_handed_back(
        self, name: str, handed_ns: int, count: int, self_ns: int | None = None
    ) -> None:
        """Take note of a module that came without being loaded."""
        self.stack[-1].handed_ns += handed_ns
        if self.foreign_depth == 0:
            self_ns = handed_ns if self_ns is None else self_ns
            self.finished.append((name, len(self.stack), handed_ns, self_ns, count))

    def has_loaded(self, name: str) -> bool:
        """Return whether an import has begun to load a module of the project under this name."""
        names = {*self.own_names.values(), *(second for _, _, second in self.aliases)}
        return name in names

    def note_name(self, file: str, name: str) -> None:
        """Take note of the name under which a file of the project is loaded."""
        first = self.own_names.setdefault(file, name)
        if first != name:
            self.aliases.append((file, first, name))


def _watched(loading: Loading, original: Callable[[Any], Any], spec: Any) -> Any:
    own = spec.origin in loading.own
    if own:
        loading.on_own()
        loading.note_name(spec.origin, spec.name)
        loading.own_stack.append(spec.origin)
    elif loading.foreign_depth == 0:
        loading.on_entering(spec.name)
    loading.foreign_depth += not own
    load, count = Load(spec.name), len(sys.modules)
    loading.stack.append(load)
    began = perf_counter_ns()
    try:
        module = original(spec)
        if not own and type(namespace := getattr(module, "__dict__", None)) is dict:
            loading.namespaces[spec.name] = namespace.copy()
        return module
    finally:
        by_clock = perf_counter_ns() - began
        while loading.stack.pop() is not load:
            pass
        loading.stack[-1].inner_ns += by_clock
        loading.stack[-1].handed_ns += load.handed_ns
        self_ns = by_clock - load.inner_ns
        loading.own_times[spec.name] = self_ns
        loading.foreign_depth -= not own
        if own:
            loading.on_own_end()
            loading.own_stack.pop()
        if loading.foreign_depth == 0:
            total_ns, depth = by_clock + load.handed_ns, len(loading.stack)
            count = len(sys.modules) - count
            loading.finished.append((spec.name, depth, total_ns, self_ns, count))
            if not own:
                loading.on_leaving(spec.name)
        loading.on_loaded(spec.name)
