"""Names that stand for what may be missing, through the modules that hand them on."""

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

from modwright_check.index.evidence import Evidence
from modwright_check.index.module_origins import Origin, Origins
from modwright_check.model.import_result import NO_ATTRIBUTE, Failure, Outcome
from modwright_check.static.bindings import Binding
from modwright_check.static.catching import handler_for_imports
from modwright_check.static.handlers import answered_by, spans
from modwright_check.static.source import Source

_NO_NAME = re.compile(r"cannot import name '(?P<name>\w+)' from '(?P<module>[\w.]+)'")
# What happens to who takes for granted what is None, or was never bound.
_UNBOUND = re.compile(r"name '\w+' is not defined|'NoneType' object |NoneType takes no ")
_HANDED_ON = 5  # from module to module


class Optional(NamedTuple):
    """What a failure comes down to.

    Args:
        module: Of another distribution, which is missing, and which a handler expects to be.
        through: The module of the project that tried to import it; None when that has raised the
            very exception.
    """

    module: str
    through: str | None = None


def behind(failure: Outcome | Failure, evidence: Evidence, origins: Origins) -> Optional | None:
    """Return what is missing when a failure comes of a name that a `try` could not import.

    Its handler has raised the exception, or a module takes the name from the one that has tried,
    and it is not there, or nothing.

    Args:
        failure: Of an import, or of an export.
        evidence: All that is known of the project.
        origins: Where modules come from.
    """
    answered = [
        *answered_by(failure.frames, evidence.environment.site_packages, evidence.walk_over),
        *_missed_by_own(failure, evidence),
    ]
    first = next((name for name in answered if origins.of(name) is Origin.MISSING), None)
    if first:
        return Optional(first)
    pattern = {"ImportError": _NO_NAME, "AttributeError": NO_ATTRIBUTE}.get(failure.error or "")
    if said := pattern and pattern.match(failure.message):
        return _tried(said["module"], said["name"], evidence, origins)
    return _named_at(failure, evidence, origins)


def _missed_by_own(failure: Outcome | Failure, evidence: Evidence) -> Iterator[str]:
    """Yield what the project's modules miss whose failed import a handler of its own answers."""
    source, line = evidence.at(failure.frames) or (None, 0)
    for statement in source.imports if source else ():
        outcome = evidence.outcomes.get(statement.module)
        if statement.handler and spans(statement.handler, line) and outcome and outcome.missing:
            yield outcome.missing


def _named_at(failure: Outcome | Failure, evidence: Evidence, origins: Origins) -> Optional | None:
    """Return what a name at the failing line stands for, or one that is asked before it raises."""
    place = evidence.at(failure.frames)
    if place is None:
        return None
    source, line = place
    raises = evidence.raised_in(failure.frames) is not None
    if not raises and not _UNBOUND.match(failure.message):
        return None
    names = _asked_before(source, line) if raises else _used(source, line)
    found = (_tried(source.module, name, evidence, origins) for name in names)
    return next(filter(None, found), None)


def _asked_before(source: Source, line: int) -> Iterator[str]:
    for node in ast.walk(source.tree) if source.tree else ():
        if isinstance(node, ast.If) and any(spans(each, line) for each in node.body):
            yield from (each.id for each in ast.walk(node.test) if isinstance(each, ast.Name))


def _used(source: Source, line: int) -> Iterator[str]:
    for node in ast.walk(source.tree) if source.tree else ():
        if isinstance(node, ast.Name) and node.lineno == line:
            yield node.id


def _tried(module: str, name: str, evidence: Evidence, origins: Origins) -> Optional | None:
    """Return what a name of a module of the project stands for, if it is missing there."""
    for _ in range(_HANDED_ON):
        source = evidence.read.get(module)
        if source is None or source.tree is None:
            return None
        for binding in source.bindings:
            if binding.name != name:
                continue
            if optional := _missing_with(source, binding, evidence, origins):
                return Optional(optional, module)
            if _is_left_out(source, binding, evidence, origins):
                return Optional(binding.origin[0], module)
            handed_on, entry = binding.origin
            if binding.imported and handed_on in evidence.read and entry:
                module, name = handed_on, entry
                break
        else:
            return None
    return None


def _missing_with(
    source: Source, binding: Binding, evidence: Evidence, origins: Origins
) -> str | None:
    """Return what is missing of what the `try` around a binding imports: `HAS_X = True` is one.

    What its `else` binds is there only when all of it is. A module of the project that it imports
    may be what misses it.
    """
    handler = _answer(binding)
    imported = (
        statement.module
        for statement in source.imports
        if handler and statement.guarded and statement.handler is handler
    )
    outcomes = ((name, evidence.outcomes.get(name)) for name in imported)
    missed = (outcome.missing if outcome else name for name, outcome in outcomes)
    return next((name for name in missed if name and origins.of(name) is Origin.MISSING), None)


def _is_left_out(source: Source, binding: Binding, evidence: Evidence, origins: Origins) -> bool:
    """Return whether a module does without what it imports, however it manages to."""
    outcome = evidence.outcomes.get(source.module)
    is_missing = binding.imported and origins.of(binding.origin[0]) is Origin.MISSING
    return is_missing and outcome is not None and outcome.loaded


def _answer(binding: Binding) -> ast.ExceptHandler | None:
    """Return the handler that runs in the place of a binding when an import has failed."""
    for around in binding.context.chain() if binding.context else ():
        node = around.node
        if isinstance(node, ast.Try) and any(spans(each, binding.line) for each in node.orelse):
            return handler_for_imports(node)
    return binding.context.answers() if binding.context else None
