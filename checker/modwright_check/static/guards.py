"""Under which circumstances a statement runs: versions, systems, what may be missing."""

import ast
import re
from dataclasses import dataclass, replace

from modwright_check.model.python_versions import MINORS
from modwright_check.static.conditions import Asks, Conditions, is_main_guard
from modwright_check.static.version_tests import holds

# What catches that a module or a name is missing.
_CATCH = {"ImportError", "ModuleNotFoundError", "AttributeError", "NameError"}
_CATCH |= {"Exception", "BaseException"}
# What a name stands for that conditions ask: `PY311 = …`, `version = sys.version_info[:2]`.
_FLAGS = (ast.Attribute, ast.BoolOp, ast.Compare, ast.Subscript, ast.UnaryOp)
# What the name of an operating system is compared with, and how methods ask for one.
_SYSTEMS = {"nt", "posix", "win32", "windows", "linux", "linux2", "darwin", "cygwin", "java"}
_ASKS_SYSTEM = re.compile(r"_?is_?(win|nt|linux|mac|osx|posix|unix|darwin)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Context:
    """Under which circumstances a statement runs.

    Args:
        at_import: Whether it runs when the module is imported, and not in a function.
        caught: Whether a `try` around it catches that something is missing.
        guarded: Whether an `if` around it asks for what is there, or a handler makes up for it.
        platforms: Whether an `if` around it asks for the operating system.
        minors: The Pythons that run it, by their second number; none when a test around it asks
            for the version in a way that nobody here understands.
        function: The first and the last line of the innermost function around it.
    """

    at_import: bool = True
    caught: bool = False
    guarded: bool = False
    platforms: bool = False
    minors: frozenset[int] = frozenset(MINORS)
    function: tuple[int, int] | None = None

    @property
    def may_fail(self) -> bool:
        """Return whether the module is prepared for what is used not to be there."""
        return self.caught or self.guarded

    def in_function(self, lines: tuple[int, int] | None = None) -> "Context":
        """Return what stands in a function: a `try` around it catches nothing that comes later.

        Args:
            lines: The first and the last of the function; those of the one around it for a lambda.
        """
        function = lines or self.function
        return replace(self, at_import=False, caught=False, function=function)


# What never runs: what only type checkers take for true (PEP 484).
Branch = Context | None


class Guards:
    """What the conditions of one module make of the context of what depends on them."""

    def __init__(self) -> None:
        self._conditions = Conditions()
        self._flags: dict[str, ast.expr] = {}

    def assigned(self, name: str, value: ast.expr) -> None:
        """Take note of a name that may stand for a condition."""
        self._conditions.assigned(name, value)
        if isinstance(value, _FLAGS):
            self._flags.setdefault(name, value)

    def imported(self, node: ast.ImportFrom) -> None:
        """Take note of names such as `TYPE_CHECKING` and `version_info`."""
        for alias in node.names:
            called = alias.asname or alias.name
            self._conditions.imported(node.module or "", alias.name, called)
            if node.module == "sys" and alias.name in {"version_info", "hexversion"}:
                self._flags.setdefault(called, ast.Name(alias.name))

    def branches(self, test: ast.expr, context: Context) -> tuple[Branch, Branch]:
        """Return the context of what runs when a test holds, and when it does not."""
        if is_main_guard(test):
            return replace(context, at_import=False), context
        both = self.under(context, test)
        held = {minor: holds(test, minor, self._flags) for minor in MINORS}
        if set(held.values()) == {None}:
            return self._unknown(test, both)
        then = frozenset(minor for minor, verdict in held.items() if verdict is not False)
        otherwise = frozenset(minor for minor, verdict in held.items() if verdict is not True)
        return (
            replace(both, minors=both.minors & then),
            replace(both, minors=both.minors & otherwise),
        )

    def _unknown(self, test: ast.expr, both: Context) -> tuple[Branch, Branch]:
        """Return the branches of a test that does not simply compare versions."""
        verdict = self._conditions.holds(test)
        if Asks.VERSION in self._conditions.asks(test):
            both = replace(both, minors=frozenset())
        return (None if verdict is False else both), (None if verdict is True else both)

    def under(self, context: Context, *conditions: ast.expr) -> Context:
        """Return the context of what depends on conditions, whichever way they go.

        Args:
            context: What stands around all.
            conditions: Tests, or decorators such as `pytest.mark.skipif(…)`.
        """
        for condition in conditions:
            asks = self._conditions.asks(condition)
            if Asks.PLATFORM in asks or _names_system(condition):
                context = replace(context, platforms=True)
            if Asks.PRESENCE in asks or _tells(condition) or _asks_for_attribute(condition):
                context = replace(context, guarded=True)
        return context


def catches(caught: ast.expr | None) -> bool:
    """Return whether `except caught:` catches that a module or a name is missing."""
    match caught:
        case None:
            return True
        case ast.Tuple(elts):
            return any(map(catches, elts))
        case ast.Name(name) | ast.Attribute(attr=name):
            return name in _CATCH
    return False


def suppresses(context: ast.expr) -> bool:
    """Return whether this is `contextlib.suppress(ImportError)`, or of another such error."""
    match context:
        case ast.Call(ast.Name("suppress") | ast.Attribute(attr="suppress"), arguments):
            return any(map(catches, arguments))
    return False


def leaves(body: list[ast.stmt]) -> bool:
    """Return whether nothing after this block runs once it has run."""
    match body[-1]:
        case ast.Raise() | ast.Return() | ast.Continue() | ast.Break():
            return True
        case ast.Expr(ast.Call(ast.Attribute(attr="exit" | "skip") | ast.Name("exit" | "skip"))):
            return True
    return False


def _tells(condition: ast.expr) -> bool:
    """Return whether this is `pytest.mark.skipif(…)`, or a flag such as `unixEnabled`."""
    match condition:
        case ast.Call(ast.Name(name) | ast.Attribute(attr=name)):
            return "skip" in name.lower()
        case ast.Name(name) | ast.Attribute(attr=name):
            return name.lower().endswith(("enabled", "supported", "available"))
    return False


def _names_system(condition: ast.expr) -> bool:
    """Return whether a condition names an operating system: `platformType == "win32"`."""
    for node in ast.walk(condition):
        match node:
            case ast.Constant(str(value)) if value.lower() in _SYSTEMS:
                return True
            case ast.Attribute(attr=name) if _ASKS_SYSTEM.match(name):
                return True
    return False


def _asks_for_attribute(condition: ast.expr) -> bool:
    """Return whether a condition asks `hasattr(…)`, or `"name" in dir(…)`."""
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"hasattr", "getattr", "dir", "vars"}
        for node in ast.walk(condition)
    )
