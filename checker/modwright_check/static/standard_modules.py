"""The modules of the standard library, as the Python that runs this has them."""

import ast
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from pathlib import Path


def standard_spec(module: str) -> ModuleSpec | None:
    """Return the spec of a module of the standard library; None when there is none of its name.

    Args:
        module: Its dotted name. The packages around it are imported: ask for no other library's.
    """
    try:
        return find_spec(module)
    except (ImportError, ValueError):  # its package is none, or it stands in for another module
        return None


def standard_tree(module: str) -> ast.Module:
    """Return the syntax tree of a module of the standard library; empty when it has no source.

    Args:
        module: As for `standard_spec`.
    """
    spec = standard_spec(module)
    try:
        return ast.parse(Path(spec.origin or "").read_bytes() if spec else b"")
    except (OSError, SyntaxError, ValueError):  # built in, frozen or an extension
        return ast.Module([], [])
