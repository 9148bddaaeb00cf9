"""Modules that the project copies to another place, where they run without the project."""

import ast
import re
from collections.abc import Iterator
from itertools import takewhile

from modwright_check.index.evidence import Evidence
from modwright_check.static.parts import nodes
from modwright_check.static.source import Source

# shutil.copy and its like, methods of paths, and functions of the project around these.
_COPIES = re.compile(r"(?:^|_)copy")
_MAY_COPY = re.compile(r"copy\w*\s*\(")  # which "copyright" mostly is not
_UNKNOWN = "…"  # what a name or a call stands for


def copied_away(evidence: Evidence) -> frozenset[str]:
    """Return the modules whose files a project copies by their names, and that it never imports.

    Into the environment of another Python, mostly: which one runs them there, and what that has,
    is not a matter of the project's metadata.

    Args:
        evidence: All that is known of the project.
    """
    copied = {ending for source in evidence.read.values() for ending in _copied_by(source)}
    return frozenset(
        name
        for name in evidence.read.keys() - evidence.importers.keys()
        if any(f".{name}".endswith(f".{ending}") for ending in copied)
    )


def _copied_by(source: Source) -> Iterator[str]:
    """Yield how the names end of the modules that a module copies, as far as it names them."""
    for node in nodes(source.tree) if source.tree and _MAY_COPY.search(source.text) else ():
        match node:
            case ast.Call(ast.Name(called) | ast.Attribute(attr=called)) if _COPIES.search(called):
                yield from _module("/".join(_written(_what_is_copied(node))))


def _module(path: str) -> Iterator[str]:
    """Yield what is known of a module's name by a path: `pages.start` of `…/pages/start.py`."""
    *folders, file = path.split("/")
    stem, _, ending = file.rpartition(".")
    if stem.isidentifier() and ending in {"py", _UNKNOWN}:
        known = [*takewhile(str.isidentifier, reversed(folders))]
        yield ".".join([*reversed(known), stem])


def _what_is_copied(call: ast.Call) -> ast.expr:
    """Return the first of what a function is given; what a method with one argument is of."""
    if len(call.args) == 1 and isinstance(call.func, ast.Attribute):
        return call.func.value
    return next(iter(call.args), call.func)


def _written(path: ast.expr) -> Iterator[str]:
    """Yield the parts of a path, as of `FOLDER / "pages" / f"start.{ending}"`."""
    match path:
        case ast.BinOp(left, ast.Div(), right):
            yield from (*_written(left), *_written(right))
        case ast.Call(args=[_, *_] as parts):
            yield from (text for part in parts for text in _written(part))
        case ast.Constant(str(text)):
            yield text
        case ast.JoinedStr(values=parts):
            yield "".join("".join(_written(each)) for each in parts)
        case _:
            yield _UNKNOWN
