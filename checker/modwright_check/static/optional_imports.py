"""Optional imports: modules whose absence the project handles."""

import ast
import re
from collections.abc import Iterator, Mapping

from modwright_check.model.module_names import is_of_tests
from modwright_check.static.catching import handler_for_imports
from modwright_check.static.lines import lines_of
from modwright_check.static.source import Import, Source, Where
from modwright_check.static.tried_by_name import asked_for_by_name, tried_by_name

_CAUGHT = ("ImportError", "ModuleNotFoundError")
_SENTENCE = 3  # words; fewer are a name or a key
# What type checkers and linters call it: not that a library has no types, but that it is not there,
# or that no requirement of the project names it.
_NOT_THERE = re.compile(
    r"#.*\b(?:reportMissing(?:Import|ModuleSource)s?|import-not-found|import-error|E0401)\b"
    r"|#.*\bPyPackageRequirements\b"
)
# What its authors call it, where they say that the project does without: "to avoid the dependency".
_NO_DEPENDENCY = re.compile(r"#.*\b(?:dependenc(?:y|ies)|optional)\b", re.IGNORECASE)


class OptionalImports:
    """What a project knows to be optional.

    Args:
        read: Its sources, by the modules' names.
    """

    def __init__(self, read: Mapping[str, Source]) -> None:
        self._guarded = {
            top_of(statement)
            for source in read.values()
            if not is_of_tests(source.module)  # they may skip what the project needs
            for statement in source.imports
            if statement.guarded or (statement.platforms and statement.is_first_choice)
            if statement.where is not Where.FOR_TYPES
        }
        self._guarded.update(_called_with_care(read), tried_by_name(read), asked_for_by_name(read))
        self._answers: dict[str, bool] = {}
        self._named: dict[tuple[str, str], bool] = {}

    def known(self, statement: Import, source: Source) -> bool:
        """Return whether the project knows that this import may fail.

        Some module imports the same under a guard, asks by its name whether it is there, has a
        function import it under a guard, or calls under a guard what imports it in another module;
        or the module names it in a string, as one does who asks for it first; or it calls what
        imports under a guard.
        """
        top = top_of(statement)
        if top in self._guarded or self._answers_for_its_functions(source):
            return True
        asked = (source.module, top)
        if asked not in self._named:
            self._named[asked] = _names(source, top)
        return self._named[asked]

    def guarded(self, module: str) -> bool:
        """Return whether some module of the project imports this one under a guard."""
        return module.partition(".")[0] in self._guarded

    def _answers_for_its_functions(self, source: Source) -> bool:
        if source.module not in self._answers:
            self._answers[source.module] = any(_guarded_calls(source))
        return self._answers[source.module]


def _names(source: Source, top: str) -> bool:
    """Return whether a module has the name of another one in a string."""
    quoted = source.text.count(f'"{top}"') + source.text.count(f"'{top}'")
    # `import_module("compass")` names it too, but that is the import itself.
    return quoted > sum(each.called and each.module == top for each in source.imports)


def is_documented(statement: Import, source: Source, distribution: str | None = None) -> bool:
    """Return whether a function that imports something says so, or what is around it does.

    It may as well say that it raises ImportError. Around a method are the other methods of its
    class: `__init__` is documented for all of them.

    Args:
        statement: The import.
        source: The module that it stands in.
        distribution: What it comes with, if that is called otherwise.
    """
    if statement.where is not Where.IN_FUNCTION:
        return False
    named = _spelt(statement, distribution)
    around = [source.tree, *(each.node for each in statement.context.chain())]
    methods = (each for node in around if isinstance(node, ast.ClassDef) for each in node.body)
    documented = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Module
    nodes = (node for node in (*around, *methods) if isinstance(node, documented))
    texts = [ast.get_docstring(node) or "" for node in nodes]
    return any(named.search(text) or any(map(text.__contains__, _CAUGHT)) for text in texts)


def is_announced(statement: Import, distribution: str | None = None) -> bool:
    """Return whether a function has told whoever calls it that a branch of it needs a library.

    So does the help of an option: a sentence that it passes on before it gets to the branch.

    Args:
        statement: The import.
        distribution: What it comes with, if that is called otherwise.
    """
    function = statement.context.innermost_function()
    if function is None or not statement.context.in_a_branch():
        return False
    named = _spelt(statement, distribution)
    return any(
        len(text.split()) >= _SENTENCE and named.search(text)
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and node.lineno < statement.line
        for text in _texts(node)
    )


def is_missing_for_its_authors(
    statement: Import, source: Source, distribution: str | None = None
) -> bool:
    """Return whether an import has a comment by which its authors know that it may fail.

    It tells a checker not to mind that the library is not there, or it names the library and
    speaks of dependencies, on the line of the import or with the line above for itself. Who has
    forgotten to declare a library has it.

    Args:
        statement: The import.
        source: The module that it stands in.
        distribution: What it comes with, if that is called otherwise.
    """
    lines = lines_of(source.text)
    above, own = lines[max(0, statement.line - 2)].strip(), lines[statement.line - 1]
    said = [own, above] if above.startswith("#") else [own]
    named = _spelt(statement, distribution)
    return any(
        _NOT_THERE.search(each)
        or (_NO_DEPENDENCY.search(each) and named.search(each.partition("#")[2]))
        for each in said
    )


def _texts(call: ast.Call) -> Iterator[str]:
    for node in (*call.args, *(each.value for each in call.keywords)):
        match node:
            case ast.Constant(str(text)):
                yield text


def _spelt(statement: Import, distribution: str | None) -> re.Pattern[str]:
    names = "|".join(map(re.escape, filter(None, (top_of(statement), distribution))))
    return re.compile(rf"\b(?:{names})\b", re.IGNORECASE)


def top_of(statement: Import) -> str:
    """Return the first part of the name of what is imported."""
    return statement.module.partition(".")[0]


def _called_with_care(read: Mapping[str, Source]) -> Iterator[str]:
    """Yield what functions and classes import that another module calls under a guard.

    Args:
        read: The sources, by the modules' names.
    """
    for source in read.values():
        called = {
            call.func.id
            for calls in _guarded_calls(source)
            for call in calls
            if isinstance(call.func, ast.Name) and not is_of_tests(source.module)
        }
        for brought in source.imports if called else ():
            defining = read.get(brought.module)
            for statement in defining.imports if defining else ():
                if called & {*brought.names} & {*_outermost(statement)}:
                    yield top_of(statement)


def _outermost(statement: Import) -> Iterator[str]:
    """Yield the name of the function or class at the top of its module that imports something."""
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    around = [each.node for each in statement.context.chain() if isinstance(each.node, kinds)]
    if around and statement.where is Where.IN_FUNCTION:
        yield around[-1].name


def _guarded_calls(source: Source) -> Iterator[list[ast.Call]]:
    """Yield the calls in each `try` for ImportErrors that has no import of its own."""
    if source.walk is None or not any(name in source.text for name in _CAUGHT):
        return
    for node, _ in source.walk.statements:
        if isinstance(node, ast.Try) and handler_for_imports(node):
            inside = [each for statement in node.body for each in ast.walk(statement)]
            if not any(isinstance(each, ast.Import | ast.ImportFrom) for each in inside):
                yield [each for each in inside if isinstance(each, ast.Call)]
