"""What a block does to the whole process, and takes back itself."""

import ast
from collections.abc import Iterator, Sequence

from modwright_check.static.always_run import calls
from modwright_check.static.own_names import OwnNames, assigned
from modwright_check.static.process_wide_names import SEEDS


def is_within(name: str, managers: Sequence[ast.expr], own: OwnNames) -> bool:
    """Return whether a context manager of the same library stands around what is done.

    Such as `rc_context`, `option_context` and `localcontext`, that put back what they find.

    Args:
        name: Of what is called or changed, with dots.
        managers: Around the statement.
        own: What the module's names stand for.
    """
    functions = (each.func if isinstance(each, ast.Call) else each for each in managers)
    return name.partition(".")[0] in {own.dotted(each).partition(".")[0] for each in functions}


def taken_back(statements: Sequence[ast.stmt], own: OwnNames) -> Iterator[str]:
    """Yield the names of what is set to what it was: by the state, or by the former values.

    Args:
        statements: Of a block.
        own: What the module's names stand for.
    """
    kept = assigned(statements, lambda node: _called(node, own))
    for call in (call for statement in statements for call in calls(statement)):
        name = own.dotted(call.func)
        yield from (seed for seed, restores in SEEDS.items() if restores == name)
        values = [*call.args, *(each.value for each in call.keywords)]
        former = {kept.get(each.id) if isinstance(each, ast.Name) else None for each in values}
        module, _, setter = name.rpartition(".")
        if values and former <= {name, f"{module}.{setter.replace('set', 'get', 1)}"}:
            yield name
    copies = assigned(statements, lambda node: _copied(node, own))
    for statement in statements:
        match statement:
            case ast.Assign([ast.Subscript(held)], ast.Name(copy)):
                name = own.dotted(held)
                yield from [name] if copies.get(copy) == name else ()


def _called(node: ast.expr, own: OwnNames) -> str | None:
    return own.dotted(node.func) if isinstance(node, ast.Call) else None


def _copied(node: ast.expr, own: OwnNames) -> str | None:
    """Return what a copy is made of: `sys.argv[:]`, `list(sys.argv)`, `sys.argv.copy()`."""
    match node:
        case ast.Subscript(held) | ast.Call(ast.Name("list"), [held]):
            return own.dotted(held)
        case ast.Call(ast.Attribute(held, "copy")):
            return own.dotted(held)
    return None
