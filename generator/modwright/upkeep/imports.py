"""Imports of a project's own modules that are not there any more after a change."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from modwright.git import run_git
from modwright.upkeep.trees import Checkout


def lost_imports(checkout: Checkout, before: Iterable[str], after: str) -> list[str]:
    """Return each import of a module that is gone, as `file:line imports module`.

    Args:
        checkout: The project.
        before: Trees of which each module could be imported.
        after: The tree whose files are read.
    """
    gone = set().union(*(_modules(checkout, tree) for tree in before)) - _modules(checkout, after)
    if not gone:
        return []
    return [
        f"{path}:{line} imports {module}"
        for path in _mentioning(checkout, gone, after)
        for line, module in _imports(checkout, after, path)
        if module in gone
    ]


def _modules(checkout: Checkout, tree: str) -> set[str]:
    return {_name(path) for path in checkout.files(tree) if path.endswith((".py", ".pyi"))}


def _name(path: str) -> str:
    """Return the name by which a file is imported, in `src/` or beside it."""
    parts = PurePosixPath(path.removeprefix("src/")).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _mentioning(checkout: Checkout, modules: Iterable[str], tree: str) -> list[str]:
    words = sorted({module.rpartition(".")[2] for module in modules})
    patterns = [word for name in words for word in ("-e", name)]
    asked = ("grep", "-l", "-z", "-w", "-I", "-F", *patterns, tree, "--", "*.py", "*.pyi")
    found = run_git(checkout.top, *asked).stdout
    return sorted(entry.partition(":")[2] for entry in found.split("\0")[:-1])


def _imports(checkout: Checkout, tree: str, path: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the name of whatever may be a module that a file imports."""
    try:
        parsed = ast.parse(checkout.content(f"{tree}:{path}"))
    except (SyntaxError, ValueError):  # a conflict, perhaps
        return
    package = _name(path).split(".")
    if PurePosixPath(path).stem != "__init__":
        package = package[:-1]
    for node in ast.walk(parsed):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, alias.name) for alias in names)
            case ast.ImportFrom(module=module, names=names, level=level):
                around = package[: len(package) - level + 1] if level else []
                origin = ".".join([*around, *([module] if module else [])])
                yield node.lineno, origin
                yield from ((node.lineno, f"{origin}.{alias.name}") for alias in names)
