"""Objects that later imports must not change: seen when they have come, and looked at again.

Of the project's own modules all that their namespaces lead to is watched; of other distributions'
the containers near their namespaces, by their lengths, for there registries lie. The standard
library's are not: what an import changes there is told as an effect, or is a memory of its own,
such as that of regular expressions. Values that cannot change, functions and classes of others
and modules are not followed.
"""

from __future__ import annotations

import gc
import sys
from itertools import count

TYPE_CHECKING = False  # the module typing is not loaded here
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    Look = Callable[[Any], object]

MOST = 20_000  # objects of one module: to look at more takes longer than to import it anew
MOST_TOLD = 100  # changed objects
_NEAR = 3  # containers and objects between another distribution's namespace and a registry
_READS_SUBCLASSES = b"__subclasses__"

_Module, _Function, _Generator = type(sys), type(lambda: 0), type(_ for _ in ())
_UNCHANGING = {type(None), bool, int, float, complex, str, bytes, type(...), type(NotImplemented)}
_UNCHANGING |= {_Module, type((lambda: 0).__code__), type(len), range, slice}
_FOLLOWED = {tuple, frozenset}  # which do not change, but what they hold may
# Written down when somebody asks for them, by whoever does.
_ON_DEMAND = {"__annotations__", "__annotations_cache__", "__annotate__", "__annotate_func__"}
_ON_DEMAND |= {"__warningregistry__", "__conditional_annotations__"}


_NOTHING: tuple[Any, Look, object] = (None, lambda _value: None, None)


class TooMuch(Exception):
    """A module leads to more objects than can be watched."""


class Watched:
    """The objects that are watched.

    Args:
        subclasses: Whether the project asks classes for their subclasses.
    """

    def __init__(self, *, subclasses: bool) -> None:
        self._subclasses = subclasses
        self._known: set[int] = set()
        self._own: set[str] = set()
        self._namespaces: set[int] = set()
        self._marks: list[tuple[Any, Look, object]] = []
        self._containers: list[Any] = []
        self._lengths: list[int] = []

    def add_own(self, modules: dict[str, Any]) -> None:
        """Watch all that modules of the project lead to.

        Args:
            modules: That have just been loaded, by their names.

        Raises:
            TooMuch: These are too many.
        """
        self._own |= modules.keys()
        waiting: list[Any] = [vars(module) for module in modules.values()]
        self._namespaces.update(map(id, waiting))
        before = len(self._marks)
        while waiting:
            value = waiting.pop()
            kind = type(value)
            if kind in _UNCHANGING or id(value) in self._known:
                continue
            self._known.add(id(value))
            look, inner = self._look_at(value, kind)
            if look is not None:
                self._marks.append((value, look, look(value)))
            waiting += inner
            if len(self._marks) - before > MOST * len(modules):
                raise TooMuch

    def add_foreign(self, module: Any) -> None:
        """Watch the registries of another distribution's module; know what it holds.

        Args:
            module: It has just been loaded, or was there at first.
        """
        namespace = getattr(module, "__dict__", None)
        if type(namespace) is not dict:
            return
        self._known.add(id(namespace))
        self._known.update(map(id, namespace.values()))
        for value in tuple(namespace.values()):
            if isinstance(value, type):
                self._known.update(map(id, vars(value).values()))
        if str(namespace.get("__name__")).partition(".")[0] in sys.stdlib_module_names:
            return
        self._subclasses = self._subclasses or _reads_subclasses(module)
        level: list[Any] = list(namespace.values())
        seen = {id(namespace)}
        for _ in range(_NEAR):
            inner: list[Any] = []
            for value in level:
                kind = type(value)
                if kind in _UNCHANGING or kind is _Function or id(value) in seen:
                    continue
                seen.add(id(value))
                if kind in {dict, list, set}:
                    self._containers.append(value)
                    self._lengths.append(len(value))
                if issubclass(kind, type):
                    if value.__module__ == module.__name__:
                        inner += vars(value).values()
                elif len(seen) < MOST:
                    inner += gc.get_referents(value)
            level = inner

    def changed(self) -> list[int]:
        """Return the numbers of those that are not as they were when they came."""
        found = [n for n, (value, look, seen) in enumerate(self._marks) if look(value) != seen]
        lengths = [*map(len, self._containers)]
        if lengths != self._lengths:
            found += [-1 - n for n, length in enumerate(lengths) if length != self._lengths[n]]
        return found[:MOST_TOLD]

    def has_changed(self, numbers: Iterable[int]) -> bool:
        """Return whether one of these has changed, as far as they have come already."""
        return any(map(self._has_changed, numbers))

    def _has_changed(self, number: int) -> bool:
        if number >= 0:
            value, look, seen = self._marks[number] if number < len(self._marks) else _NOTHING
            return look(value) != seen
        place = -1 - number
        if place >= len(self._containers):
            return False
        return len(self._containers[place]) != self._lengths[place]

    def _look_at(self, value: Any, kind: type) -> tuple[Look | None, Iterable[Any]]:
        """Return how to see that an object has changed, and what it leads to."""
        if kind is dict:
            look = _look_at_namespace if id(value) in self._namespaces else _look_at_dict
            return look, [*value, *value.values()]
        if kind in _FOLLOWED:
            return None, value
        if kind is _Function:
            # One that another distribution's decorator has made holds what it has been given.
            inner = [value.__defaults__, value.__kwdefaults__, value.__dict__]
            if value.__globals__.get("__name__") in self._own:
                # Of a module that has put something else in its place, it is all that is left.
                self._namespaces.add(id(value.__globals__))
                inner.append(value.__globals__)
            return _look_at_function, [*inner, *(value.__closure__ or ())]
        if issubclass(kind, type):
            if vars(value).get("__module__") not in self._own:
                return None, ()
            looks = _look_at_family if self._subclasses else _look_at_class
            return looks, [*vars(value).values()]
        if kind is count:
            return repr, ()
        if kind is _Generator:
            return _look_at_generator, gc.get_referents(value)
        if kind.__module__ == "builtins" and hasattr(kind, "__length_hint__"):
            return _look_at_iterator, gc.get_referents(value)
        if not gc.is_tracked(value):
            return _look_at_buffer, ()
        return _look_at_referents, gc.get_referents(value)


def _look_at_dict(value: dict[Any, Any]) -> object:
    return [*map(id, value.values())]


def _look_at_namespace(value: Mapping[str, Any]) -> object:
    return [id(each) for name, each in value.items() if name not in _ON_DEMAND]


def _look_at_function(value: Any) -> object:
    return value.__code__, value.__defaults__, value.__kwdefaults__, len(value.__dict__)


def _look_at_class(value: Any) -> object:
    return _look_at_namespace(vars(value))


def _look_at_family(value: Any) -> object:
    return len(type.__subclasses__(value)), _look_at_class(value)


def _look_at_iterator(value: Any) -> object:
    return value.__length_hint__()


def _look_at_generator(value: Any) -> object:
    return value.gi_frame and value.gi_frame.f_lasti


def _look_at_buffer(value: Any) -> object:
    """Return the content of a `bytearray` or of an array; of what is none, nothing."""
    try:
        return hash(bytes(memoryview(value)))
    except Exception:  # noqa: BLE001 (it may not be for reading)
        return None


def _look_at_referents(value: Any) -> object:
    return [*map(id, gc.get_referents(value))]


def _reads_subclasses(module: Any) -> bool:
    try:
        with open(module.__file__, "rb") as file:
            return _READS_SUBCLASSES in file.read()
    except Exception:  # noqa: BLE001 (it has no file, or refuses to name it)
        return False
