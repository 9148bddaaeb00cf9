"""Relative imports that run when a file is run by its path, where they have no package."""

import ast
import re
from collections.abc import Iterator

from modwright_check.static.handlers import spans
from modwright_check.static.source import Import, Source, Where

# A variable of a shell, of make or of a build tool that holds the interpreter: `$PYTHON_BIN`.
_INTERPRETER = re.compile(r"\$[({]?\w*python\w*[)}]?", re.IGNORECASE)


def relative_imports(source: Source) -> Iterator[int]:
    """Yield the lines of relative imports that run in any case when a file is run by its path.

    At its top, under its main guard, and in functions that are called there.

    Args:
        source: Of the file.
    """
    called = _called_by_the_program(source)
    for statement, context in source.walk.statements if source.walk else ():
        if not isinstance(statement, ast.ImportFrom) or not statement.level:
            continue
        function = context.innermost_function()
        name = getattr(function, "name", None)
        runs = context.where is Where.AT_IMPORT or name in called
        if runs and not context.tried and (context.certain or context.main):
            yield statement.lineno


def is_of_itself(statement: Import, source: Source) -> bool:
    """Return whether a module, run by its path, imports itself as what lies beside it.

    A function that the main guard calls does so to test it.

    Args:
        statement: An import in a function.
        source: The module.
    """
    if statement.module != source.module.rpartition(".")[2]:
        return False
    function = statement.context.innermost_function()
    return getattr(function, "name", None) in _called_by_the_program(source)


def stands_in_for_a_relative_import(statement: Import, source: Source) -> bool:
    """Return whether an import is the second choice after a relative one of a module so called.

    That one fails in a script, where what lies beside it is found by its bare name.

    Args:
        statement: The import.
        source: Its module.
    """
    tries = (node for node, _ in (source.walk.statements if source.walk else ()))
    return any(
        isinstance(node, ast.Try)
        and any(spans(each, statement.line) for each in node.handlers)
        and any(
            isinstance(each, ast.ImportFrom) and each.level and each.module == statement.module
            for each in node.body
        )
        for node in tries
    )


def _called_by_the_program(source: Source) -> set[str]:
    """Return the functions that are called under the main guard."""
    return {
        node.func.id
        for statement, context in (source.walk.statements if source.walk else ())
        if context.main
        for node in ast.walk(statement)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }


def commands(text: str) -> Iterator[str]:
    """Yield the paths of files that commands in a text run with Python.

    Args:
        text: Such as a task, or the description of a project.
    """
    yield from (path for path in _run(text) if path.endswith(".py"))


def programs_of_folders(text: str) -> Iterator[str]:
    """Yield the `__main__.py` of each folder that commands in a text run with Python.

    Args:
        text: Such as a task, or the description of a project.
    """
    yield from (f"{path.rstrip('/')}/__main__.py" for path in _run(text) if "/" in path)


def _run(text: str) -> Iterator[str]:
    words = text.split()
    for place, word in enumerate(words):
        if not _is_interpreter(word.strip("`\"'")):
            continue
        for following in words[place + 1 :]:
            if following.startswith("-") and following not in {"-m", "-c"}:
                continue
            yield following.strip("`\"';,)").removeprefix("./")
            break


def _is_interpreter(word: str) -> bool:
    """Return whether a word of a command is Python, or a variable that is called after it."""
    is_python = word.rpartition("/")[2].strip("$").rstrip("0123456789.") == "python"
    return is_python or _INTERPRETER.fullmatch(word) is not None
