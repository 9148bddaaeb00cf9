"""What a project knows to be optional: it may be missing, and the project has thought of that."""

import ast
import re
from collections.abc import Iterator, Mapping

from modwright_check.static.catching import handler_for_imports
from modwright_check.static.source import Import, Source, Where

_CAUGHT = ("ImportError", "ModuleNotFoundError")
# What is there with something else, after which the modules for it are named.
_ALONG_WITH = {"docutils": ("sphinx",), "gi": ("gtk",), "ipykernel": ("notebook", "nbagg")}
# Parts of a module's name that say that it is for another program or library.
_PLUGIN = re.compile(r"plugin|ext|hook|magic|adapter|integration|contrib|compat|bridge")
_RECEIVES = re.compile(r"_*(from|is|has|accepts?|wraps?|patch|register)_")
_CALLED_BY_IT = re.compile(r"__array\w*__|_repr_\w+_")  # by numpy, and by notebooks
_LONG_ENOUGH = 3  # characters of a name that may be found in another one by more than chance


class OptionalImports:
    """What a project knows to be optional.

    Args:
        read: Its sources, by the modules' names.
    """

    def __init__(self, read: Mapping[str, Source]) -> None:
        self._guarded = {
            top_of(statement)
            for source in read.values()
            for statement in source.imports
            if statement.guarded or (statement.platforms and statement.is_first_choice)
            if statement.where is not Where.FOR_TYPES
        }
        self._answers: dict[str, bool] = {}

    def known(self, statement: Import, source: Source) -> bool:
        """Return whether the project knows that this import may fail.

        Some module imports the same under a guard; or the module names it in a string, as one does
        who asks for it first; or it calls what imports under a guard.
        """
        top = top_of(statement)
        quoted = source.text.count(f'"{top}"') + source.text.count(f"'{top}'")
        # `import_module("compass")` names it too, but that is the import itself.
        named = quoted > sum(each.called and each.module == top for each in source.imports)
        return top in self._guarded or named or self._answers_for_its_functions(source)

    def guarded(self, module: str) -> bool:
        """Return whether some module of the project imports this one under a guard."""
        return module.partition(".")[0] in self._guarded

    def _answers_for_its_functions(self, source: Source) -> bool:
        if source.module not in self._answers:
            self._answers[source.module] = any(_guards_calls(source))
        return self._answers[source.module]


def is_adapter(statement: Import, source: Source) -> bool:
    """Return whether what imports something is there for those who have it.

    `pkg.pytest_plugin` imports pytest, `pkg.contrib.redis` redis, and `from_pandas(frame)` pandas:
    whoever uses them has it. A module that is just named after what it uses (`pkg.redis_cache`)
    is not, nor is `as_yaml()`: its users have not asked for yaml.

    Args:
        statement: The import.
        source: The module that it stands in.
    """
    _, *parts = source.module.split(".")  # the first may be that of a namespace of both
    set_apart = len(parts) > 1 or any(map(_PLUGIN.search, parts))
    around = list(_functions_around(source, statement))
    names = [*(parts if set_apart else ()), *filter(_RECEIVES.match, around)]
    named = any(is_akin(statement.module, name) for name in names)
    called = any(map(_CALLED_BY_IT.fullmatch, around))
    return named or called or _is_in_the_docstring(statement, source)


def is_akin(module: str, name: str) -> bool:
    """Return whether a name holds that of a module's top level, or most of it.

    Args:
        module: Its dotted name.
        name: Of a module, class or function, or of an entry point's group.
    """
    top = module.partition(".")[0]
    begins = any(part.startswith(top) for part in name.split("_"))  # `wx` of `backend_wxagg`
    known_as = (top, *_ALONG_WITH.get(top, ()))
    return begins or any(_akin(_letters(each), _letters(name)) for each in known_as)


def top_of(statement: Import) -> str:
    """Return the first part of the name of what is imported."""
    return statement.module.partition(".")[0]


def _guards_calls(source: Source) -> Iterator[bool]:
    """Yield whether each `try` for ImportErrors guards calls, and no import of its own."""
    if source.tree is None or not any(name in source.text for name in _CAUGHT):
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Try) and handler_for_imports(node):
            inside = [each for statement in node.body for each in ast.walk(statement)]
            imports = any(isinstance(each, ast.Import | ast.ImportFrom) for each in inside)
            yield not imports and any(isinstance(each, ast.Call) for each in inside)


def _functions_around(source: Source, statement: Import) -> Iterator[str]:
    """Yield the names of the functions that an import stands in."""
    for node in ast.walk(source.tree) if source.tree else ():
        match node:
            case ast.FunctionDef(name) | ast.AsyncFunctionDef(name):
                if node.lineno <= statement.line <= (node.end_lineno or node.lineno):
                    yield name


def _is_in_the_docstring(statement: Import, source: Source) -> bool:
    """Return whether a function that imports something says so, or what is around it does."""
    if statement.where is not Where.IN_FUNCTION:
        return False
    top = re.compile(rf"\b{re.escape(top_of(statement))}\b", re.IGNORECASE)
    return any(
        isinstance(node, ast.Module) or node.lineno <= statement.line <= (node.end_lineno or 0)
        for node in (ast.walk(source.tree) if source.tree else ())
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Module)
        if top.search(ast.get_docstring(node) or "")
    )


def _akin(one: str, other: str) -> bool:
    """Return whether one name holds the other, or most of it: `odfreader` and `odf`."""
    shorter, longer = sorted((one, other), key=len)
    enough = len(shorter) >= _LONG_ENOUGH
    return enough and shorter in longer and (shorter == one or 3 * len(shorter) >= 2 * len(longer))


def _letters(name: str) -> str:
    return name.replace("_", "").lower()
