"""Import hooks that find no module, and only look on, or find something else than modules."""

import ast
from collections.abc import Iterator

from modwright_check.index.evidence import Evidence

_Function = ast.FunctionDef | ast.AsyncFunctionDef


def find_nothing(hooks: str, evidence: Evidence) -> bool:
    """Return whether each of these finders answers every question for a module with None.

    A finder may note what is imported again, or have `find_distributions` alone: the import goes
    on as if it were not there.

    Args:
        hooks: The names of their classes, with commas between.
        evidence: All that is known of the project.
    """
    return all(_finds_nothing(hook, evidence) for hook in hooks.split(", "))


def _finds_nothing(name: str, evidence: Evidence) -> bool:
    asked = list(_asked(name, evidence, set()))
    return bool(asked) and not any(map(_answers, asked))


def _asked(name: str, evidence: Evidence, seen: set[str]) -> Iterator[_Function]:
    """Yield the methods `find_spec` of the project's classes of a name, or of their bases."""
    seen.add(name)
    for source in evidence.read.values():
        if source.tree is None or f"class {name}" not in source.text:
            continue
        for each in ast.walk(source.tree):
            if isinstance(each, ast.ClassDef) and each.name == name:
                own = [one for one in each.body if getattr(one, "name", "") == "find_spec"]
                yield from (one for one in own if isinstance(one, _Function))
                bases = {ast.unparse(base).rpartition(".")[2] for base in each.bases}
                for base in () if own else bases - seen:
                    yield from _asked(base, evidence, seen)


def _answers(function: _Function) -> bool:
    """Return whether a function may return something, or raise an exception."""
    for node in ast.walk(function):
        match node:
            case ast.Return(None | ast.Constant(None)):
                pass
            case ast.Return() | ast.Raise():
                return True
    return False
