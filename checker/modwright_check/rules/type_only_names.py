"""MW320: a name that is imported for type checkers alone is used as a function runs."""

import re
from collections.abc import Iterator

from modwright_check.index.evidence import Evidence
from modwright_check.model.codes import finding
from modwright_check.model.report import Finding
from modwright_check.static.for_types_only import used_as_it_runs
from modwright_check.static.source import Source, Where


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Yield the first use of each such name in a module.

    Args:
        evidence: All that is known of the project.
    """
    for source in evidence.judged.values():
        told: set[str] = set()
        for name, line in used_as_it_runs(source):
            if name in told or _is_set_by_another(name, source.module, evidence):
                continue
            if _is_bound_as_a_submodule(name, source):
                continue
            told.add(name)
            yield finding(
                "MW320",
                source.module,
                f"uses {name} when a function is called, but imports it for type checkers alone",
                "Import it outside of `if TYPE_CHECKING`, or in the function itself.",
                source.file,
                line,
            )


def _is_bound_as_a_submodule(name: str, source: Source) -> bool:
    """Return whether a package imports a module of its own by this name as it runs.

    Python binds it in the package then, wherever the import stands.
    """
    return source.is_package and any(
        each.where is not Where.FOR_TYPES and each.may_name(f"{source.module}.{name}")
        for each in source.imports
    )


def _is_set_by_another(name: str, module: str, evidence: Evidence) -> bool:
    """Return whether another module may give this one the name: `prices.Decimal = Decimal`.

    So may `setattr` of this name or of a computed one, but not on `self` or `cls`.
    """
    last, own = module.rpartition(".")[2], re.escape(name)
    given = rf"""setattr\(\s*(?!(?:self|cls)\b)[^,]+,\s*(?:["']{own}["']|[^"'\s])"""
    sign = re.compile(rf"\b\w+\.{own}\s*=(?!=)|{given}")
    return any(
        last in source.text and sign.search(source.text)
        for source in evidence.read.values()
        if name in source.text and source.module != module
    )
