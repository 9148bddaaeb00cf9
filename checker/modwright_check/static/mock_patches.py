"""Patches of `unittest.mock` that a module starts when it is imported, and does not stop."""

import ast
from collections.abc import Iterator, Mapping

from modwright_check.static.always_run import always_run, calls
from modwright_check.static.dotted_names import dotted, origins
from modwright_check.static.patches import INTERPRETER, Patch
from modwright_check.static.source import Source

_PATCHERS = {"mock.patch", "unittest.mock.patch"}
_OF_OBJECTS = {f"{each}.object" for each in _PATCHERS}


def mock_patches(source: Source) -> Iterator[Patch]:
    """Yield what a module patches from its import on: `mock.patch("json.dumps").start()`.

    Args:
        source: Of the module.
    """
    if source.tree is None or "patch" not in source.text or ".start(" not in source.text:
        return
    names, kept, started = origins(source), dict[str, str](), dict[str, Patch]()
    for statement, _ in always_run(source.tree.body):
        for call in calls(statement):
            match call.func:
                case ast.Attribute(ast.Call() as made, "start") if name := _patched(made, names):
                    started[ast.unparse(made)] = Patch(name, call.lineno)
                case ast.Attribute(ast.Name(patcher), "start") if patcher in kept:
                    started[patcher] = Patch(kept[patcher], call.lineno)
                case ast.Attribute(ast.Name(patcher), "stop"):
                    started.pop(patcher, None)
                case ast.Attribute(each, "stopall") if dotted(each, names) in _PATCHERS:
                    started.clear()
        match statement:
            case ast.Assign([ast.Name(patcher)], ast.Call() as made):
                if name := _patched(made, names):
                    kept[patcher] = name
    for patch in started.values():
        if patch.name.partition(".")[0] not in INTERPRETER:
            yield patch


def _patched(call: ast.Call, names: Mapping[str, str]) -> str:
    """Return the dotted name that a call makes a patch of; empty when it makes none."""
    made = dotted(call.func, names)
    match call.args:
        case [ast.Constant(str(target)), *_] if made in _PATCHERS:
            return target
        case [owner, ast.Constant(str(name)), *_] if made in _OF_OBJECTS:
            of = dotted(owner, names)
            return f"{of}.{name}" if of else ""
    return ""
