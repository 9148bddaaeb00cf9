"""Evaluates tests of `sys.version_info` for each Python."""

import ast
import operator
from collections.abc import Callable, Iterable, Mapping
from typing import Any

_COMPARISONS: Mapping[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
_Version = tuple[int, ...] | int | None
# What a name of another module is in each Python: whether a flag is true, or a part of the version.
InEach = Mapping[int, bool | tuple[int, ...] | int]
# What names stand for: an expression, such as `sys.version_info[:2]`, or what others say of them.
Flags = Mapping[str, ast.expr | InEach]


def holds(test: ast.expr, minor: int, flags: Flags) -> bool | None:
    """Return whether a test holds on Python 3.`minor`; None when that is not all it asks for.

    Args:
        test: The condition.
        minor: The second number of a version of Python 3.
        flags: What names and attributes in it stand for, such as
            `PY311 = sys.version_info >= (3, 11)`, `version = sys.version_info[:2]`.
    """
    match test:
        case ast.Compare(left, [comparison], [right]):
            return _compared(_version(left, minor, flags), comparison, _constant(right), minor)
        case ast.Name() | ast.Attribute() if (name := ast.unparse(test)) in flags:
            known = flags[name]
            if isinstance(known, ast.expr):
                return holds(known, minor, _without(name, flags))
            return value if isinstance(value := known[minor], bool) else None
        case ast.UnaryOp(ast.Not(), operand):
            held = holds(operand, minor, flags)
            return None if held is None else not held
        case ast.BoolOp(way, values):
            decides = isinstance(way, ast.Or)
            held_values = [holds(value, minor, flags) for value in values]
            if decides in held_values:
                return decides
            return None if None in held_values else not decides
    return None


def in_each(name: str, minors: Iterable[int], flags: Flags) -> InEach | None:
    """Return what a name is in each Python; None when it is neither a flag nor a part of a version.

    Args:
        name: Of a module.
        minors: The second numbers of versions of Python 3.
        flags: What names stand for, this one among them.
    """
    found: dict[int, bool | tuple[int, ...] | int] = {}
    for minor in minors:
        held, version = holds(ast.Name(name), minor, flags), _version(ast.Name(name), minor, flags)
        known = version if held is None else held
        if known is None:
            return None
        found[minor] = known
    return found


def _compared(value: _Version, by: ast.cmpop, other: _Version, minor: int) -> bool | None:
    if value is None or other is None or type(by) not in _COMPARISONS:
        return None
    if isinstance(other, tuple) and other[:2] == (3, minor) and any(other[2:]):
        return None  # the third number decides
    try:
        return _COMPARISONS[type(by)](value, other)
    except TypeError:
        return None


def _without(name: str, flags: Flags) -> Flags:
    """Return the flags that are left to look up: `x = x[1:]` would not come to an end."""
    return {flag: value for flag, value in flags.items() if flag != name}


def _version(node: ast.expr, minor: int, flags: Flags) -> _Version:
    """Return what `sys.version_info`, or a part of it, is on Python 3.`minor`."""
    match node:
        case ast.Attribute(attr="version_info") | ast.Name("version_info"):
            return (3, minor, 1)  # as a micro version compares to two numbers
        case ast.Attribute(attr="hexversion") | ast.Name("hexversion"):
            return (3 << 24) + (minor << 16) + 0x01F0  # of 3.x.1, a final release
        case ast.Attribute(base, "major" | "minor" as part) if _version(base, minor, flags):
            return 3 if part == "major" else minor
        case ast.Subscript(base, index) if _version(base, minor, flags):
            return _part((3, minor), index)
        case ast.Name() | ast.Attribute() if (name := ast.unparse(node)) in flags:
            known = flags[name]
            if isinstance(known, ast.expr):
                return _version(known, minor, _without(name, flags))
            return None if isinstance(value := known[minor], bool) else value
    return None


def _part(version: tuple[int, int], index: ast.expr) -> _Version:
    match index:
        case ast.Constant(0):
            return version[0]
        case ast.Constant(1):
            return version[1]
        case ast.Slice(None, ast.Constant(1), None):
            return version[:1]
        case ast.Slice(None, ast.Constant(2), None):
            return version
        case ast.Slice(None, ast.Constant(3), None):
            return (*version, 1)
    return None


def _constant(node: ast.expr) -> _Version:
    """Return a literal version, such as `(3, 11)`, `3` or `0x030b0000`."""
    try:
        value = ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, list | tuple) and all(isinstance(part, int) for part in value):
        return tuple(value)
    return None
