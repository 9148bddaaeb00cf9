"""Imports inside functions, which fail only when they are called: MW205 and MW206."""

from collections.abc import Iterator
from re import compile as pattern

from modwright_check.index.evidence import Evidence
from modwright_check.index.experiments import tried
from modwright_check.index.hosts import is_promised
from modwright_check.index.misplaced_modules import Search
from modwright_check.index.module_origins import Origin, Origins
from modwright_check.model.codes import finding
from modwright_check.model.report import Finding, Severity
from modwright_check.rules.dependencies.messages import missing, not_in, other_version
from modwright_check.rules.dependencies.standard_names import StandardNames
from modwright_check.static.names import mentions
from modwright_check.static.optional_imports import OptionalImports, is_adapter, top_of
from modwright_check.static.source import Import, Source, Where

_FOR_TESTS = pattern(r"_?(tests?|testing|conftest|test_\w+)")


def judge(evidence: Evidence, origins: Origins) -> Iterator[Finding]:
    """Yield the imports inside functions that cannot work with what is declared.

    What an extra brings is rightly imported where it is needed, and of what the project knows to
    be optional MW207 tells. Each distribution is told once a module.

    Args:
        evidence: All that is known of the project.
        origins: Where modules come from.
    """
    search = Search(evidence, origins)
    optional = OptionalImports(evidence.read)
    standard = StandardNames(evidence)
    for source in evidence.read.values():
        told: set[tuple[str, str]] = set()
        failing = {top_of(each) for each in source.imports if _fails(each, origins)}
        last_known = 0
        for statement in source.imports:
            if statement.module.startswith("."):
                if _is_deferred(statement):
                    yield _above_the_top(statement, source)
                continue
            own = origins.of(statement.module) in {Origin.OWN, Origin.OWN_MISSING}
            if top_of(statement) in failing:
                continue  # nobody gets as far as to call the function
            in_a_row = statement.line == last_known + 1  # zope.interface comes along with twisted
            known = in_a_row or optional.known(statement, source)
            if not own and (statement.guarded or known):
                last_known = statement.line
                continue
            if not _is_deferred(statement) or search.misplaced(statement, source):
                continue
            for found in _judge(statement, source, origins, evidence, standard):
                whole = own or found.code == "MW205"
                key = (found.code, found.message if whole else top_of(statement))
                if key not in told:
                    told.add(key)
                    yield found


def _above_the_top(statement: Import, source: Source) -> Finding:
    what = f"{statement.module}, which lies above the top-level package"
    hint = "Take away dots: one is for the package of this module, each more goes up by one."
    return _finding("MW206", what, hint, statement, source)


def _judge(
    statement: Import,
    source: Source,
    origins: Origins,
    evidence: Evidence,
    standard: StandardNames,
) -> Iterator[Finding]:
    for module in dict.fromkeys(origins.imported(statement)):
        if origins.in_another_case(module) and not origins.holds(module):
            continue
        match origins.of(module):
            case Origin.MISSING if not origins.is_for_some(module):
                yield _missing(module, statement, source, origins)
            case Origin.PART_MISSING:
                why = missing(module, origins)
                what = f"{module}, which {why.reason}"
                yield _finding(why.code, what, why.hint, statement, source)
            case Origin.OWN_MISSING if not origins.makes_modules(module):
                hint = "Correct its name, or have the build back end take it in."
                what = f"{module}, which the wheel does not hold"
                yield _finding("MW206", what, hint, statement, source)
            case Origin.PYTHON:
                for imported in standard.lacking(statement):
                    what = f"{imported}, which the standard library does not have"
                    yield _finding("MW206", what, "Correct its name.", statement, source)
            case Origin.INSTALLED | Origin.OWN if module == statement.module:
                yield from _names(statement, source, origins, evidence)


def _missing(module: str, statement: Import, source: Source, origins: Origins) -> Finding:
    why = missing(module, origins)
    code = why.code if why.code == "MW202" else "MW206"
    severity = Severity.WARNING if is_adapter(statement, source) else None
    what = f"{module}, which {why.reason}"
    return _finding(code, what, why.hint, statement, source, severity=severity)


def _is_for_tests(source: Source) -> bool:
    return any(map(_FOR_TESTS.fullmatch, source.module.split(".")))


def _names(
    statement: Import, source: Source, origins: Origins, evidence: Evidence
) -> Iterator[Finding]:
    """Yield the names that a module does not have, and nowhere mentions."""
    file = origins.installed.file(statement.module)
    bringing = next(iter(origins.bringing(statement.module)), None)
    for name in dict.fromkeys(statement.names):
        imported = f"{statement.module}.{name}"
        if file is None or name == "*" or mentions(file, name) or origins.holds(imported):
            continue
        if origins.in_another_case(imported) or is_promised(statement.module, name, origins):
            continue  # MW315 tells of it; or the program sets it that runs this
        if not _lacks(statement.module, name, evidence):
            continue  # a decorator, or what else cannot be read, has made it
        if bringing:
            what = f"{imported}, which {not_in(bringing)}"
            yield _finding("MW205", what, other_version(bringing), statement, source)
        else:
            what = f"{imported}, which {statement.module} does not have"
            yield _finding("MW206", what, "Correct its name.", statement, source)


def _lacks(module: str, name: str, evidence: Evidence) -> bool:
    answers = tried(evidence, "resolve", module, name).answers
    return ("lacks", name) in {each[:2] for each in answers}


def _finding(
    code: str,
    imported: str,
    hint: str,
    statement: Import,
    source: Source,
    *,
    severity: Severity | None = None,
) -> Finding:
    when = "its name is first used" if statement.lazy else "a function is called"
    message = f"imports {imported}, when {when}"
    place = (source.file, statement.line)
    weight = Severity.INFO if _is_for_tests(source) else severity
    return finding(code, source.module, message, hint, *place, severity=weight)


def _fails(statement: Import, origins: Origins) -> bool:
    """Return whether the module itself does not import, for want of what this imports."""
    at_import = statement.where is Where.AT_IMPORT and statement.always_runs
    return at_import and origins.of(statement.module) is Origin.MISSING


def _is_deferred(statement: Import) -> bool:
    return statement.where is Where.IN_FUNCTION and statement.always_runs
