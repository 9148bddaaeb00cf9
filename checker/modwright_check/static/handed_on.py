"""What a module makes of the names that it imports: for others as well, or for itself alone."""

import ast

from modwright_check.static.source import Source


def hands_on(source: Source, module: str) -> bool:
    """Return whether others may find in a module what it imports from another one.

    It lists a name of it, derives a class from it, annotates or assigns something by it; or it
    makes no use of it, and so is there to offer it. What only the bodies of functions use stays
    inside.

    Args:
        source: The module that imports.
        module: The dotted name of the other one.
    """
    bound = {each.name for each in source.bindings if (each.origin[0] or "") == module}
    bound |= {
        each.name for each in source.bindings if ".".join(filter(None, each.origin)) == module
    }
    if not bound or source.tree is None:
        return True
    offered = set(source.exported or ())
    if source.is_package and not offered:
        offered = {name for name in bound if not name.startswith("_")}
    inside, outside = set[str](), set[str]()
    _read(source.tree, outside, inside)
    return not bound.isdisjoint(offered | outside | {"*"}) or not bound <= inside


def _read(node: ast.AST, outside: set[str], inside: set[str]) -> None:
    """Take down the names that are used, outside and inside of the bodies of functions."""
    waiting = [node]
    while waiting:
        match each := waiting.pop():
            case ast.Name(name, ast.Load()):
                outside.add(name)
            case ast.AnnAssign(annotation=annotation, value=ast.expr() as value):
                inside |= {part.id for part in ast.walk(value) if isinstance(part, ast.Name)}
                waiting.append(annotation)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
                body = each.body if isinstance(each.body, list) else [each.body]
                for inner in body:
                    inside |= {part.id for part in ast.walk(inner) if isinstance(part, ast.Name)}
                waiting += [part for part in ast.iter_child_nodes(each) if part not in body]
            case _:
                waiting += ast.iter_child_nodes(each)
