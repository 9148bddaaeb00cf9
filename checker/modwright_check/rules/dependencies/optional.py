"""Optional imports that no extra declares: MW207."""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from modwright_check.index.evidence import Evidence
from modwright_check.index.module_origins import Origin, Origins
from modwright_check.model.codes import finding
from modwright_check.model.report import Finding
from modwright_check.static.handlers import is_needed, makes_up
from modwright_check.static.source import Import, Source, Where


def judge(evidence: Evidence, origins: Origins) -> Iterator[Finding]:
    """Yield optional imports that no extra installs.

    If the handler provides a replacement, nothing is lost, and nothing is reported; nor where no
    admitted Python comes to the import.

    Args:
        evidence: All that is known of the project.
        origins: Where modules come from.
    """
    for source in evidence.read.values():
        told: set[str] = set()
        beside = _by_handler(source)
        for statement in filter(_is_optional, source.imports):
            module = next(origins.imported(statement))
            top = module.partition(".")[0]
            if top in told or source.walk is None or not _is_undeclared(module, origins):
                continue
            if not statement.runs_on(evidence.admitted):
                continue
            handler = statement.handler
            if handler is None or makes_up(handler) or _comes_along(beside[handler], origins):
                continue
            told.add(top)
            needed = is_needed(source.walk, handler)
            how = "some features raise an error" if needed else "it works with fewer features"
            name = origins.names.recommended(module)
            provider = name or f"the distribution that provides {module}"
            yield finding(
                "MW207",
                source.module,
                f"optionally imports {module}, but no extra installs it: {how} without it",
                f"Add {provider} to an extra in `optional-dependencies`, and mention "
                f"`pip install {evidence.about.name}[EXTRA]` in the error message.",
                source.file,
                statement.line,
            )


def _by_handler(source: Source) -> Mapping[ast.ExceptHandler, list[Import]]:
    """Return the guarded imports of a module by what runs when they fail."""
    found: dict[ast.ExceptHandler, list[Import]] = defaultdict(list)
    for statement in source.imports:
        if statement.guarded and (handler := statement.handler):
            found[handler].append(statement)
    return found


def _comes_along(statements: Iterable[Import], origins: Origins) -> bool:
    """Return whether the same `try` imports what is declared, with which this may come."""
    return any(
        not _is_undeclared(module, origins) and origins.of(module) is Origin.MISSING
        for statement in statements
        for module in origins.imported(statement)
    )


def _is_optional(statement: Import) -> bool:
    return statement.guarded and not statement.main and statement.where is not Where.FOR_TYPES


def _is_undeclared(module: str, origins: Origins) -> bool:
    declared = origins.declared
    names = {*declared.always, *declared.elsewhere}.union(*declared.extras.values())
    if origins.of(module) is not Origin.MISSING or origins.names.may_come_from(module, names):
        return False
    return origins.extras.bringing(module) is None and origins.extras.all_known
