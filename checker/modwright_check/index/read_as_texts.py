"""Modules that the project reads as texts: it looks into them, and nobody imports them."""

import ast
import re
from collections.abc import Iterator

from modwright_check.index.evidence import Evidence
from modwright_check.static.source import Source

# Of `name + "_rules.py"`, and of f"{name}_rules.py".
_END = re.compile(r"[\"'{}]([_-]\w+)\.py[\"']")
_READERS = {"get_data", "open", "read_bytes", "read_text"}
_READS = re.compile(r"\b(?:get_data|read_text|read_bytes|open)\(")
_RUNS = re.compile(r"import_module|__import__|spec_from_file|runpy|exec\(|subprocess|Popen")


def read_as_texts(evidence: Evidence) -> frozenset[str]:
    """Return the modules of a folder that another module names, with how the files' names end.

    Or one that it reads by its file's name, beside itself. That one reads files, and neither
    imports any by a name that it makes, nor has them run.

    Args:
        evidence: All that is known of the project.
    """
    return frozenset(
        name
        for source in evidence.read.values()
        if _READS.search(source.text) and not _RUNS.search(source.text)
        for name in _read_by(source, evidence)
    )


def _read_by(source: Source, evidence: Evidence) -> Iterator[str]:
    unimported = evidence.read.keys() - evidence.importers.keys()
    for end in set(_END.findall(source.text)):
        for name in unimported:
            if name.endswith(end) and _names_its_folder(name, source):
                yield name
    yield from unimported & {*_read_beside(source)}


def _read_beside(source: Source) -> Iterator[str]:
    """Yield what a module reads in its own folder: `(Path(__file__).parent / "app.py").open()`."""
    for node in ast.walk(source.tree) if source.tree and "__file__" in source.text else ():
        match node:
            case ast.Call(ast.Name(function) | ast.Attribute(attr=function)):
                parts = [*ast.walk(node)] if function in _READERS else []
            case _:
                continue
        if any(isinstance(each, ast.Name) and each.id == "__file__" for each in parts):
            texts = (each.value for each in parts if isinstance(each, ast.Constant))
            files = (each for each in texts if isinstance(each, str) and each.endswith(".py"))
            yield from (f"{source.package}.{each.removesuffix('.py')}" for each in files)


def _names_its_folder(name: str, source: Source) -> bool:
    folder = name.rpartition(".")[0].rpartition(".")[2]
    return re.search(rf"[\"'/]{re.escape(folder)}[\"'/]", source.text) is not None
