"""Assignments by which a module, when it is imported, replaces what others have defined."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from modwright_check.static.always_run import may_run
from modwright_check.static.bindings import DefinedAt
from modwright_check.static.comments import block_above, comments_about, paragraph_above
from modwright_check.static.source import Source, Where
from modwright_check.static.standard_modules import StandardModules

_CLASS = re.compile(r"_*[A-Z]+[a-z]\w*")
# What is assigned there is told as what it does: MW513, MW516 and MW519.
INTERPRETER = {"sys", "builtins", "__main__"}
# Calls that make a module.
_MAKERS = {"ModuleType", "module_from_spec", "new_module"}

# In a comment on the line, or above it, or in a docstring: not one that dispatches.
_SAYS = re.compile(r"(\b|monkey)(patch|hack)", re.IGNORECASE)


class Patch(NamedTuple):
    """An assignment to what others have defined.

    Args:
        name: The dotted name of what is assigned to: an attribute, or a module in `sys.modules`.
        line: From 1 on.
        made: Whether what is put there is a module that this one has made.
    """

    name: str
    line: int
    made: bool = False


def patches(source: Source, standard: StandardModules) -> Iterator[Patch]:
    """Yield the attributes of imported modules and classes that a module assigns to.

    Only assignments that run in any case are among them, not those in branches and functions.

    Args:
        source: Of the module.
        standard: The standard library of the Python that runs it.
    """
    known = _known(source, standard)
    yield from _among(_targets(source.tree.body if source.tree else []), known)


def patches_in_branches(source: Source, standard: StandardModules) -> Iterator[Patch]:
    """Yield such assignments that run in one case or another when the module is imported.

    Args:
        source: Of the module.
        standard: The standard library of the Python that runs it.
    """
    body = source.tree.body if source.tree else []
    targets = [each for node, _ in may_run(body) for each in _assigned(node)]
    if any(isinstance(target, ast.Attribute | ast.Subscript) for target, _ in targets):
        yield from _among(targets, _known(source, standard))


def _known(source: Source, standard: StandardModules) -> "_Known":
    imported = dict[str, list[tuple[int, DefinedAt | None]]]()
    for binding in source.bindings:
        origin = binding.origin if binding.imported else None
        imported.setdefault(binding.name, []).append((binding.line, origin))
    whole = {each.module for each in source.imports if each.where is Where.AT_IMPORT}
    return _Known(imported, whole, standard)


def _among(targets: Iterable[tuple[ast.expr, ast.expr]], known: "_Known") -> Iterator[Patch]:
    made: set[str] = set()
    for target, value in targets:
        if isinstance(target, ast.Name) and _makes_a_module(value):
            made.add(target.id)
        name = _replaced(target, known)
        if name and name.partition(".")[0] not in INTERPRETER:
            is_made = isinstance(target, ast.Subscript) and getattr(value, "id", None) in made
            yield Patch(name, target.lineno, is_made)


def hands_on_and_says_so(source: Source, line: int) -> bool:
    """Return whether a patch calls the function that was there, and says what it is.

    A comment does, at the assignment, above the lines that lead to it without an empty one between,
    or above the function that is put there, or the docstring of that. Its author knows what it does
    to others, and what it adds is for those who know it as well. The function that was there is
    called by the name that the module has kept for it, or by its own name in another module, from
    which the place of the patch has it.

    Args:
        source: Of the module.
        line: Of the assignment.
    """
    body = source.tree.body if source.tree else []
    patch = next((each for each in _targets(body) if each[0].lineno == line), None)
    if patch is None or not isinstance(patch[1], ast.Name):
        return False
    target, function = patch[0], patch[1].id
    put = [
        each
        for each in ast.walk(ast.Module(body, []))
        if isinstance(each, ast.FunctionDef) and each.name == function
    ]
    said = [*comments_about(line, source.text), *paragraph_above(line, body, source.text)]
    for each in put:
        said += [ast.get_docstring(each) or "", *block_above(each.lineno, source.text)]
    if not any(map(_SAYS.search, said)):
        return False
    kept = {
        each.id
        for each, value in _targets(body)
        if isinstance(each, ast.Name) and ast.unparse(value) == ast.unparse(target)
    }
    imported = {each.name for each in source.bindings if each.imported}
    called = (call.func for each in put for call in ast.walk(each) if isinstance(call, ast.Call))
    return any(_was_there(each, target, kept, imported) for each in called)


def _was_there(called: ast.expr, target: ast.expr, kept: set[str], imported: set[str]) -> bool:
    """Return whether a call is of the function that a patch replaces, by one of its names."""
    match called:
        case ast.Name(name):
            return name in kept
        case ast.Attribute(ast.Name(module), name) if isinstance(target, ast.Attribute):
            is_itself = ast.unparse(called) == ast.unparse(target)
            return name == target.attr and module in imported and not is_itself
    return False


def puts_a_value(source: Source, line: int) -> bool:
    """Return whether a patch puts plain data there, as into a setting, and no function or class.

    Args:
        source: Of the module.
        line: Of the assignment.
    """
    targets = [*_targets(source.tree.body if source.tree else [])]
    named = {target.id: value for target, value in targets if isinstance(target, ast.Name)}
    value = _put(source, line)
    return value is not None and not _is_none(value) and _is_data(value, named)


def written_value(source: Source, line: int) -> str | None:
    """Return the constant that a patch puts there, as it is written; None for anything else.

    Args:
        source: Of the module.
        line: Of the assignment.
    """
    value = _put(source, line)
    return repr(value.value) if isinstance(value, ast.Constant) else None


def _put(source: Source, line: int) -> ast.expr | None:
    targets = _targets(source.tree.body if source.tree else [])
    return next((value for target, value in targets if target.lineno == line), None)


def _is_data(value: ast.expr, named: Mapping[str, ast.expr]) -> bool:
    """Return whether an expression is made of constants, and of names that stand for such."""
    match value:
        case ast.Constant() | ast.JoinedStr():
            return True
        case ast.UnaryOp(operand=part):
            return _is_data(part, named)
        case ast.BinOp(left, right=right):
            return _is_data(left, named) and _is_data(right, named)
        case ast.List(parts) | ast.Tuple(parts) | ast.Set(parts):
            return all(_is_data(part, named) for part in parts)
        case ast.Dict(keys, values):
            return all(part is not None and _is_data(part, named) for part in (*keys, *values))
        case ast.Name(name) if name in named:
            others = {each: part for each, part in named.items() if each != name}
            return _is_data(named[name], others)
    return False


def _is_none(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None


def _targets(body: list[ast.stmt]) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Yield what is assigned to, each with the value; of several at once with all values."""
    for node in body:
        yield from _assigned(node)
        if isinstance(node, ast.With | ast.Try):
            yield from _targets(node.body)


def _assigned(node: ast.stmt) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Yield what a statement by itself assigns to, be it by `setattr`."""
    match node:
        case ast.Assign(targets, value):
            for target in targets:
                parts = target.elts if isinstance(target, ast.Tuple) else [target]
                yield from ((part, value) for part in parts)
        case ast.AnnAssign(target, value=ast.expr() as value):
            yield target, value
        case ast.Expr(ast.Call(ast.Name("setattr"), [base, ast.Constant(str(name)), value])):
            yield ast.copy_location(ast.Attribute(base, name, ast.Store()), node), value


def _makes_a_module(value: ast.expr) -> bool:
    match value:
        case ast.Call(ast.Attribute(attr=called) | ast.Name(id=called)):
            return called in _MAKERS
    return False


@dataclass(frozen=True)
class _Known:
    """What names stand for: those that are imported, and modules imported as a whole."""

    imported: Mapping[str, list[tuple[int, DefinedAt | None]]]
    whole: set[str]
    standard: StandardModules

    def origin(self, name: ast.Name) -> DefinedAt | None:
        """Return where a name comes from: many a one is imported from here, or else from there."""
        bound = self.imported.get(name.id, [])
        before = [origin for line, origin in bound if line <= name.lineno]
        return before[-1] if before else None


def _replaced(target: ast.expr, known: _Known) -> str | None:
    match target:
        case ast.Attribute(base, name) if of := _named(base, known):
            return f"{of}.{name}"
        case ast.Subscript(ast.Attribute(ast.Name("sys"), "modules"), ast.Constant(str(module))):
            return module
    return None


def _named(base: ast.expr, known: _Known) -> str | None:
    """Return the name of a module or, as its spelling says, a class; None of anything else."""
    match base:
        case ast.Name() if origin := known.origin(base):
            module, entry = origin
            if entry is None:
                return module
            return f"{module}.{entry}" if _CLASS.fullmatch(entry) else None
        case ast.Attribute(inner, name) if _CLASS.fullmatch(name):
            outer = _named(inner, known)
            return outer and f"{outer}.{name}"
        case ast.Attribute() if (dotted := ast.unparse(base)) in known.whole:
            return dotted
        case ast.Attribute(inner, name):  # `import os` brings os.path too
            outer = _named(inner, known)
            return f"{outer}.{name}" if known.standard.holds(f"{outer}.{name}") else None
    return None
