"""Calls that change or read process-wide state at import."""

import ast
from collections.abc import Iterator, Mapping

from modwright_check.static.source import Source

# Generators of random numbers that all modules of a process share.
_SEEDS = {"random.seed", "numpy.random.seed", "torch.manual_seed"}
_PARSERS = {"argparse.ArgumentParser", "optparse.OptionParser"}
_PARSES = {"parse_args", "parse_known_args", "parse_intermixed_args"}


def seeds(source: Source) -> Iterator[tuple[str, int]]:
    """Yield the shared generators of random numbers that a module seeds, with lines.

    Only calls that run in any case are among them, not those in branches and functions.

    Args:
        source: Of the module.
    """
    origins = _origins(source)
    for call in _calls(source.tree.body if source.tree else []):
        name = _dotted(call.func, origins)
        if name in _SEEDS:
            yield name, call.lineno


def parses_the_command_line(source: Source) -> Iterator[int]:
    """Yield the lines in which a module parses the command line of whoever imports it.

    Args:
        source: Of the module.
    """
    origins = _origins(source)
    body = source.tree.body if source.tree else []
    parsers = {
        target.id
        for node in body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
        if _dotted(node.value.func, origins) in _PARSERS
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for call in _calls(body):
        match call:
            case ast.Call(ast.Attribute(ast.Name(name), how), [], []) if name in parsers:
                if how in _PARSES:
                    yield call.lineno
            case ast.Call(ast.Attribute(ast.Call(made), how), [], []) if how in _PARSES:
                if _dotted(made, origins) in _PARSERS:
                    yield call.lineno


def _calls(body: list[ast.stmt]) -> Iterator[ast.Call]:
    for node in body:
        match node:
            case ast.Expr(ast.Call() as call) | ast.Assign(value=ast.Call() as call):
                yield call
            case ast.With(body=inner) | ast.Try(body=inner):
                yield from _calls(inner)


def _origins(source: Source) -> Mapping[str, str]:
    """Return the dotted names of what a module imports, by what it is called here."""
    found = {}
    for binding in source.bindings:
        module, entry = binding.origin
        if binding.imported:
            found[binding.name] = f"{module}.{entry}" if entry else module
        else:
            found.pop(binding.name, None)
    return found


def _dotted(node: ast.expr, origins: Mapping[str, str]) -> str:
    match node:
        case ast.Name(name):
            return origins.get(name, "")
        case ast.Attribute(base, name) if before := _dotted(base, origins):
            return f"{before}.{name}"
    return ""
