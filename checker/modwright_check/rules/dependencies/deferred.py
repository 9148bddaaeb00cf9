"""Imports inside functions, which fail only when they are called: MW205 and MW206."""

import ast
from collections.abc import Iterable, Iterator

from packaging.utils import canonicalize_name

from modwright_check.index.evidence import Evidence
from modwright_check.index.given import optional_imports
from modwright_check.index.hosts import is_promised
from modwright_check.index.misplaced_modules import Search
from modwright_check.index.module_origins import Origin, Origins
from modwright_check.index.siblings import (
    converts,
    is_chosen_by_name,
    is_variant_for,
    names_around,
)
from modwright_check.index.templates import is_made_of_a_template
from modwright_check.model.codes import finding
from modwright_check.model.facts import Fact
from modwright_check.model.questions import HasAttributes
from modwright_check.model.report import Finding
from modwright_check.rules.dependencies.circumstances import Circumstances
from modwright_check.rules.dependencies.messages import lacking, missing, refusal
from modwright_check.rules.dependencies.standard_names import StandardNames
from modwright_check.static.context import Role
from modwright_check.static.debuggers import is_debugger_that_is_asked_for
from modwright_check.static.dotted_names import dotted
from modwright_check.static.dotted_names import origins as origins_of
from modwright_check.static.for_types_only import is_in_its_signature
from modwright_check.static.handlers import is_needed
from modwright_check.static.made_files import says_it_is_made
from modwright_check.static.names import mentions
from modwright_check.static.notebooks import is_for_a_notebook
from modwright_check.static.optional_imports import (
    OptionalImports,
    is_announced,
    is_documented,
    is_missing_for_its_authors,
    top_of,
)
from modwright_check.static.run_by_path import is_of_itself
from modwright_check.static.source import Import, Source, Where
from modwright_check.static.test_runs import runs_tests
from modwright_check.wheel.extension_names import SUFFIXES


def questions(evidence: Evidence, origins: Origins) -> Iterator[HasAttributes]:
    """Yield whether modules have names that functions import, and that nobody can see in them.

    Args:
        evidence: All that is known of the project.
        origins: Where modules come from.
    """
    standard = StandardNames(evidence.standard)
    for source in evidence.read.values():
        for statement in filter(_is_deferred, source.imports):
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
    be optional MW207 tells. Each distribution is told once a module, where it weighs most.

    Args:
        evidence: All that is known of the project.
        origins: Where modules come from.
    """
    search = Search(evidence, origins)
    optional = evidence.index(optional_imports)
    standard = StandardNames(evidence.standard)
    circumstances = evidence.index(Circumstances)
    for source in evidence.read.values():
        told: dict[tuple[str, str], Finding] = {}
        failing = {top_of(each) for each in source.imports if _fails(each, origins)}
        for_some = _for_those_who_have_it(source, optional, origins)
        for statement in source.imports:
            if _is_relative(statement):
                if _is_deferred(statement):
                    yield _above_the_top(statement, source)
                continue
            own = origins.of(statement.module) in {Origin.OWN, Origin.OWN_MISSING}
            if top_of(statement) in failing:
                continue  # nobody gets as far as to call the function
            known = statement.guarded or optional.known(statement, source)
            known = known or _comes_with_it(statement, optional, origins)
            if not own and (known or statement.context.innermost_function() in for_some):
                continue
            if not _is_deferred(statement) or search.misplaced(statement, source):
                continue
            if is_of_itself(statement, source):
                continue
            for found in _judge(statement, source, origins, evidence, standard, circumstances):
                whole = own or found.code == "MW205"
                key = (found.code, found.message if whole else top_of(statement))
                if key not in told or found.outweighs(told[key]):
                    told[key] = found
        yield from told.values()


def _for_those_who_have_it(
    source: Source, optional: OptionalImports, origins: Origins
) -> frozenset[ast.AST]:
    """Return the functions that end without something that the project knows to be optional.

    What else they import is for those who have that, and may come along with it, as zope.interface
    does with twisted.
    """
    return frozenset(
        function
        for statement in source.imports
        if statement.where is Where.IN_FUNCTION and origins.of(statement.module) is Origin.MISSING
        if (function := statement.context.innermost_function())
        if _ends_without(statement, source) and optional.known(statement, source)
    )


def _comes_with_it(statement: Import, optional: OptionalImports, origins: Origins) -> bool:
    """Return whether the project knows another module of the same distribution to be optional.

    Whoever has win32file has pywintypes: both are of pywin32.
    """
    likely = origins.names.likely(statement.module)
    siblings = origins.names.modules(canonicalize_name(likely)) if likely else ()
    return any(map(optional.guarded, siblings))


def _ends_without(statement: Import, source: Source) -> bool:
    """Return whether no handler has a function go on when an import in it fails."""
    handler = statement.handler
    return handler is None or (source.walk is not None and is_needed(source.walk, handler))


def _above_the_top(statement: Import, source: Source) -> Finding:
    what = f"{statement.module}, which is above the top-level package"
    hint = "Remove dots: the first stands for this module's package, each other for its parent."
    return _finding("MW206", what, hint, statement, source)


def _judge(
    statement: Import,
    source: Source,
    origins: Origins,
    evidence: Evidence,
    standard: StandardNames,
    circumstances: Circumstances,
) -> Iterator[Finding]:
    for module in dict.fromkeys(origins.imported(statement)):
        if origins.in_another_case(module) and not origins.holds(module):
            continue
        match origins.of(module):
            case Origin.MISSING if not _has_an_extra(
                module, statement, source, origins, circumstances
            ):
                built = _how_it_was_built(source, evidence)
                yield _missing(module, statement, source, origins, circumstances, built)
            case Origin.PART_MISSING:
                why = missing(module, origins)
                what = f"{module}, which {why.reason}"
                yield _finding(why.code, what, why.hint, statement, source)
            case Origin.OWN_MISSING if not origins.makes_modules(module):
                hint = "Correct the name, or configure the build back end to include the module."
                what = f"{module}, which the wheel does not contain"
                facts = {*_put_together(statement, source)}
                if is_made_of_a_template(module, evidence):
                    facts.add(Fact.TEMPLATE)
                yield _finding("MW206", what, hint, statement, source, facts=facts)
            case Origin.PYTHON:
                for imported in standard.lacking(statement, evidence.answers):
                    what = f"{imported}, which the standard library does not have"
                    yield _finding("MW206", what, "Correct the name.", statement, source)
            case Origin.INSTALLED | Origin.OWN if module == statement.module:
                yield from _names(statement, source, origins, evidence)


def _has_an_extra(
    module: str,
    statement: Import,
    source: Source,
    origins: Origins,
    circumstances: Circumstances,
) -> bool:
    """Return whether an extra brings a module, or one is called like what imports it."""
    if origins.is_for_some(module):
        return True
    return circumstances.extra_for(source.module, names_around(statement)) is not None


def _missing(
    module: str,
    statement: Import,
    source: Source,
    origins: Origins,
    circumstances: Circumstances,
    built: frozenset[str],
) -> Finding:
    why = missing(module, origins)
    code = why.code if why.code == "MW202" else "MW206"
    around = names_around(statement)
    facts = {Fact.SPARED, *circumstances.of_a_module(source.module, module, around)}
    likely = origins.names.likely(module)
    if is_documented(statement, source, likely):
        facts.add(Fact.DOCUMENTED)
    if any(converts(name, module) for name in around):
        facts.add(Fact.CONVERTS)
    if is_variant_for(statement, source, module):
        facts.add(Fact.ONE_OF_SEVERAL)
    if is_in_its_signature(statement, source):
        facts.add(Fact.IN_ITS_SIGNATURE)
    if is_chosen_by_name(statement):
        facts.add(Fact.SPOKEN_OF)
    if is_announced(statement, likely) or is_missing_for_its_authors(statement, source, likely):
        facts.add(Fact.PREPARED)
    if is_debugger_that_is_asked_for(statement):
        facts.add(Fact.DEBUGS)
    if runs_tests(statement):
        facts.add(Fact.RUNS_TESTS)
    if is_for_a_notebook(statement, source):
        facts.add(Fact.OF_A_HOST)
    if circumstances.is_seldom_imported(module):
        facts.add(Fact.RARE)
    chosen = statement.context.tried or statement.context.in_a_branch()
    if chosen and origins.is_an_option_of_a_dependency(module):
        facts.add(Fact.PREPARED)
    facts.update(_asked_before(statement, source, built))
    what = f"{module}, which {why.reason}"
    return _finding(code, what, why.hint, statement, source, facts=facts)


def _asked_before(statement: Import, source: Source, built: frozenset[str]) -> Iterator[Fact]:
    """Yield what the conditions around an import say of who gets there.

    What a function asks for `hasattr` and the like comes with the library, or it would not have it.
    Who has built the project with a library has it.

    Args:
        statement: The import.
        source: Its module.
        built: Names of the module that say how the project was built.
    """
    settings = {name for name, value in _assigned(source.tree) if _is_worked_out(value)}
    function = statement.context.innermost_function()
    kinds = {name for name, value in _assigned(function) if _asks_of_what_kind(value)}
    for context in statement.context.chain():
        if context.condition is None or context.condition.role is Role.DECORATOR:
            continue
        parts = list(ast.walk(context.condition.test))
        names = {part.id for part in parts if isinstance(part, ast.Name)}
        if names & (kinds | built) or any(map(_asks_of_what_kind, parts)):
            yield Fact.PREPARED
        elif names & settings:
            yield Fact.IF_SET


def _how_it_was_built(source: Source, evidence: Evidence) -> frozenset[str]:
    """Return the names of a module that are given what an extension of the project answers."""
    extensions = {each.name for each in evidence.modules if each.path.suffix in SUFFIXES}
    if not extensions:
        return frozenset()
    names = origins_of(source)
    return frozenset(
        name
        for name, value in _assigned(source.tree)
        for part in ast.walk(value)
        if isinstance(part, ast.Call)
        if dotted(part.func, names).rpartition(".")[0] in extensions
    )


def _assigned(node: ast.AST | None) -> Iterator[tuple[str, ast.expr]]:
    for each in getattr(node, "body", ()):
        match each:
            case ast.Assign([ast.Name(name)], value):
                yield name, value


def _is_worked_out(value: ast.expr) -> bool:
    return any(isinstance(part, ast.Call) for part in ast.walk(value))


def _asks_of_what_kind(node: ast.AST) -> bool:
    match node:
        case ast.Call(ast.Name(name)):
            return name in {"hasattr", "getattr"}
    return False


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
    lacking_own = {answer[:2] for answer in answers}
    for name in question.paths:
        said = refusal(name, answers)
        if said is None:
            continue
        imported = f"{statement.module}.{name}"
        if bringing:
            reason, hint = lacking(bringing, statement.module, origins, said)
            yield _finding("MW205", f"{imported}, which {reason}", hint, statement, source)
        elif ("lacks", name) in lacking_own:
            what = f"{imported}, which {statement.module} does not have"
            facts = _put_together(statement, source)
            yield _finding("MW206", what, "Correct the name.", statement, source, facts=facts)


def _put_together(statement: Import, source: Source) -> Iterator[Fact]:
    """Yield whether a program has made a module of several, and left an import of one in it.

    As generators of parsers do, which write all that a parser needs into one file. What they have
    left is theirs to mend.
    """
    names = set(statement.names)
    if names and names <= source.definitions.keys() and says_it_is_made(source.text):
        yield Fact.PUT_TOGETHER


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
    facts: Iterable[Fact] = (),
) -> Finding:
    imports = "lazily imports" if statement.lazy else "has a function that imports"
    message = f"{imports} {imported}"
    return finding(code, source.module, message, hint, source.file, statement.line, facts=facts)


def _fails(statement: Import, origins: Origins) -> bool:
    """Return whether the module itself does not import, for want of what this imports."""
    at_import = statement.where is Where.AT_IMPORT and statement.always_runs
    return at_import and origins.of(statement.module) is Origin.MISSING


def _is_relative(statement: Import) -> bool:
    """Return whether an import is from above the top-level package: all others are absolute."""
    return statement.module.startswith(".")


def _is_deferred(statement: Import) -> bool:
    return statement.where is Where.IN_FUNCTION and statement.always_runs
