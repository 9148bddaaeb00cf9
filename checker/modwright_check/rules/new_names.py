"""Names that others' modules and classes get, and which nobody there misses."""

import ast
from pathlib import Path

from modwright_check.index.evidence import Evidence
from modwright_check.static.names import mentions
from modwright_check.static.reading import read_code


def is_new(patched: str, evidence: Evidence) -> bool:
    """Return whether all names that are assigned to are new where they are put.

    Args:
        patched: Dotted names of attributes of modules and classes, with commas between them.
        evidence: All that is known of the project.
    """
    return not any(_is_mentioned(name, evidence) for name in patched.split(", "))


def _is_mentioned(name: str, evidence: Evidence) -> bool:
    """Return whether a module or a class may have an attribute, or a package the submodule."""
    if _file(name, evidence):
        return True
    owner, _, attribute = name.rpartition(".")
    file = _file(owner, evidence)
    if file is None:  # it is no module
        module, _, class_ = owner.rpartition(".")
        file = _file(module, evidence) if module else None
        if file is None or not _is_whole(class_, file):
            return True
    if mentions(file, "__getattr__") or b"import *" in file.read_bytes():
        return True
    return mentions(file, attribute)


def _file(module: str, evidence: Evidence) -> Path | None:
    path = evidence.environment.site_packages.joinpath(*module.split("."))
    files = path.with_suffix(".py"), path / "__init__.py", evidence.standard.file(module)
    return next((each for each in files if each and each.is_file()), None)


def _is_whole(name: str, file: Path) -> bool:
    """Return whether a file defines a class with all that it inherits from."""
    try:
        tree = ast.parse(read_code(file))
    except (OSError, SyntaxError, ValueError):
        return False
    classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    waiting, seen = [name], {"object"}
    while waiting:
        node = classes.get(waiting.pop())
        if node is None or node.keywords:
            return False
        bases = [each.id if isinstance(each, ast.Name) else "" for each in node.bases]
        waiting += (each for each in bases if each not in seen)
        seen |= {*bases, node.name}
    return True
