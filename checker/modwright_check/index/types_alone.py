"""The modules that are there for type checkers: the project imports them for its annotations."""

import ast
import re
from collections import defaultdict
from collections.abc import Collection, Iterator

from modwright_check.index.evidence import Evidence
from modwright_check.model.facts import Fact
from modwright_check.static.source import Import, Source, Where

_KINDS = {"TypedDict", "Protocol", "Generic"}  # of classes that only say what others hold


def for_types_alone(evidence: Evidence) -> frozenset[str]:
    """Return the modules that the others import for type checkers, and at run time not at all.

    With them goes what only they import: they never run.

    Args:
        evidence: All that is known of the project.
    """
    imports: dict[str, set[str]] = defaultdict(set)
    for name, group in evidence.importers.items():
        for each in group:
            imports[each.source.module].add(name)
    asked = _asked_for_types(evidence)
    waiting = [name for name in evidence.read if name in asked]
    found: set[str] = set()
    while waiting:
        if (name := waiting.pop()) not in found:
            found.add(name)
            waiting += imports[name]
    while run := {name for name in found if _runs(name, found, evidence)}:
        found -= run
    return frozenset(found)


def facts_about(module: str, for_types: Collection[str], evidence: Evidence) -> Iterator[Fact]:
    """Yield what is to be said for a module that only annotations ask for.

    Args:
        module: Its dotted name.
        for_types: What `for_types_alone` has found.
        evidence: All that is known of the project.
    """
    if module in for_types:
        yield Fact.FOR_TYPES_ALONE
        source = evidence.read.get(module)
        if source is not None and _runs_nothing(source):
            yield Fact.RUNS_NOTHING


def _runs_nothing(source: Source) -> bool:
    """Return whether a module has classes, but no function, and no class that makes anything."""
    nodes = list(ast.walk(source.tree)) if source.tree else []
    protocols = (node for node in nodes if _derives_from(node, {"Protocol"}))
    of_protocols = {method for each in protocols for method in ast.walk(each)}
    functions = ast.FunctionDef | ast.AsyncFunctionDef
    if any(isinstance(node, functions) and node not in of_protocols for node in nodes):
        return False
    top = source.module.partition(".")[0]
    own = {each.name for each in nodes if isinstance(each, ast.ClassDef)}
    taken = {name for each in source.imports for name in each.names if each.top == top}
    kinds = {*_KINDS, *own, *taken}
    classes = [node for node in nodes if isinstance(node, ast.ClassDef)]
    is_made = (each.decorator_list or not _derives_from(each, kinds) for each in classes)
    return bool(classes) and not any(is_made)


def _derives_from(node: ast.AST, names: Collection[str]) -> bool:
    bases = node.bases if isinstance(node, ast.ClassDef) else ()
    words = (re.findall(r"\w+", ast.unparse(base).partition("[")[0])[-1:] for base in bases)
    return bool(bases) and all(set(each) <= set(names) for each in words)


def _asked_for_types(evidence: Evidence) -> set[str]:
    return {
        name
        for source in evidence.read.values()
        for statement in source.imports
        if statement.where is Where.FOR_TYPES
        for name in _named(statement)
        if name != source.module
    }


def _named(statement: Import) -> set[str]:
    return {statement.module, *(f"{statement.module}.{name}" for name in statement.names)}


def _runs(module: str, found: set[str], evidence: Evidence) -> bool:
    """Return whether a module outside of these imports one of them when it runs."""
    importers = evidence.importers.get(module, ())
    return any(each.source.module not in found for each in importers)
