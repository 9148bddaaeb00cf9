"""Imports that work only in the project's folders, and files with two names: MW303 to MW306."""

from collections.abc import Iterator

from packaging.utils import canonicalize_name

from modwright_check.index.evidence import Evidence
from modwright_check.index.misplaced_modules import Misplaced, Search
from modwright_check.index.module_origins import Origins
from modwright_check.index.script_copies import copies_of_scripts
from modwright_check.model.codes import finding
from modwright_check.model.facts import Fact
from modwright_check.model.module_names import is_of_tests, is_vendored, packages_around
from modwright_check.model.report import Finding
from modwright_check.rules.dependencies.circumstances import Circumstances
from modwright_check.static.run_by_path import stands_in_for_a_relative_import
from modwright_check.static.search_path import searches_for_a_while
from modwright_check.static.source import Import, Source, Where


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Yield imports of what lies elsewhere in the project, and files that are imported twice.

    Args:
        evidence: All that is known of the project.
    """
    search = Search(evidence, evidence.index(Origins))
    yield from _failed(evidence, search)
    by_path: set[str] = set()
    for source in evidence.read.values():
        outcome = evidence.outcomes.get(source.module)
        for statement in source.imports:
            loaded = outcome is not None and outcome.loaded
            passed_over = is_vendored(source.module) or statement.in_a_branch
            fails = outcome is not None and not loaded  # it comes to no function of it
            if _runs(statement, loaded=loaded) and not (passed_over or fails):
                found = search.misplaced(statement, source)
                if found is None or not (found.by_path or statement.where is Where.IN_FUNCTION):
                    continue
                if found.by_path:
                    if found.top in by_path or found.is_inside(source.module):
                        continue
                    if stands_in_for_a_relative_import(statement, source):
                        continue
                    by_path.add(found.top)
                at_import = statement.where is Where.AT_IMPORT
                loads = loaded and (at_import or _is_on_the_path(found, source, evidence))
                facts = {Fact.LOADS} if loads else set[Fact]()
                facts.update(_of_a_program(found, source, evidence))
                yield _told(found, source.module, source, statement, facts)
                yield from _second_name(found, evidence, source, statement)
    yield from _twice_in_the_wheel(evidence)


def _failed(evidence: Evidence, search: Search) -> Iterator[Finding]:
    for module in evidence.modules:
        failing = search.failing(module)
        if failing and (found := search.misplaced(failing[1], failing[0])):
            facts = set(_of_a_program(found, failing[0], evidence))
            if failing[0].module in evidence.index(copies_of_scripts):
                facts.add(Fact.COPY_OF_A_SCRIPT)
            yield _told(found, module.name, *failing, facts)


def _runs(statement: Import, *, loaded: bool) -> bool:
    """Return whether an import runs though it may not have failed yet."""
    return statement.always_runs and (loaded or statement.where is Where.IN_FUNCTION)


def _is_on_the_path(found: Misplaced, source: Source, evidence: Evidence) -> bool:
    """Return whether a module, or a package around it, leaves the folder of another on sys.path.

    Functions find it there as well as the module itself.
    """
    if not found.meant:
        return False
    folder = found.meant.removesuffix(f".{found.name}").replace(".", "/")
    before = (*packages_around(source.module), source.module)
    outcomes = map(evidence.outcomes.get, before)
    effects = (effect for outcome in outcomes if outcome for effect in outcome.effects)
    return any(
        path.endswith(f"/{folder}")
        for each in effects
        if each.kind == "path"
        for path in each.detail.removeprefix("adds ").split(", ")
    )


def _of_a_program(found: Misplaced, source: Source, evidence: Evidence) -> Iterator[Fact]:
    """Yield what tells that a program is part of a copy of a package that lies elsewhere."""
    circumstances = evidence.index(Circumstances)
    if circumstances.is_large():
        yield Fact.LARGE
    if circumstances.is_stray(source):
        yield Fact.STRAY
    if found.is_inside(source.module):
        yield Fact.FOUND_AT_THE_TOP


def _told(
    found: Misplaced, module: str, source: Source, statement: Import, facts: set[Fact]
) -> Finding:
    code, message, hint = _explained(found)
    message = f"imports {found.name}, {message}"
    function = statement.context.innermost_function()
    if found.by_path and function and searches_for_a_while(function):
        facts.add(Fact.PREPARED)
    if Fact.LOADS in facts and is_vendored(found.file.removesuffix(".py").replace("/", ".")):
        facts.add(Fact.VENDORED)
    return finding(code, module, message, hint, source.file, statement.line, facts=facts)


def _explained(found: Misplaced) -> tuple[str, str, str]:
    """Return the code, the end of `imports x, …`, and the hint."""
    if found.by_path:
        name = f"Import it as {found.meant}" if found.meant else "Move it into the package"
        hint = f"{name}, and do not change sys.path."
        return (
            "MW305",
            f"which is found only through a change to sys.path ({found.file})",
            hint,
        )
    if found.meant and found.name.endswith(f".{found.meant}"):
        return (
            "MW303",
            f"which {found.file} is called in the repository only",
            f"Import it as {found.meant}.",
        )
    if found.meant:
        return (
            "MW304",
            f"which works only when the folder of {found.file} is on sys.path",
            f"Import it as {found.meant}.",
        )
    include = "" if is_of_tests(found.name) else ", or configure the build back end to include it"
    return (
        "MW303",
        f"which is in the repository ({found.file}) but not in the wheel",
        f"Move it into the package{include}.",
    )


def _second_name(
    found: Misplaced, evidence: Evidence, source: Source, statement: Import
) -> Iterator[Finding]:
    """Yield an import through sys.path of what others import by its full name."""
    if found.by_path and found.meant and _is_imported(found, evidence):
        yield finding(
            "MW306",
            source.module,
            f"imports {found.file} as {found.name}, but others import it as {found.meant}: "
            "each of its classes exists twice",
            f"Import it as {found.meant} everywhere.",
            source.file,
            statement.line,
            subject=found.file,
        )


def _is_imported(found: Misplaced, evidence: Evidence) -> bool:
    """Return whether others than its own package import a module by its full name."""
    return any(
        statement.may_name(found.meant or "") and statement.where is not Where.FOR_TYPES
        for source in evidence.read.values()
        if not found.is_inside(source.module)
        for statement in source.imports
    )


def _twice_in_the_wheel(evidence: Evidence) -> Iterator[Finding]:
    """Yield once for each top-level name what the wheel holds under a longer one as well.

    What lies in another project's package is there to be found by that, as a plugin is.
    """
    told, others = set(), evidence.index(Origins).installed
    own = canonicalize_name(evidence.about.name)
    for name, source in sorted(evidence.read.items()):
        if not source.text.strip():
            continue
        for shorter in _endings(name):
            other = evidence.read.get(shorter)
            top = shorter.partition(".")[0]
            if other and other.text == source.text and top not in told:
                told.add(top)
                hosted = any(each.name != own for each in others.bringing(top))
                kept = f"`{shorter}`, where {top} finds it" if hosted else "the outermost package"
                yield finding(
                    "MW306",
                    name,
                    f"the wheel contains the same file twice: as {name} and as {shorter}",
                    f"Configure the build back end to include only {kept}.",
                    source.file,
                    facts={Fact.IN_A_HOUSE} if hosted else (),
                )


def _endings(name: str) -> Iterator[str]:
    """Yield `b.c` and `c` of `a.b.c`."""
    while "." in name:
        name = name.partition(".")[2]
        yield name
