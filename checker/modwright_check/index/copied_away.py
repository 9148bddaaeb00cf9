"""Modules that the project copies to another place, where they run without the project."""

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from modwright_check.index.evidence import Evidence
from modwright_check.static.source import Source

# shutil.copy and its like, methods of paths, and functions of the project around these.
_COPIES = re.compile(r"(?:^|_)copy")


def copied_away(evidence: Evidence) -> frozenset[str]:
    """Return the modules whose files a project copies by their names, and that it never imports.

    Into the environment of another Python, mostly: which one runs them there, and what that has,
    is not a matter of the project's metadata.

    Args:
        evidence: All that is known of the project.
    """
    copied = {stem for source in evidence.read.values() for stem in _copied_by(source)}
    return frozenset(
        name
        for name in evidence.read.keys() - evidence.importers.keys()
        if name.rpartition(".")[2] in copied
    )


def _copied_by(source: Source) -> Iterator[str]:
    """Yield the names, without their endings, of the files that a module copies."""
    for node in ast.walk(source.tree) if source.tree and "copy" in source.text else ():
        match node:
            case ast.Call(ast.Name(called) | ast.Attribute(attr=called)) if _COPIES.search(called):
                yield from _named(_what_is_copied(node))


def _what_is_copied(call: ast.Call) -> ast.expr:
    """Return the first of what a function is given; what a method with one argument is of."""
    if len(call.args) == 1 and isinstance(call.func, ast.Attribute):
        return call.func.value
    return next(iter(call.args), call.func)


def _named(file: ast.expr) -> Iterator[str]:
    """Yield how a path of a source ends: `folder / "start.py"`, or f"{folder}/start.{ending}"."""
    match file:
        case ast.BinOp(right=last) | ast.Call(args=[*_, last]):
            yield from _named(last)
        case ast.Constant(str(text)) if text.endswith(".py"):
            yield PurePosixPath(text).stem
        case ast.JoinedStr(values=[*_, last]) if isinstance(last, ast.Constant):
            yield from _named(last)
        case ast.JoinedStr(values=[*_, ast.Constant(str(text)), ast.FormattedValue()]):
            stem, dot, ending = text.rpartition("/")[2].partition(".")
            if dot and not ending:
                yield stem
