"""Import hooks that find no module, or those alone that their own package is there for."""

import ast
from collections import Counter
from collections.abc import Collection, Iterator
from itertools import takewhile

from modwright_check.index.evidence import Evidence
from modwright_check.static.source import Source

_Function = ast.FunctionDef | ast.AsyncFunctionDef


def find_nothing(hooks: str, evidence: Evidence) -> bool:
    """Return whether each of these finders answers every question for a module with None.

    A finder may note what is imported again, or have `find_distributions` alone: the import goes
    on as if it were not there. So it does where a finder answers for names alone that somebody has
    registered, in what is empty at first.

    Args:
        hooks: The names of their classes, with commas between.
        evidence: All that is known of the project.
    """
    return all(_finds_nothing(hook, evidence) for hook in hooks.split(", "))


def find_what_lies_inside(hooks: str, package: Source, evidence: Evidence) -> bool:
    """Return whether each of these finders answers for names inside a package alone.

    Whoever asks for such a name has imported the package, which leads them on.

    Args:
        hooks: The names of their classes, with commas between.
        package: That adds them.
        evidence: All that is known of the project.
    """
    asked = [list(_asked(hook, evidence, set())) for hook in hooks.split(", ")]
    return package.is_package and all(
        found and all(_answers_inside(each.body, package.module) for each in found)
        for found in asked
    )


def _answers_inside(body: list[ast.stmt], package: str) -> bool:
    """Return whether statements answer only under tests that name a package, or after those."""
    for node in body:
        if _sends_away(node, package):
            return True
        if isinstance(node, ast.If) and _names(node.test, package):
            if not _answers_inside(node.orelse, package):
                return False
        elif _answer_at_all([node]):
            return False
    return True


def _sends_away(node: ast.stmt, package: str) -> bool:
    """Return whether a statement answers None to whatever does not have a package's name."""
    match node:
        case ast.If(test, [*body, ast.Return(None | ast.Constant(None))]):
            return _rules_out(test, package) and not _answer_at_all(body)
    return False


def _names(test: ast.expr, package: str) -> bool:
    """Return whether a test holds for a package's name alone, as a whole or by all its parts."""
    match test:
        case ast.BoolOp(ast.Or(), tests):
            return all(_names(each, package) for each in tests)
        case ast.UnaryOp(ast.Not()) | ast.Compare(ops=[ast.NotEq() | ast.NotIn()]):
            return False
    nodes = list(ast.walk(test))
    texts = {each.value for each in nodes if isinstance(each, ast.Constant)}
    whole = any(isinstance(each, str) and f"{each}.".startswith(f"{package}.") for each in texts)
    itself = any(isinstance(each, ast.Name) and each.id == "__name__" for each in nodes)
    return whole or itself or texts.issuperset(package.split("."))


def _rules_out(test: ast.expr, package: str) -> bool:
    """Return whether a test holds for all that does not have a package's name."""
    match test:
        case ast.BoolOp(ast.Or(), tests):
            return any(_rules_out(each, package) for each in tests)
        case ast.UnaryOp(ast.Not(), inner):
            return _names(inner, package)
        case ast.Compare(left, [ast.NotEq() | ast.NotIn()], compared):
            return _names(ast.Compare(left, [ast.Eq()], compared), package)
    return False


def _finds_nothing(name: str, evidence: Evidence) -> bool:
    asked = list(_asked(name, evidence, set()))
    empty = {
        register
        for source in evidence.read.values()
        if f"class {name}" in source.text
        for register in (*_empty_at_first(source), *_empty_in_objects(name, source))
    }
    return bool(asked) and not any(_answers(each, empty) for each in asked)


def _empty_at_first(source: Source) -> Iterator[str]:
    """Yield the names that a module binds to something empty, and that functions alone use."""
    body = source.tree.body if source.tree else []
    defining = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    used = Counter(
        each.id
        for statement in body
        if not isinstance(statement, defining)
        for each in ast.walk(statement)
        if isinstance(each, ast.Name)
    )
    for statement in body:
        match statement:
            case (
                ast.Assign([ast.Name(name)], ast.Dict([]) | ast.List([]))
                | ast.Assign([ast.Name(name)], ast.Call(ast.Name("dict" | "set" | "list"), []))
                | ast.AnnAssign(ast.Name(name), value=ast.Dict([]) | ast.List([]))
            ) if used[name] == 1:
                yield name


def _empty_in_objects(name: str, source: Source) -> Iterator[str]:
    """Yield the attributes that a class gives its objects, and that hold nothing at first."""
    for each in ast.walk(source.tree) if source.tree else ():
        if isinstance(each, ast.ClassDef) and each.name == name:
            makes = (one for one in each.body if getattr(one, "name", "") == "__init__")
            for statement in (inner for one in makes for inner in getattr(one, "body", ())):
                match statement:
                    case ast.Assign(
                        [ast.Attribute() as given], ast.Dict([]) | ast.List([])
                    ) | ast.AnnAssign(ast.Attribute() as given, value=ast.Dict([]) | ast.List([])):
                        yield ast.unparse(given)


def _asked(name: str, evidence: Evidence, seen: set[str]) -> Iterator[_Function]:
    """Yield the methods `find_spec` of the project's classes of a name, or of their bases."""
    seen.add(name)
    for source in evidence.read.values():
        if source.tree is None or f"class {name}" not in source.text:
            continue
        for each in ast.walk(source.tree):
            if isinstance(each, ast.ClassDef) and each.name == name:
                own = [one for one in each.body if getattr(one, "name", "") == "find_spec"]
                yield from (one for one in own if isinstance(one, _Function))
                bases = {ast.unparse(base).rpartition(".")[2] for base in each.bases}
                for base in () if own else bases - seen:
                    yield from _asked(base, evidence, seen)


def _answers(function: _Function, empty: Collection[str]) -> bool:
    """Return whether a function may return something, or raise an exception.

    Args:
        function: The method `find_spec`.
        empty: Names of what nothing has been put into.
    """
    asked = _one_by_one(function.body, empty)
    return _answer_at_all([*takewhile(lambda each: not _asks_a_register(each, empty), asked)])


def _one_by_one(body: list[ast.stmt], empty: Collection[str]) -> Iterator[ast.stmt]:
    """Yield statements, and for one that holds a lock those under it.

    Of one that asks whether something is in what is empty, those that run if it is not.
    """
    for each in body:
        match each:
            case ast.With():
                yield from _one_by_one(each.body, empty)
            case ast.If(
                ast.Compare(ops=[ast.In()], comparators=[ast.Name() | ast.Attribute() as register])
            ) if ast.unparse(register) in empty:
                yield from _one_by_one(each.orelse, empty)
            case _:
                yield each


def _asks_a_register(node: ast.stmt, empty: Collection[str]) -> bool:
    """Return whether a statement answers None to whatever is not in something empty."""
    match node:
        case ast.If(
            ast.Compare(ops=[ast.NotIn()], comparators=[ast.Name() | ast.Attribute() as register]),
            [*body, ast.Return(None | ast.Constant(None))],
        ):
            return ast.unparse(register) in empty and not _answer_at_all(body)
    return False


def _answer_at_all(body: list[ast.stmt]) -> bool:
    return any(_answer(node) for statement in body for node in ast.walk(statement))


def _answer(node: ast.AST) -> bool:
    match node:
        case ast.Return(None | ast.Constant(None)):
            return False
    return isinstance(node, ast.Return | ast.Raise)
