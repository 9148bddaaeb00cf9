"""Warnings and messages that a project gives at import because it means to, or has expected."""

import ast
import re
from collections.abc import Iterator

from modwright_check.index.evidence import Evidence
from modwright_check.index.given import modules_of_declared
from modwright_check.index.module_origins import Origins
from modwright_check.index.programs import loaded_by_setuptools
from modwright_check.model.facts import Fact
from modwright_check.model.import_result import Effect
from modwright_check.model.python_versions import MINORS
from modwright_check.static.catching import gives_up
from modwright_check.static.context import Context
from modwright_check.static.docstrings import docstring
from modwright_check.static.old_places import hands_on_besides
from modwright_check.static.source import Source

_END = (
    r"deprecat|renamed|removed|moved to|relocated|obsolete|unmaintained|no longer|instead"
    r"|\bFutureWarning"
)
_ENDS = re.compile(_END, re.IGNORECASE)
_STATE = re.compile(rf"{_END}|\b(experimental|unstable|provisional|preview)\b", re.IGNORECASE)
_LOGS = {"critical", "debug", "error", "exception", "info", "log", "warning"}  # of loggers
_ENDING = {"<", "<=", "==", "===", "~="}  # leave out the newest versions
_QUOTED = re.compile(r" ['\"](?P<begin>[^\\.^$*+?{}\[\]|()'\"]*)")  # as far as it is literal
_WARNS = re.compile(r"warn(?!ings)\w*$", re.IGNORECASE)  # no `filterwarnings`
_SHORTEST = 8  # characters of a text by which it is known again


def of_warning(said: str, source: Source, line: int) -> Iterator[Fact]:
    """Yield what is to be said for a warning.

    A module may announce that it will be gone or may change: whoever imports it shall know. The
    body of a class announces nothing of the module: whoever imports that, for whatever, is told.
    Where a library is missing it may say what will not work, in the handler or under the test that
    finds out. And an import that a handler answers is prepared for what Python announces about it;
    so is what a test of the version leaves to older Pythons.

    Args:
        said: The category and the text.
        source: The module that gives the warning.
        line: The line that does.
    """
    found = source.at(line)
    if found is None:
        return
    statement, context = found
    if _gives(statement, said, source.module) or announces(said, source.module):
        if _STATE.search(said):
            yield from () if _is_of_a_class(context) else (Fact.ANNOUNCED,)
        elif context.at_import and (not context.certain or context.instead):
            yield Fact.PREPARED
    elif _is_for_older_pythons(context) or any(
        each.line == line and (each.guarded or each.instead) for each in source.imports
    ):
        yield Fact.PREPARED


def _is_for_older_pythons(context: Context) -> bool:
    return bool(context.minors) and max(MINORS) not in context.minors


def announced(source: Source, evidence: Evidence) -> Iterator[str]:
    """Yield the warnings by which a module announces that it will be gone or may change.

    Args:
        source: The module.
        evidence: All that is known of the project.
    """
    outcome = evidence.outcomes.get(source.module)
    for effect in outcome.effects if outcome else ():
        if effect.kind == "warning" and effect.line and effect.file:
            place = evidence.sources.innermost([(effect.file, effect.line)])
            is_here = place == (source.file, effect.line)
            if is_here and Fact.ANNOUNCED in of_warning(effect.detail, source, effect.line):
                yield effect.detail


def ends(said: str) -> bool:
    """Return whether what is announced is the end of a module, or its move."""
    return _ENDS.search(said) is not None


def announces(said: str, module: str) -> bool:
    """Return whether what a module says at import is that it will be gone or may change.

    Args:
        said: What it prints, logs or warns of.
        module: Its dotted name, by which it calls itself.
    """
    named = re.compile(rf"(?<![\w.]){re.escape(module)}\b", re.IGNORECASE)
    return bool(_STATE.search(said) and named.search(said))


def says_that_it_ends(said: str, source: Source, line: int) -> bool:
    """Return whether a module whose docstring says that it will be gone warns whoever imports it.

    Args:
        said: What it prints or logs.
        source: The module.
        line: The line that does.
    """
    found = source.at(line)
    about, _, _ = docstring(source).partition("\n")
    return bool(found and ends(about) and _gives(found[0], said, source.module))


def is_said_to_end(source: Source) -> bool:
    """Return whether a module says that it will be gone: in its docstring, and by a warning.

    Args:
        source: The module.
    """
    about, _, _ = docstring(source).partition("\n")
    body = source.tree.body if source.tree and ends(about) else []
    calls = (each.value for each in body if isinstance(each, ast.Expr))
    return any(
        _WARNS.search(ast.unparse(call.func)) and any(map(ends, _texts(call)))
        for call in calls
        if isinstance(call, ast.Call)
    )


def is_for(added: str, source: Source) -> bool:
    """Return whether a filter is for the text of a warning that the same module gives.

    Args:
        added: What the filter does: the action, the category, and the text, if it names one.
        source: The module.
    """
    named = _QUOTED.search(added)
    begin = named["begin"].lower() if named else ""
    nodes = ast.walk(source.tree) if source.tree and len(begin) >= _SHORTEST else ()
    return any(
        text.lower().startswith(begin)
        for node in nodes
        if isinstance(node, ast.Call) and _WARNS.search(ast.unparse(node.func))
        for text in _texts(node)
    )


def is_there_to_print(source: Source) -> bool:
    """Return whether a module inside a package does nothing but to print a text that it holds.

    Whoever imports it wants to read that, as with `import this`.

    Args:
        source: The module.
    """
    body = source.tree.body if source.tree else []
    return "." in source.module and not source.is_package and all(map(_tells_a_text, body))


def _tells_a_text(node: ast.stmt) -> bool:
    match node:
        case ast.Expr(ast.Constant()) | ast.Assign([ast.Name()], ast.Constant(str())):
            return True
        case ast.Expr(ast.Call(ast.Name("print"), [ast.Name()], [])):
            return True
    return False


def is_prepared_log(source: Source, line: int) -> bool:
    """Return whether a logger says what the module goes on without, as a warning may.

    It is seen at import by those alone who have not configured logging.

    Args:
        source: The module that logs.
        line: The line that does.
    """
    found = source.at(line)
    if found is None:
        return False
    statement, context = found
    match statement:
        case ast.Expr(ast.Call(ast.Attribute(_, method))) if method in _LOGS:
            return context.at_import and (not context.certain or bool(context.instead))
    return False


def is_said_by_a_handler_that_fails(source: Source, line: int) -> bool:
    """Return whether a line belongs to a handler that raises in the end, or ends the process.

    Args:
        source: The module that says it.
        line: The line that does.
    """
    found = source.at(line)
    around = [each.node for each in found[1].chain()] if found else []
    return any(isinstance(each, ast.ExceptHandler) and gives_up(each.body) for each in around)


def of_what_is_found(effect: Effect, evidence: Evidence) -> Iterator[Fact]:
    """Yield that a module announces its end to whoever goes through all modules there are.

    No module of the project names it in an import, so none uses it on purpose: it is found by its
    place, beside those that stay.

    Args:
        effect: A warning.
        evidence: All that is known of the project.
    """
    if not effect.way:
        return
    file, line = effect.way[-1].file, effect.way[-1].line
    place = evidence.sources.innermost([(file, line)])
    source = evidence.by_file.get(place[0]) if place else None
    found = source.at(line) if source else None
    if source is None or found is None or evidence.importers.get(source.module):
        return
    if _gives(found[0], effect.detail, source.module) and _STATE.search(effect.detail):
        yield Fact.ANNOUNCED


def of_a_place_that_is_left(source: Source, line: int, evidence: Evidence) -> Iterator[Fact]:
    """Yield that a module does nothing but to warn, and to hand on what another one holds.

    Nobody comes there but who still uses the old place: no module of the project names it, and it
    is not the one that all of its users import.

    Args:
        source: The module that gives the warning.
        line: The line that does.
        evidence: All that is known of the project.
    """
    found = source.at(line)
    is_at_the_top = "." not in source.module
    if found is None or is_at_the_top or evidence.importers.get(source.module):
        return
    if "warn" in ast.unparse(found[0]).lower() and hands_on_besides(found[0], source):
        yield Fact.ANNOUNCED


def of_what_is_kept(said: str, source: Source, line: int, evidence: Evidence) -> Iterator[Fact]:
    """Yield that a project knows that a module which it imports will be gone.

    It declares what brings back a module that Python loses, or offers its own module to what does;
    or it requires no version of a library from a certain one on: it stays with those that have the
    module.

    Args:
        said: The category and the text.
        source: The module that imports it.
        line: The line that does.
        evidence: All that is known of the project.
    """
    brought = evidence.index(modules_of_declared)
    imports = [each for each in source.imports if each.line == line]
    imported = {each.top for each in imports}
    if imported & evidence.standard.names & brought:
        yield Fact.PREPARED
    if "distutils" in imported and source.module in evidence.index(loaded_by_setuptools):
        yield Fact.PREPARED
    origins = evidence.index(Origins)
    for name in (name for each in imports if ends(said) for name in origins.imported(each)):
        for distribution in origins.bringing(name):
            required = origins.declared.always.get(distribution.name)
            if required and any(each.operator in _ENDING for each in required.specifier):
                yield Fact.PREPARED


def _is_of_a_class(context: Context) -> bool:
    """Return whether a statement runs as a class is defined."""
    in_a_class = any(isinstance(each.node, ast.ClassDef) for each in context.chain())
    return in_a_class and context.function is None


def _gives(statement: ast.stmt, said: str, module: str) -> bool:
    """Return whether a statement gives a warning: by `warn`, or by a function that it tells it."""
    match statement:
        case ast.Expr(ast.Call(called) as call):
            if "warn" in ast.unparse(called).lower():
                return True
            known = (each for each in _texts(call) if len(each) >= _SHORTEST)
            return f"{module} " in f"{said} " or any(map(said.__contains__, known))
    return False


def _texts(call: ast.Call) -> Iterator[str]:
    """Yield the texts that a call is given as they are written."""
    for each in (*call.args, *(keyword.value for keyword in call.keywords)):
        if isinstance(each, ast.Constant) and isinstance(each.value, str):
            yield each.value
