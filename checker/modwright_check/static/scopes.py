"""The imported names of a scope."""

import ast
from collections.abc import Iterable, Iterator, Sequence

from modwright_check.static.bindings import captured
from modwright_check.static.parts import parts

# By name: the module, or `module:name`, that it stands for; None for something else.
Scope = dict[str, str | None]
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
_BIND_NOTHING = (ast.Attribute, ast.Call, ast.Dict, ast.List, ast.Tuple)  # most of what there is
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def scope_of(body: Iterable[ast.stmt]) -> Scope:
    """Return what the names of one scope stand for; None for all that is not plainly imported.

    Args:
        body: The statements of a module, a class or a function.
    """
    scope: Scope = {}
    for name, key in _bound(body):
        scope[name] = key if scope.get(name, key) == key else None
    return scope


def scope_of_parameters(arguments: ast.arguments) -> Scope:
    """Return the scope of a function's parameters, which stand for nothing known."""
    return dict.fromkeys(argument.arg for argument in parameters(arguments))


def scope_of_targets(generators: Iterable[ast.comprehension]) -> Scope:
    """Return the scope of a comprehension's own names."""
    nodes = (node for each in generators for node in ast.walk(each.target))
    return {node.id: None for node in nodes if isinstance(node, ast.Name)}


def key_of(node: ast.expr, scopes: Sequence[Scope]) -> str | None:
    """Return what a name or an attribute stands for; None when nobody knows.

    Args:
        node: The expression.
        scopes: The innermost last. What none of them binds is a builtin.
    """
    match node:
        case ast.Name(name):
            for scope in reversed(scopes):
                if name in scope:
                    return scope[name]
            return None if "*" in scopes[0] else f"builtins:{name}"
        case ast.Attribute(value, attribute):
            base = key_of(value, scopes)
            return base and f"{base.replace(':', '.')}:{attribute}"
    return None


def parameters(arguments: ast.arguments) -> Iterator[ast.arg]:
    """Yield all parameters of a function."""
    yield from (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
    yield from (each for each in (arguments.vararg, arguments.kwarg) if each)


def evaluated_outside(node: Definition) -> list[ast.expr]:
    """Return what a definition evaluates in the scope around it, annotations left aside."""
    if isinstance(node, ast.ClassDef):
        keywords = (each.value for each in node.keywords)
        return [*node.decorator_list, *node.bases, *keywords]
    defaults = (each for each in node.args.kw_defaults if each)
    return [*node.decorator_list, *node.args.defaults, *defaults]


def _bound(body: Iterable[ast.stmt]) -> Iterator[tuple[str, str | None]]:
    waiting: list[ast.AST] = list(body)
    while waiting:
        node = waiting.pop()
        if not isinstance(node, _BIND_NOTHING):
            yield from _bound_by(node)
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                waiting += evaluated_outside(node)
            case ast.Lambda():
                continue
            case _ if isinstance(node, _COMPREHENSIONS):
                # Whose own names stay inside, but for those of `:=` (PEP 572).
                waiting += (each for each in ast.walk(node) if isinstance(each, ast.NamedExpr))
            case _:
                waiting += parts(node)


def _bound_by(node: ast.AST) -> Iterator[tuple[str, str | None]]:
    match node:
        case ast.Import(names):
            for alias in names:
                top = alias.name.partition(".")[0]
                yield (alias.asname, alias.name) if alias.asname else (top, top)
        case ast.ImportFrom(module, names, level):
            for alias in names:
                yield alias.asname or alias.name, None if level else f"{module}:{alias.name}"
        case ast.Name(name, ast.Store() | ast.Del()):
            yield name, None
        case (
            ast.FunctionDef(name)
            | ast.AsyncFunctionDef(name)
            | ast.ClassDef(name)
            | ast.ExceptHandler(name=str(name))
        ):
            yield name, None
        case ast.pattern():
            yield from ((name, None) for name, _ in captured(node))
