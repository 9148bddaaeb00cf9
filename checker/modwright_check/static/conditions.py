"""What an `if` asks for: type checkers, operating system, version, the presence of a module."""

import ast
import re
from collections.abc import Iterator
from enum import Flag, auto
from functools import lru_cache
from itertools import islice


class Asks(Flag):
    """What a condition asks for."""

    NOTHING = 0
    PLATFORM = auto()  # operating system, processor, or another Python than CPython
    VERSION = auto()
    PRESENCE = auto()  # of a module that need not be there


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
_LONGEST = 200  # parts of a condition that are looked at
_FOR_TYPES = {"TYPE_CHECKING", "MYPY"}

# The names of flags that other modules have set: IS_WINDOWS, on_linux(), PY310, HAS_NUMPY.
_SYSTEM_FLAG = re.compile(
    r"(^|_)(win|win32|windows|nt|posix|unix|linux|darwin|mac|macos|osx|bsd|cygwin|aix|android|ios"
    r"|emscripten|wasm|wasi|pyodide|cpython|pypy|jython|graalpy)(_|$)",
    re.IGNORECASE,
)
_VERSION_FLAG = re.compile(r"_*(is_|at_least_)?py(thon)?_?\d", re.IGNORECASE)


class Conditions:
    """What the conditions of one module ask for; it is told of the names that stand for more.

    Most conditions stand around no import, so none is looked into before somebody asks.
    """

    def __init__(self) -> None:
        self._values: dict[str, ast.expr | Asks] = {}
        self._for_types = set(_FOR_TYPES)

    def assigned(self, name: str, value: ast.expr) -> None:
        """Take note of `name = value`."""
        if isinstance(value, _TELLING):
            self._values[name] = value

    def imported(self, module: str, name: str, called: str) -> None:
        """Take note of `from module import name as called`."""
        if name in _FOR_TYPES:
            self._for_types.add(called)
        elif asks := _DOTTED.get(f"{module.rpartition('.')[2]}.{name}"):
            self._values[called] = asks

    def optional(self, name: str) -> None:
        """Take note of a name that says whether something could be imported."""
        self._values[name] = Asks.PRESENCE

    def asks(self, condition: ast.expr) -> Asks:
        """Return what a condition asks for."""
        found = Asks.NOTHING
        for name in _names(condition):
            found |= self._stands_for(name) or _DOTTED.get(name) or _flag(name)
        return found

    def _stands_for(self, name: str) -> Asks:
        value = self._values.get(name, Asks.NOTHING)
        if not isinstance(value, Asks):
            self._values[name] = Asks.NOTHING  # until known: `x = x + 1` asks for itself
            self._values[name] = value = self.asks(value)
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
    """Return what a flag of another module asks for, as far as its name tells."""
    words = name.strip("_").lower().split("_")
    if _SYSTEM_FLAG.search(name) and (name.isupper() or words[0] in {"is", "on", "running"}):
        return Asks.PLATFORM
    if _VERSION_FLAG.match(name):
        return Asks.VERSION
    first = {"has", "have", "got"} | ({"with", "use"} if name.isupper() else set())
    if (len(words) > 1 and words[0] in first) or words[-1] in {"available", "installed"}:
        return Asks.PRESENCE
    return Asks.NOTHING
