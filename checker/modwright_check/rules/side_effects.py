"""MW5xx: side effects at import."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from modwright_check.config.ignore_comments import ignored_on_lines
from modwright_check.index.acts import Done, acts_at_import
from modwright_check.index.advice import advises_to_install
from modwright_check.index.applications import of_an_application
from modwright_check.index.evidence import Evidence
from modwright_check.index.extension_failures import Extensions
from modwright_check.index.helpers_of_tests import is_for_tests
from modwright_check.index.module_origins import Origins
from modwright_check.index.programs import programs, with_their_modules
from modwright_check.index.reach import Reach
from modwright_check.index.texts import texts_of
from modwright_check.model.codes import finding
from modwright_check.model.facts import Fact
from modwright_check.model.import_result import Effect, Outcome, Step
from modwright_check.model.module_names import is_of_tests, packages_around
from modwright_check.model.questions import HasAttributes
from modwright_check.model.report import Finding
from modwright_check.rules import platforms
from modwright_check.rules.defaults import is_default_for_others, is_told_to_users
from modwright_check.rules.effects_told import EFFECTS
from modwright_check.rules.idle_finders import find_nothing, find_what_lies_inside
from modwright_check.rules.new_names import NewNames
from modwright_check.rules.own_data import (
    is_held_by_an_extension,
    is_of_native_threads,
    is_of_the_library_that_is_called,
    is_part_of_an_object,
)
from modwright_check.rules.warnings_on_purpose import (
    announced,
    announces,
    ends,
    is_prepared_log,
    is_said_by_a_handler_that_fails,
    is_there_to_print,
    of_warning,
    of_what_is_found,
    of_what_is_kept,
    says_that_it_ends,
)
from modwright_check.static.patches import (
    hands_on_and_says_so,
    patches,
    puts_a_value,
    written_value,
)
from modwright_check.static.source import Source
from modwright_check.wheel.modules import Module

_DOTTED = re.compile(r"\w+(\.\w+)*")
_OF_EXTENSIONS = {"output", "native thread"}
_LONGEST = 120  # characters that are told of a detail


def questions(evidence: Evidence) -> Iterator[HasAttributes]:
    """Yield whether others' modules and classes have the names that the project assigns to.

    Args:
        evidence: What is known of the project.
    """
    names = evidence.index(NewNames)
    for module in evidence.modules:
        for effect in (*_effects(module.name, evidence), *_patches(module, evidence)):
            if effect.kind == "patch" and effect.own:
                yield from names.questions(effect.detail)


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Yield effects at the line that causes them; those of one kind on a line are one finding.

    Effects of a third-party module at its own import are information.
    """
    extensions = Extensions(evidence)
    names = evidence.names_by_file
    text_of = texts_of(evidence)
    reach = evidence.index(Reach)
    of_programs = with_their_modules(evidence.index(programs), evidence)
    of_programs |= evidence.index(of_an_application)
    # What a module for another system does here, where it fails, it does not do there.
    not_for_here = evidence.index(platforms.expected_elsewhere)
    done = acts_at_import(evidence.read)
    said = {
        module.name: list(_process_wide(module, done.get(module.name, ()), evidence))
        for module in evidence.modules
    }
    kept = {_where(effect, evidence) for effects in said.values() for effect in effects}
    told: dict[Finding, dict[str, tuple[tuple[str, int], ...]]] = {}
    reports: dict[tuple[str, frozenset[Fact]], Finding] = {}
    patched = {each.detail for module in evidence.modules for each in _patches(module, evidence)}
    threaded = {
        name
        for name, outcome in evidence.outcomes.items()
        if any(effect.kind == "native thread" for effect in outcome.effects)
    }
    for module in evidence.modules:
        by_itself = () if module.name in not_for_here else _effects(module.name, evidence)
        seen = [*_without(patched, by_itself)]
        for effect in (*seen, *_patches(module, evidence), *said[module.name]):
            if effect.kind == "patch" and _where(effect, evidence) in kept:
                continue  # that is how the function that is called there keeps what it is told
            if effect.kind in _OF_EXTENSIONS and extensions.behind(module, effect):
                continue  # MW806 reports it
            if effect.kind == "native thread" and threaded & {*packages_around(module.name)}:
                continue  # they begin when they please, and the package has an extension begin them
            if is_of_native_threads(effect, seen):
                continue
            if effect.kind == "atexit" and not effect.own:
                continue  # as logging and concurrent.futures of the standard library do
            place = _place(effect, evidence) or (evidence.sources.in_project(module.path), None)
            # A test may do it by way of another module.
            told_of = names.get(place[0], module.name)
            facts = {Fact.TESTS} if is_of_tests(module.name) else set()
            if told_of in of_programs:
                facts.add(Fact.PROGRAM)
            if is_for_tests(told_of, evidence):
                facts.add(Fact.TEST_HELPERS)
            if effect.kind == "output":
                facts.update(_of_what_is_printed(_whole(effect, seen), module, place, evidence))
            facts.update(reach.facts(told_of))
            found = _said(effect, evidence, told_of, place, facts)
            message = f"{found.message}{_through(effect.way, evidence)}"
            found, way = replace(found, message=""), _way(effect.way, place, evidence)
            file, line = place
            wanted = found.code in ignored_on_lines(text_of(file) or "", file).get(line or 0, ())
            if effect.kind == "output" and not wanted:  # of many lines of a module, the first
                found = reports.setdefault((found.module, found.facts), found)
            told.setdefault(found, {}).setdefault(message, way)
    for found, messages in told.items():
        first, *more = messages
        message = f"{first} (and {len(more)} more)" if more else first
        yield replace(found, message=message, traceback=messages[first])


def _effects(module: str, evidence: Evidence) -> tuple[Effect, ...]:
    """Return the effects of an import; a program that has run is reported as MW904."""
    outcome = evidence.outcomes.get(module)
    if outcome is None or _is_a_program(module, outcome, evidence):
        return ()
    return outcome.effects


def _patches(module: Module, evidence: Evidence) -> Iterator[Effect]:
    """Yield what a module assigns to others' modules and classes, as its source says.

    Of those, the probe sees only what is a function or class of the project's own: libraries change
    themselves as they go on.
    """
    source, outcome = evidence.read.get(module.name), evidence.outcomes.get(module.name)
    if source is None or outcome is None or not outcome.loaded:
        return
    file = str(evidence.sources.installed(module.path))
    seen = {_place(effect, evidence) for effect in outcome.effects if effect.kind == "patch"}
    for name, line, made in patches(source, evidence.standard):
        if (source.file, line) in seen or evidence.sources.answers_for(name):
            continue
        if made and _is_nobodys(name, evidence):
            yield Effect("addition", f"{name} to sys.modules", file, line, own=True)
        else:
            yield Effect("patch", name, file, line, own=True)


def _without(patched: Collection[str], effects: Iterable[Effect]) -> Iterator[Effect]:
    """Yield effects; of patches that come of no known line, what is not told at the lines of it."""
    for effect in effects:
        if effect.kind != "patch" or effect.line is not None:
            yield effect
        elif names := [name for name in effect.detail.split(", ") if name not in patched]:
            yield effect._replace(detail=", ".join(names))


def _whole(output: Effect, effects: Iterable[Effect]) -> str:
    """Return all that a line prints, which is one text to whoever reads it."""
    place = output.file, output.line
    same = (each for each in effects if each.kind == "output" and (each.file, each.line) == place)
    return "\n".join(each.detail for each in same)


def _is_nobodys(module: str, evidence: Evidence) -> bool:
    """Return whether neither the standard library nor what is installed has such a module."""
    return not (evidence.standard.holds(module) or evidence.index(Origins).holds(module))


def _where(effect: Effect, evidence: Evidence) -> tuple[tuple[str, int | None] | None, str]:
    """Return the line that has an effect, and the top-level module that it is about."""
    return _place(effect, evidence), effect.detail.partition(".")[0]


def _process_wide(module: Module, done: Iterable[Done], evidence: Evidence) -> Iterator[Effect]:
    """Yield what a module that has been imported does to the whole program, as its source says.

    There is no event for it, and the state of a generator tells nothing of who has seeded it.
    """
    outcome = evidence.outcomes.get(module.name)
    if outcome is None or not outcome.loaded or _is_a_program(module.name, outcome, evidence):
        return
    file = str(evidence.sources.installed(module.path))
    for (kind, name, line, about), way in done:
        top = name.partition(".")[0]
        if kind in {"logger", "log filter"} and not _is_of_another(top, evidence):
            continue
        if kind in {"seed", "setting", "holder"} and evidence.sources.answers_for(top):
            continue
        # Whoever pickles or stores a library's class meets it, and nobody else.
        of_a_library = about and about.partition(".")[0] not in evidence.standard.names
        told_as = "registration" if of_a_library else kind
        detail = f"the generator of {name.rpartition('.')[0]}" if kind == "seed" else name
        yield Effect(told_as, detail, file, line, own=True, way=way)


def _is_of_another(top: str, evidence: Evidence) -> bool:
    """Return whether a logger is named after a module of somebody else."""
    if evidence.sources.answers_for(top):
        return False
    place = evidence.environment.site_packages / top
    return top in evidence.standard.names or place.is_dir() or place.with_suffix(".py").is_file()


def _is_a_program(module: str, outcome: Outcome, evidence: Evidence) -> bool:
    source = evidence.read.get(module)
    guarded = source is not None and source.main_guard is not None
    return module.endswith(".__main__") and not (guarded and outcome.loaded)


def _told(detail: str, evidence: Evidence) -> str:
    """Return the beginning of a detail, counted from where its paths are short."""
    text = evidence.sources.shortened(detail).strip()
    return f"{text[:_LONGEST]} …" if len(text) > _LONGEST else text


def _place(effect: Effect, evidence: Evidence) -> tuple[str, int | None] | None:
    """Return the file and the line of an effect; of some, nothing but the module is known."""
    found = evidence.sources.innermost([(effect.file, effect.line or 1)]) if effect.file else None
    return (found[0], effect.line) if found else None


def _way(
    way: tuple[Step, ...], place: tuple[str, int | None], evidence: Evidence
) -> tuple[tuple[str, int], ...]:
    """Return the places from a line of a module to the one that does it; none for the line."""
    file, line = place
    steps = (_in_project(step, evidence) for step in way)
    return ((file, line), *steps) if way and line else ()


def _through(way: tuple[Step, ...], evidence: Evidence) -> str:
    """Return in words which function of another module does it."""
    if not way:
        return ""
    file, line = _in_project(way[-1], evidence)
    return f" (through {way[-1].function}, {file}:{line})"


def _in_project(step: Step, evidence: Evidence) -> tuple[str, int]:
    place = (step.file, step.line)
    return evidence.sources.innermost([place]) or place


def _said(
    effect: Effect,
    evidence: Evidence,
    module: str,
    place: tuple[str, int | None],
    facts: set[Fact],
) -> Finding:
    adds = effect.kind == "patch" and effect.own and evidence.index(NewNames).are(effect.detail)
    patching = evidence.by_file.get(place[0]) if effect.kind == "patch" else None
    told_as = "value" if patching and puts_a_value(patching, place[1] or 0) else effect.kind
    if patching and _is_there_already(effect.detail, patching, place[1] or 0, evidence):
        told_as = "repetition"
        facts = {*facts, Fact.REPEATED}
    code, pattern, hint = EFFECTS["addition" if adds else told_as]
    if not effect.own:
        culprit, detail = _borrowed(effect, place, evidence)
        does = pattern.format(_told(detail, evidence))
        message = f"imports {culprit}, which {does}" if culprit else f"uses a library that {does}"
        taken = f"Import {culprit}" if culprit else "Use it"
        hint = f"{taken} in the function that needs it, if this is a problem."
        return finding(code, module, message, hint, *place, facts={*facts, Fact.BORROWED})
    message = pattern.format(_told(effect.detail, evidence)).rstrip(": ")
    facts = {*facts, *_considered(effect, place, evidence)}
    if adds or effect.kind in {"addition", "log filter"}:
        facts.add(Fact.NARROW)
    if effect.kind == "question":
        facts.add(Fact.ASKED)
    if effect.kind == "patch" and evidence.index(NewNames).are_up_for_replacement(effect.detail):
        facts.add(Fact.INVITED)
    if patching and place[1] and hands_on_and_says_so(patching, place[1]):
        facts.add(Fact.NARROW)
    if effect.kind == "registration":
        facts.add(Fact.REGISTERS)
    return finding(code, module, message, hint, *place, facts=facts)


def _is_there_already(patched: str, source: Source, line: int, evidence: Evidence) -> bool:
    """Return whether a patch puts a constant where the same one is without it."""
    value = written_value(source, line)
    return value is not None and evidence.index(NewNames).have(patched, value)


def _is_of_one_release(patched: str, evidence: Evidence) -> bool:
    """Return whether all that is changed comes with distributions of which the very version is due.

    What a project requires by its own version, `==`, is released with it, as a part of it.
    """
    origins, own = evidence.index(Origins), str(evidence.about.version)
    for name in patched.split(", "):
        brought = origins.bringing(name.partition(".")[0])
        due = [origins.declared.always.get(each.name) for each in brought]
        if not due or not all(each and str(each.specifier) == f"=={own}" for each in due):
            return False
    return True


def _is_narrow(added: str, evidence: Evidence) -> bool:
    """Return whether a filter is for a module that it names, or names what is the project's own.

    That may be the category, or a part of the text.
    """
    words = (word.strip(".") for word in re.findall(r"[\w.]+", added))
    names_a_module = added.split()[2:3] == ["in"]
    return names_a_module or any(map(evidence.sources.answers_for, words))


def _are_for_its_own_warning(filters: list[str], source: Source, evidence: Evidence) -> bool:
    """Return whether filters have shown what a module announces of itself, and hide nothing."""
    own = {said.partition(":")[0] for said in announced(source, evidence)}
    return all(each.partition(" ")[2] in own for each in filters) and not any(
        each.startswith("ignore") for each in filters
    )


def _of_what_is_printed(
    said: str, module: Module, place: tuple[str, int | None], evidence: Evidence
) -> Iterator[Fact]:
    """Yield whether a text asks to install what is missing, or tells why an import fails."""
    if advises_to_install(said, evidence.index(Origins), evidence.by_file.get(place[0])):
        yield Fact.PREPARED
    yield from _of_a_failure(module, place, evidence)


def _of_a_failure(
    module: Module, place: tuple[str, int | None], evidence: Evidence
) -> Iterator[Fact]:
    """Yield whether a module that does not import has said why, or the line has by which it fails.

    That line is told already, with what it raises.
    """
    outcome = evidence.outcomes.get(module.name)
    if outcome is None or outcome.loaded:
        return
    source = evidence.by_file.get(place[0])
    if source and place[1] and is_said_by_a_handler_that_fails(source, place[1]):
        yield Fact.PREPARED
    if place == evidence.blamed(outcome):
        yield Fact.OF_ITS_FAILURE


def _borrowed(effect: Effect, place: tuple[str, int | None], evidence: Evidence) -> tuple[str, str]:
    """Return the module whose import has an effect, if it is one, and what that does.

    A difference of two snapshots names the module; for the rest, the line that imports it does.
    """
    culprit, _, detail = effect.detail.partition(": ")
    if effect.kind != "warning" and _DOTTED.fullmatch(culprit) and detail:
        return culprit, detail
    imported = (
        statement.module
        for source in evidence.read.values()
        if source.file == place[0]
        for statement in source.imports
        if statement.line == place[1]
    )
    return next(imported, "a module" if effect.kind != "warning" else ""), effect.detail


def _considered(
    effect: Effect, place: tuple[str, int | None], evidence: Evidence
) -> Iterator[Fact]:
    """Yield what makes an effect the project's considered choice, which hurts nobody else."""
    filters = effect.detail.split("; ") if effect.kind == "filters" else []
    if filters and all(_is_narrow(each, evidence) for each in filters):
        yield Fact.NARROW
    if effect.kind == "environment" and is_default_for_others(place, evidence):
        yield Fact.NARROW
    if effect.kind == "descriptor" and (
        is_held_by_an_extension(effect, evidence)
        or is_of_the_library_that_is_called(effect, evidence)
        or is_part_of_an_object(effect, evidence)
    ):
        yield Fact.NARROW
    source = evidence.by_file.get(place[0])
    if effect.kind == "warning" and advises_to_install(
        effect.detail, evidence.index(Origins), source
    ):
        yield Fact.PREPARED
    if filters and source and _are_for_its_own_warning(filters, source, evidence):
        yield Fact.ANNOUNCED
    if effect.kind == "patch" and source and is_told_to_users(effect.detail, source):
        yield Fact.ANNOUNCED
    if effect.kind == "hook":
        yield from _of_a_hook(effect.detail, source, evidence)
    if effect.kind == "patch" and _is_of_one_release(effect.detail, evidence):
        yield Fact.NARROW
    if effect.kind == "warning" and source and place[1]:
        yield from of_warning(effect.detail, source, place[1])
        yield from of_what_is_found(effect, evidence)
        yield from of_what_is_kept(effect.detail, source, place[1], evidence)
    if effect.kind == "output" and source:
        yield from _of_output(effect.detail, source, place[1], evidence)


def _of_a_hook(hooks: str, source: Source | None, evidence: Evidence) -> Iterator[Fact]:
    if source and any(map(ends, announced(source, evidence))):
        yield Fact.ANNOUNCED  # it leads those on who still use the old names
    inside = source and find_what_lies_inside(hooks, source, evidence)
    if inside or find_nothing(hooks, evidence):
        yield Fact.NARROW


def _of_output(said: str, source: Source, line: int | None, evidence: Evidence) -> Iterator[Fact]:
    is_asked_for = is_there_to_print(source) and not evidence.importers.get(source.module)
    if is_asked_for or announces(said, source.module):
        yield Fact.ANNOUNCED
    if line and says_that_it_ends(said, source, line):
        yield Fact.ANNOUNCED
    if line and is_prepared_log(source, line):
        yield Fact.PREPARED
