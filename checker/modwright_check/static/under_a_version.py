"""What runs only after a test of the version of a library."""

import ast
import re
from collections.abc import Collection, Iterator

from modwright_check.static.context import Context
from modwright_check.static.expressions import expressions
from modwright_check.static.source import Source

_VERSION = re.compile(r"version", re.IGNORECASE)
_NUMBER = re.compile(r"(?:v|ge|gte|lt|le)?\d+")  # in `is_tides_v2` and TIDES_GE_2
_FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef


def is_under_a_version(context: Context, source: Source, libraries: Collection[str]) -> bool:
    """Return whether something depends on a test of the version of one of some libraries.

    The test stands around it, or around all that the module does with the function that it is in.

    Args:
        context: Of an import, say.
        source: Of its module.
        libraries: Names of these, as imports and installers know them.
    """
    tests = _Tests(source, libraries)
    if tests.decide(context):
        return True
    function = context.innermost_function()
    if not isinstance(function, _FUNCTIONS):
        return False
    used = list(where_used(function.name, source))
    return bool(used) and all(map(tests.decide, used))


class _Tests:
    """The conditions of a module that ask for versions of libraries.

    Args:
        source: Of the module.
        libraries: Their names.
    """

    def __init__(self, source: Source, libraries: Collection[str]) -> None:
        self._libraries = {each.lower() for each in libraries}
        self._meant: dict[str, list[ast.AST]] = {}
        for node in source.tree.body if source.tree else ():
            match node:
                case ast.Assign([ast.Name(name)], value):
                    self._meant.setdefault(name, []).append(value)
                case ast.FunctionDef(name):
                    self._meant.setdefault(name, []).append(node)

    def decide(self, context: Context) -> bool:
        """Return whether such a condition stands around something."""
        return any(
            each.condition is not None and self._asks(each.condition.test)
            for each in context.chain()
        )

    def _asks(self, test: ast.expr) -> bool:
        """Return whether a test compares a version, and names a library with it, be it indirectly.

        What functions and variables of the module stand for is looked into; `is_tides_v2` says it
        by its name.
        """
        words, seen = set[str](), set[str]()
        waiting: list[ast.AST] = [test]
        compares = False
        while waiting:
            for node in ast.walk(waiting.pop()):
                compares |= isinstance(node, ast.Compare)
                match node:
                    case ast.Name(word) | ast.Attribute(attr=word) | ast.Constant(str(word)):
                        if self._says(word):
                            return True
                        words.add(word.lower())
                        if word not in seen:
                            seen.add(word)
                            waiting += self._meant.get(word, ())
        return (
            compares and any(map(_VERSION.search, words)) and not words.isdisjoint(self._libraries)
        )

    def _says(self, word: str) -> bool:
        """Return whether a name is made of that of a library and of a number of a version."""
        parts = set(word.lower().split("_"))
        return not parts.isdisjoint(self._libraries) and any(map(_NUMBER.fullmatch, parts))


def where_used(name: str, source: Source, *, of_an_object: bool = False) -> Iterator[Context]:
    """Yield what stands around each use of a function in its own module.

    Args:
        name: The function's.
        source: Of the module.
        of_an_object: Whether it is a method, which no name means by itself.
    """
    for when, (node, context) in enumerate(source.walk.statements if source.walk else ()):
        for each in expressions(node, context, when):
            match each.node:
                case ast.Attribute(attr=found) if found == name:
                    yield each.context
                case ast.Name(found) if found == name and not of_an_object:
                    yield each.context
