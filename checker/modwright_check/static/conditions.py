"""The conditions of `if` statements: type checkers, systems, versions, presence of a module."""

import ast
import re
import sys
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from enum import Flag, auto
from functools import lru_cache
from itertools import islice
from operator import itemgetter
from types import MappingProxyType

from modwright_check.model.python_versions import ALL_MINORS, MINORS, OLDER
from modwright_check.static import version_tests
from modwright_check.static.version_tests import InEach


class Asks(Flag):
    """What a condition asks for."""

    NOTHING = 0
    PLATFORM = auto()  # operating system, processor, or another Python than CPython
    VERSION = auto()
    PRESENCE = auto()  # of a module that need not be there
    NAME = auto()  # whether something has an attribute, or is switched on


_DOTTED = {
    "sys.platform": Asks.PLATFORM,
    "sys.implementation": Asks.PLATFORM,
    "sys.builtin_module_names": Asks.PLATFORM,
    "sys.getwindowsversion": Asks.PLATFORM,
    "os.name": Asks.PLATFORM,
    "os.uname": Asks.PLATFORM,
    "platform.system": Asks.PLATFORM,
    "platform.machine": Asks.PLATFORM,
    "platform.python_implementation": Asks.PLATFORM,
    "sys.version_info": Asks.VERSION,
    "sys.version": Asks.VERSION,
    "sys.hexversion": Asks.VERSION,
    "platform.python_version": Asks.VERSION,
    "platform.python_version_tuple": Asks.VERSION,
    "sys.modules": Asks.PRESENCE,
    "util.find_spec": Asks.PRESENCE,
    "pkgutil.find_loader": Asks.PRESENCE,
    "metadata.version": Asks.PRESENCE,
}
# `hasattr(os, "fork")` asks for the operating system too.
_DIFFER_BY_PLATFORM = {"os", "select", "signal", "socket", "sys"}
# What a flag is made of, such as `WINDOWS = os.name == "nt"`; megabytes of literals are none.
_TELLING = (
    ast.Attribute,
    ast.BoolOp,
    ast.Call,
    ast.Compare,
    ast.Name,
    ast.Subscript,
    ast.UnaryOp,
)
# What names stand for that tests of versions ask: `PY311 = …`, `version = sys.version_info[:2]`.
_OF_VERSIONS = (ast.Attribute, ast.BoolOp, ast.Compare, ast.Subscript, ast.UnaryOp)
_LONGEST = 200  # parts of a condition that are looked at
_FOR_TYPES = {"TYPE_CHECKING", "MYPY"}

# The names of flags that other modules have set: IS_WINDOWS, on_linux(), PY310, HAS_NUMPY.
_SYSTEM_FLAG = re.compile(
    r"(^|_)(win|win32|windows|nt|posix|unix|linux|darwin|mac|macos|osx|bsd|cygwin|aix|android|ios"
    r"|emscripten|wasm|wasi|pyodide|cpython|pypy|jython|graalpy)(_|$)",
    re.IGNORECASE,
)
_VERSION_FLAG = re.compile(r"_*(is_|at_least_)?py(thon)?_?\d", re.IGNORECASE)


# What an operating system's name is compared with, and how methods ask for one.
_SYSTEMS = {"nt", "posix", "win32", "windows", "linux", "linux2", "darwin", "cygwin", "java"}
_ASKS_SYSTEM = re.compile(r"_?is_?(win|nt|linux|mac|osx|posix|unix|darwin)", re.IGNORECASE)
_SWITCHES = ("enabled", "supported", "available")
_ASK_FOR_NAMES = {"hasattr", "getattr", "dir", "vars"}
_AT_THE_END = sys.maxsize
NO_FLAGS: Mapping[str, InEach] = MappingProxyType({})


class Conditions:
    """What the conditions of one module ask for; it is told of the names that stand for more.

    Most conditions stand around nothing of interest, so none is looked into before somebody asks.
    That may be late: so what a name stands for is kept with how many statements come before it.

    Args:
        given: The flags of other modules that tell of versions, as this module calls them: what
            they are in each Python.
    """

    def __init__(self, given: Mapping[str, InEach] = NO_FLAGS) -> None:
        self._given = given
        self._values: dict[str, list[tuple[int, ast.expr | Asks]]] = {}
        self._versions: dict[str, tuple[int, ast.expr]] = {}  # what each name has stood for first
        self._for_types = set(_FOR_TYPES)

    def assigned(self, name: str, value: ast.expr, when: int) -> None:
        """Take note of `name = value`.

        Args:
            name: What is assigned to; what a class holds has the class before it, with a dot.
            value: What is assigned.
            when: How many statements come before.
        """
        match value:
            case ast.BinOp(version, ast.Add(), ast.Tuple()):  # with more at its end it compares so
                value = version
        if isinstance(value, _TELLING):
            self._values.setdefault(name, []).append((when, value))
        if isinstance(value, _OF_VERSIONS):
            self._versions.setdefault(name, (when, value))

    def imported(self, module: str, name: str, called: str, when: int) -> None:
        """Take note of `from module import name as called`.

        Args:
            module: What is imported from.
            name: What is imported.
            called: Its name here.
            when: How many statements come before.
        """
        if name in _FOR_TYPES:
            self._for_types.add(called)
        elif asks := _DOTTED.get(f"{module.rpartition('.')[2]}.{name}"):
            self._values.setdefault(called, []).append((when, asks))
            if name in {"version_info", "hexversion"}:
                self._versions.setdefault(called, (when, ast.Name(name)))

    def optional(self, name: str, when: int) -> None:
        """Take note of a name that says whether something could be imported."""
        self._values.setdefault(name, []).append((when, Asks.PRESENCE))

    def asks(self, condition: ast.expr, when: int = _AT_THE_END) -> Asks:
        """Return what a condition asks for.

        Args:
            condition: Its expression.
            when: How many statements come before it.
        """
        found = _plainly(condition)
        given = self._given.keys() & set(_written(condition)) if self._given else set()
        if given:
            found |= Asks.VERSION
        known_ends = {name.rpartition(".")[2] for name in given}
        for name in _names(condition):
            if name.rpartition(".")[2] in known_ends:
                continue
            known = self._stands_for(name, when)
            found |= known
            if not known & ~Asks.NAME:
                found |= _DOTTED.get(name) or _flag(name)
        return found

    def minors(self, condition: ast.expr, when: int, holds: bool | None) -> frozenset[int]:
        """Return in which Pythons a condition holds, by their second numbers, or may hold.

        What holds in none, such as a test for Python 2, does in those before all of them.

        Args:
            condition: That asks for the version.
            when: How many statements come before it.
            holds: Whether it does; None when that is not known.

        Returns:
            None when nobody here understands how it asks.
        """
        flags = self._flags_of_versions(condition, when)
        held = {minor: version_tests.holds(condition, minor, flags) for minor in ALL_MINORS}
        if holds is None or {held[minor] for minor in MINORS} == {None}:
            return frozenset()
        found = (minor for minor, verdict in held.items() if verdict in {None, holds})
        return frozenset(found) or frozenset({OLDER})

    def flags_of_versions(self, names: Iterable[str]) -> dict[str, InEach]:
        """Return which names tell nothing but of the version: what they are in each Python.

        So may what classes hold.

        Args:
            names: That the module's top level binds.
        """
        found = {}
        bound = set(names)
        for name in (each for each in self._versions if each.partition(".")[0] in bound):
            flags = self._flags_of_versions(ast.Name(name), _AT_THE_END)
            if (known := version_tests.in_each(name, ALL_MINORS, flags)) is not None:
                found[name] = known
        return found

    def _flags_of_versions(self, condition: ast.expr, when: int) -> version_tests.Flags:
        """Return what the names in a condition stand for, and the names in that."""
        found: dict[str, ast.expr | InEach] = dict(self._given)
        waiting = [condition]
        while waiting:
            for node in ast.walk(waiting.pop()):
                if not isinstance(node, ast.Name | ast.Attribute):
                    continue
                if (name := ast.unparse(node)) in found:
                    continue
                if self.holds(node) is False:  # it is for type checkers
                    found[name] = dict.fromkeys(ALL_MINORS, False)
                else:
                    known, value = self._versions.get(name, (when, node))
                    if known < when:
                        found[name] = value
                        waiting.append(value)
        return found

    def _stands_for(self, name: str, when: int) -> Asks:
        known = self._values.get(name, [])
        place = bisect_left(known, when, key=itemgetter(0)) - 1
        if place < 0:
            return Asks.NOTHING
        assigned, value = known[place]
        if not isinstance(value, Asks):
            known[place] = (assigned, Asks.NOTHING)  # until known: `x = x + 1` asks for itself
            value = self.asks(value, when)
            known[place] = (assigned, value)
        return value

    def holds(self, condition: ast.expr) -> bool | None:
        """Return whether a condition holds when the module runs; None when nobody knows.

        What only type checkers take for true (PEP 484, `typing.TYPE_CHECKING`) does not.
        """
        match condition:
            case ast.Constant(value):
                return bool(value)
            case ast.Name(name) | ast.Attribute(attr=name):
                return False if name in self._for_types else None
            case ast.Call(ast.Attribute(asked, "startswith"), [ast.Constant("java")]) | ast.Compare(
                asked, [ast.Eq()], [ast.Constant("java")]
            ):  # so Jython answers, which knows no Python 3
                return False if ast.unparse(asked) == "sys.platform" else None
            case ast.UnaryOp(ast.Not(), operand):
                held = self.holds(operand)
                return None if held is None else not held
            case ast.BoolOp(operator, values):
                decides = isinstance(operator, ast.Or)
                held_values = [self.holds(value) for value in values]
                if decides in held_values:
                    return decides
                return None if None in held_values else not decides
        return None


def mentions(condition: ast.expr, word: str) -> bool:
    """Return whether a condition names something after a word, such as `is_running_trio()`."""
    named = re.compile(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", re.IGNORECASE)
    for node in islice(ast.walk(condition), _LONGEST):
        match node:
            case ast.Name(text) | ast.Attribute(attr=text) | ast.Constant(str(text)):
                if named.search(text):
                    return True
    return False


def _written(condition: ast.expr) -> Iterator[str]:
    """Yield the names and attributes in a condition, as they are written."""
    for node in islice(ast.walk(condition), _LONGEST):
        if isinstance(node, ast.Name | ast.Attribute):
            yield ast.unparse(node)


def is_main_guard(condition: ast.expr) -> bool:
    """Return whether a condition is `__name__ == "__main__"`, either way round."""
    match condition:
        case ast.Compare(ast.Name("__name__"), [ast.Eq()], [ast.Constant("__main__")]):
            return True
        case ast.Compare(ast.Constant("__main__"), [ast.Eq()], [ast.Name("__name__")]):
            return True
        case ast.BoolOp(ast.And(), values):
            return any(map(is_main_guard, values))
    return False


def _plainly(condition: ast.expr) -> Asks:
    """Return what a condition asks for by its own words."""
    found = Asks.NOTHING
    match condition:
        case ast.Name(name) | ast.Attribute(attr=name) if name.lower().endswith(_SWITCHES):
            found |= Asks.NAME
    for node in islice(ast.walk(condition), _LONGEST):
        match node:
            case ast.Constant(str(value)) if value.lower() in _SYSTEMS:
                found |= Asks.PLATFORM
            case ast.Compare(
                ast.Name(name) | ast.Attribute(attr=name), [_], [ast.Constant(str(value))]
            ) if "platform" in name.lower() and _SYSTEM_FLAG.fullmatch(value):
                found |= Asks.PLATFORM  # by names of the project's own: `platform == "win"`
            case ast.Attribute(attr=name) if _ASKS_SYSTEM.match(name):
                found |= Asks.PLATFORM
            case ast.Call(ast.Name(name)) if name in _ASK_FOR_NAMES:
                found |= Asks.NAME
    return found


def _names(condition: ast.expr) -> Iterator[str]:
    """Yield the names in a condition: `name`, and of attributes the last two parts."""
    for node in islice(ast.walk(condition), _LONGEST):
        match node:
            case ast.Name(name):
                yield name
            case ast.Attribute(ast.Name(base) | ast.Attribute(attr=base), name):
                yield f"{base.lstrip('_')}.{name}"
                yield name
            case ast.Call(ast.Name("hasattr" | "getattr"), [ast.Name(base), *_]):
                if base.lstrip("_") in _DIFFER_BY_PLATFORM:
                    yield "sys.platform"


@lru_cache(maxsize=4096)
def _flag(name: str) -> Asks:
    """Return what a flag of another module asks for, judging by its name."""
    words = name.strip("_").lower().split("_")
    if _SYSTEM_FLAG.search(name) and (name.isupper() or words[0] in {"is", "on", "running"}):
        return Asks.PLATFORM
    if _VERSION_FLAG.match(name):
        return Asks.VERSION
    first = {"has", "have", "got"} | ({"with", "use"} if name.isupper() else set())
    if (len(words) > 1 and words[0] in first) or words[-1] in {"available", "installed"}:
        return Asks.PRESENCE
    return Asks.NOTHING
