"""Imports inside functions, which fail only when they are called: MW205 and MW206."""

from collections.abc import Iterator
from re import compile as pattern

from modwright_check.index.evidence import Evidence
from modwright_check.index.hosts import is_promised
from modwright_check.index.misplaced_modules import Search
from modwright_check.index.module_origins import Origin, Origins
from modwright_check.model.codes import finding
from modwright_check.model.questions import HasAttributes
from modwright_check.model.report import Finding, Severity
from modwright_check.rules.dependencies.messages import missing, not_in, other_version
from modwright_check.rules.dependencies.standard_names import StandardNames
from modwright_check.static.names import mentions
from modwright_check.static.optional_imports import OptionalImports, is_adapter, top_of
from modwright_check.static.source import Import, Source, Where

_FOR_TESTS = pattern(r"_?(tests?|testing|conftest|test_\w+)")


def questions(evidence: Evidence, origins: Origins) -> Iterator[HasAttributes]:
    """Yield whether modules have names that functions import, and that nobody can see in them.

    Args:
        evidence: All that is known of the project.
        origins: Where modules come from.
    """
    standard = StandardNames()
    for source in evidence.read.values():
        for statement in filter(_is_unconditional, source.imports):
            for module in () if _is_relative(statement) else origins.imported(statement):
                match origins.of(module):
                    case Origin.PYTHON:
                        question = standard.question(statement)
                    case Origin.INSTALLED | Origin.OWN if module == statement.module:
                        question = _question(statement, origins)
                    case _:
                        question = None
                if question:
                    yield question


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
    standard = StandardNames()
    for source in evidence.read.values():
        told: set[tuple[str, str]] = set()
        failing = {top_of(each) for each in source.imports if _fails(each, origins)}
        last_known = 0
        for statement in source.imports:
            if _is_relative(statement):
                if _is_unconditional(statement):
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
            if not _is_unconditional(statement) or search.misplaced(statement, source):
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
                for imported in standard.lacking(statement, evidence.answers):
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
    question = _question(statement, origins)
    if question is None:
        return
    bringing = next(iter(origins.bringing(statement.module)), None)
    # What is there all the same, a decorator has made, or what else cannot be read.
    answers = evidence.answers.to(question).answers
    for name in (answer[1] for answer in answers if answer[0] == "lacks"):
        imported = f"{statement.module}.{name}"
        if bringing:
            what = f"{imported}, which {not_in(bringing)}"
            yield _finding("MW205", what, other_version(bringing), statement, source)
        else:
            what = f"{imported}, which {statement.module} does not have"
            yield _finding("MW206", what, "Correct its name.", statement, source)


def _question(statement: Import, origins: Origins) -> HasAttributes | None:
    """Return whether a module has what an import names and nobody can see in it."""
    module = statement.module
    file = origins.installed.file(module)
    unseen = tuple(
        name
        for name in dict.fromkeys(statement.names)
        if file and name != "*" and not mentions(file, name)
        if not origins.holds(imported := f"{module}.{name}")
        # MW315 tells of the one; the program that runs this sets the other.
        if not (origins.in_another_case(imported) or is_promised(module, name, origins))
    )
    return HasAttributes(module, unseen) if unseen else None


def _finding(
    code: str,
    imported: str,
    hint: str,
    statement: Import,
    source: Source,
    *,
    severity: Severity | None = None,
) -> Finding:
    message = f"imports {imported}, when a function is called"
    place = (source.file, statement.line)
    weight = Severity.INFO if _is_for_tests(source) else severity
    return finding(code, source.module, message, hint, *place, severity=weight)


def _fails(statement: Import, origins: Origins) -> bool:
    """Return whether the module itself does not import, for want of what this imports."""
    at_import = statement.where is Where.AT_IMPORT and not _is_conditional(statement)
    return at_import and origins.of(statement.module) is Origin.MISSING


def _is_relative(statement: Import) -> bool:
    """Return whether an import is from above the top-level package: all others are absolute."""
    return statement.module.startswith(".")


def _is_unconditional(statement: Import) -> bool:
    return statement.where is Where.IN_FUNCTION and not _is_conditional(statement)


def _is_conditional(statement: Import) -> bool:
    return statement.guarded or statement.platforms or statement.versions or statement.main
