"""MW601 and MW602: what a module says it exports and does not have."""

import ast
from collections.abc import Iterator

from modwright_check.index.evidence import Evidence
from modwright_check.index.module_origins import Origins
from modwright_check.index.optional_names import behind
from modwright_check.model.codes import finding
from modwright_check.model.facts import Fact
from modwright_check.model.import_result import Unresolved
from modwright_check.model.report import Finding
from modwright_check.rules.platforms import misses_another_system
from modwright_check.static.statement_at import statement_at
from modwright_check.wheel.modules import Module

_TOLD = 3  # names after the first


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Tell of each export that fails when it is asked for.

    A lazy export that needs an extra which is not installed is on purpose, and so is one of
    another system's standard library.
    """
    origins = Origins(evidence)
    for module in evidence.modules:
        outcome = evidence.outcomes.get(module.name)
        unresolved = outcome.unresolved if outcome else ()
        missed = [
            export
            for export in unresolved
            if not _needs_an_extra(export, evidence, origins)
            and not _is_refused(module, export, evidence)
            and not (export.how == "lazy" and misses_another_system(export.failure))
        ]
        if of_all := [export for export in missed if export.how == "__all__"]:
            yield _not_there(module, of_all, evidence)
        for export in missed:
            if export.how == "list":
                yield _no_list(module, export, evidence)
            elif export.how == "lazy":
                yield _not_lazy(module, export, evidence)
            elif export.how == "endless" and export.failure.error == "RecursionError":
                yield _endless(module, evidence)
            elif export.how == "replaced":
                yield _not_again(module, export, evidence)


def _not_there(module: Module, missed: list[Unresolved], evidence: Evidence) -> Finding:
    """Return one finding for all that is missing: the first one of them breaks the star import."""
    first, *others = missed
    more = f" (and {', '.join(each.entry for each in others[:_TOLD])})" if others else ""
    if left := len(others[_TOLD:]):
        more = f"{more[:-1]} and {left} more)"
    message = f"__all__ names {first.entry}{more}, which {_said(first, evidence)}"
    hint = "Define it, or take it out of __all__: `from module import *` fails as it is."
    return _at_all(module, message, hint, evidence)


def _no_list(module: Module, export: Unresolved, evidence: Evidence) -> Finding:
    message = f"__all__ is no list of names: `from module import *` {_said(export, evidence)}"
    return _at_all(module, message, "Make it a list or a tuple of texts.", evidence)


def _at_all(module: Module, message: str, hint: str, evidence: Evidence) -> Finding:
    place = evidence.sources.in_project(module.path), _line_of("__all__", module, evidence)
    return finding("MW601", module.name, message, hint, *place)


def _not_lazy(module: Module, export: Unresolved, evidence: Evidence) -> Finding:
    place = evidence.sources.innermost(export.failure.frames) or _at_getattr(module, evidence)
    return finding(
        "MW602",
        module.name,
        f"the lazy export {export.entry} {_said(export, evidence)}",
        "Correct what the name stands for: its first user meets this.",
        *place,
    )


def _not_again(module: Module, export: Unresolved, evidence: Evidence) -> Finding:
    return finding(
        "MW602",
        module.name,
        f"the lazy export {export.entry} is {export.failure.message} from its second use on, "
        "since the first one imports it",
        f"Rename one of the two, or keep what was found: `globals()[{export.entry!r}] = …`.",
        *_at_getattr(module, evidence),
    )


def _endless(module: Module, evidence: Evidence) -> Finding:
    return finding(
        "MW602",
        module.name,
        "__getattr__ calls itself for a name that it does not know: hasattr raises RecursionError",
        "End it with `raise AttributeError(name)`; getattr of the module leads here again.",
        *_at_getattr(module, evidence),
        facts={Fact.OF_UNKNOWN_NAMES},
    )


def _at_getattr(module: Module, evidence: Evidence) -> tuple[str, int | None]:
    path = evidence.sources.in_project(module.path)
    return path, _line_of("__getattr__", module, evidence)


def _said(export: Unresolved, evidence: Evidence) -> str:
    error, message = export.failure.error, evidence.sources.shortened(export.failure.message)
    return f"fails with {error}: {message}" if error else message


def _is_refused(module: Module, export: Unresolved, evidence: Evidence) -> bool:
    """Return whether a module raises the AttributeError itself, as for names that it has given up.

    The tables that its `__getattr__` looks into may hold these too, with what to say of each.
    """
    failure = export.failure
    place = evidence.sources.innermost(failure.frames[-1:])
    own = evidence.read.get(module.name)
    promised = export.how == "__all__" or export.entry in ((own and own.exported) or ())
    if promised or failure.error != "AttributeError" or place is None:
        return False
    sources = (source for source in evidence.read.values() if source.file == place[0])
    return any(
        source.tree and isinstance(statement_at(source.tree, place[1]), ast.Raise)
        for source in sources
    )


def _line_of(name: str, module: Module, evidence: Evidence) -> int | None:
    source = evidence.read.get(module.name)
    return dict(source.definitions).get(name) if source else None


def _needs_an_extra(export: Unresolved, evidence: Evidence, origins: Origins) -> bool:
    """Return whether an export needs what an extra brings; its module may say that itself."""
    optional = behind(export.failure, evidence, origins)
    missing = export.failure.missing or (optional.module if optional else "")
    top = missing.partition(".")[0]
    if not top or top in evidence.standard or evidence.sources.answers_for(top):
        return False
    return origins.is_for_some(missing)
