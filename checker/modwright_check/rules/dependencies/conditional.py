"""Conditional imports of first-party modules that the wheel does not contain: MW206."""

from collections.abc import Iterator

from modwright_check.index.evidence import Evidence
from modwright_check.index.misplaced_modules import Search
from modwright_check.index.module_origins import Origin, Origins
from modwright_check.model.codes import finding
from modwright_check.model.report import Finding
from modwright_check.static.source import Import, Source, Where


def judge(evidence: Evidence, origins: Origins) -> Iterator[Finding]:
    """Yield imports that have not run here, and fail wherever they run.

    A wheel for one system says nothing of what the others hold. What imports here without the
    missing module has not run that line; without a condition it would have failed, and been told.

    Args:
        evidence: All that is known of the project.
        origins: Where modules come from.
    """
    if not evidence.wheel.name.endswith("-none-any.whl"):
        return
    search = Search(evidence, origins)
    for source in evidence.read.values():
        told: set[str] = set()
        for statement in filter(_is_unprepared, source.imports):
            for module in dict.fromkeys(origins.imported(statement)):
                if (
                    module not in told
                    and _is_missing(module, evidence, origins)
                    and _has_a_condition(statement, source, evidence)
                    and not search.misplaced(statement, source)
                ):
                    told.add(module)
                    yield _finding(module, statement, source)


def _is_unprepared(statement: Import) -> bool:
    """Return whether an import is not prepared for failure, nor left to type checkers."""
    return statement.is_first_choice and not statement.may_fail


def _has_a_condition(statement: Import, source: Source, evidence: Evidence) -> bool:
    """Return whether a condition decides about an import that somebody's Python may run."""
    if statement.where is Where.IN_FUNCTION:  # the others in functions are told as what they are
        conditional = statement.platforms or statement.versions
    else:
        outcome = evidence.outcomes.get(source.module)
        loaded = outcome is not None and outcome.loaded
        conditional = loaded and statement.in_a_branch
    return conditional and statement.runs_on(evidence.admitted)


def _is_missing(module: str, evidence: Evidence, origins: Origins) -> bool:
    """Return whether nothing of the project can become this module, wherever it is built."""
    if origins.of(module) is not Origin.OWN_MISSING or origins.in_another_case(module):
        return False
    return not (origins.makes_modules(module) or _is_there_to_build(module, evidence))


def _is_there_to_build(module: str, evidence: Evidence) -> bool:
    """Return whether a file of this name lies in its package: `_speed.c`, `_speed.pyx`."""
    package, _, last = module.rpartition(".")
    source = evidence.read.get(package)
    if evidence.project is None or source is None:
        return False
    folder = (evidence.project / source.file).parent
    return any(file.stem.partition(".")[0] == last for file in folder.glob(f"{last}*"))


def _finding(module: str, statement: Import, source: Source) -> Finding:
    return finding(
        "MW206",
        source.module,
        f"imports {module} under a condition, but the wheel does not contain it",
        "Correct the name, or configure the build back end to include the module.",
        source.file,
        statement.line,
    )
