"""What a module sets for others, and says why, or tells its users."""

import ast
import re

from modwright_check.index.evidence import Evidence
from modwright_check.index.module_origins import Origin, Origins
from modwright_check.static.context import Context
from modwright_check.static.docstrings import docstring, inner_docstrings
from modwright_check.static.dotted_names import dotted, origins
from modwright_check.static.lines import lines_of
from modwright_check.static.source import Source

_AT_IMPORT = re.compile(r"\bimport", re.IGNORECASE)
_FILLED_IN = re.compile(r"\{\{[\w ]+\}\}")  # a name that a tool for templates replaces
_SENTENCE = re.compile(r"(?<=[.!?:])\s+|\n\s*\n")


def is_told_to_users(changed: str, source: Source) -> bool:
    """Return whether a docstring says that something of another module is changed at import.

    Args:
        changed: Dotted names of attributes of modules and classes, with commas between them.
        source: The module that changes them.
    """
    texts = [docstring(source), *inner_docstrings(source)]
    said = [each for text in texts for each in _SENTENCE.split(text) if _AT_IMPORT.search(each)]
    return all(
        any(re.search(rf"(?<![\w.]){re.escape(name)}\b", each) for each in said)
        for name in changed.split(", ")
    )


def is_default_for_others(place: tuple[str, int | None], evidence: Evidence) -> bool:
    """Return whether a line sets a variable that nobody has set, and for others.

    A remark says why, and the project itself does not name the variable anywhere else: a library
    reads it. Or it is called like a library that the module imports after that, or like the
    project, whose own processes read it. Or the value is the name of a module of the project, and
    no other module imports the one that sets it: a server begins there, and a framework is told
    what it is to run.

    Args:
        place: A file of the project, and the line.
        evidence: All that is known of the project.
    """
    file, line = place
    source = evidence.by_file.get(file)
    found = source.at(line) if source and line else None
    if source is None or found is None:
        return False
    statement, context = found
    environ = "os.environ"
    match statement:
        case ast.Expr(ast.Call(called, [ast.Constant(str(name)), value])):
            is_default = dotted(called, origins(source)) == f"{environ}.setdefault"
        case ast.Assign([ast.Subscript(mapping, ast.Constant(str(name)))], value):
            is_kept = _is_what_it_was(name, value, source)
            is_asked = is_kept or _is_asked(name, context)
            is_default = dotted(mapping, origins(source)) == environ and is_asked
            if is_default and is_kept and _is_called_like(source.module.partition(".")[0], name):
                return True
        case _:
            return False
    mentions = sum(each.text.count(name) for each in evidence.read.values())
    return is_default and (
        (mentions == 1 and _is_remarked(statement.lineno, source))
        or _is_called_like_what_follows(name, statement.lineno, source, evidence)
        or _leads_to_the_project(value, source, evidence)
    )


def _is_asked(name: str, context: Context) -> bool:
    """Return whether a condition around a statement names a variable: whether it is set already."""
    tests = (each.condition.test for each in context.chain() if each.condition)
    parts = (part for test in tests for part in ast.walk(test))
    return any(isinstance(part, ast.Constant) and part.value == name for part in parts)


def _is_what_it_was(variable: str, value: ast.expr, source: Source) -> bool:
    """Return whether a value is that which a variable has, or a default where it has none."""
    if not isinstance(value, ast.Name):
        return _asks_for(variable, value, source)
    return any(
        _asks_for(variable, each.value, source)
        for each in (source.tree.body if source.tree else ())
        if isinstance(each, ast.Assign) and getattr(each.targets[0], "id", None) == value.id
    )


def _asks_for(variable: str, value: ast.expr, source: Source) -> bool:
    match value:
        case ast.Call(called, [ast.Constant(name), *_]) if name == variable:
            return dotted(called, origins(source)) in {"os.environ.get", "os.getenv"}
    return False


def _is_called_like(name: str, variable: str) -> bool:
    return f"{variable.lower()}_".startswith(f"{name.lower()}_")


def _is_called_like_what_follows(
    variable: str, line: int, source: Source, evidence: Evidence
) -> bool:
    """Return whether a module imports after a line the library that a variable is called after."""
    installed = evidence.index(Origins)
    return any(
        statement.line > line
        and _is_called_like(statement.top, variable)
        and installed.of(statement.module) in {Origin.INSTALLED, Origin.MISSING}
        for statement in source.imports
        if statement.top
    )


def _leads_to_the_project(value: ast.expr, source: Source, evidence: Evidence) -> bool:
    """Return whether a module with which a program begins names another one of the project."""
    match value:
        case ast.Constant(str(name)) if not evidence.importers.get(source.module):
            is_its_own = "." in name and name in evidence.names
            return is_its_own or _FILLED_IN.search(name) is not None
    return False


def _is_remarked(line: int, source: Source) -> bool:
    before, at = ["", *lines_of(source.text)][line - 1 : line + 1]
    return before.lstrip().startswith("#") or " #" in at
