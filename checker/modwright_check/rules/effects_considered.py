"""What makes an effect of an import a project's considered choice, which hurts nobody else."""

import builtins
import re
from collections.abc import Iterator
from pathlib import PurePath

from modwright_check.index.advice import advises_to_install
from modwright_check.index.evidence import Evidence
from modwright_check.index.module_origins import Origins
from modwright_check.model.facts import Fact
from modwright_check.model.import_result import Effect
from modwright_check.rules.defaults import is_default_for_others, is_told_to_users
from modwright_check.rules.effects_seen import Place
from modwright_check.rules.idle_finders import find_nothing, find_what_lies_inside
from modwright_check.rules.new_names import NewNames
from modwright_check.rules.own_data import (
    is_held_by_an_extension,
    is_of_the_library_that_is_called,
    is_part_of_an_object,
)
from modwright_check.rules.warnings_on_purpose import (
    announced,
    announces,
    ends,
    is_for,
    is_prepared_log,
    is_said_by_a_handler_that_fails,
    is_there_to_print,
    of_a_place_that_is_left,
    of_warning,
    of_what_is_found,
    of_what_is_kept,
    says_that_it_ends,
)
from modwright_check.static.handlers import goes_on_without
from modwright_check.static.own_options import parses_its_own_options
from modwright_check.static.patches import hands_on_and_says_so
from modwright_check.static.source import Source
from modwright_check.wheel.modules import Module

# To a port that is free, of this machine: neither a network nor another program is asked.
_OF_ITSELF = re.compile(r"binds a socket to (::1|127\.0\.0\.1|localhost) port 0$")


def considered(effect: Effect, place: Place, evidence: Evidence) -> Iterator[Fact]:
    """Yield what makes an effect the project's considered choice.

    Args:
        effect: That the project itself has.
        place: Of the line that has it.
        evidence: All that is known of the project.
    """
    source, line = evidence.by_file.get(place[0]), place[1]
    match effect.kind:
        case "filters":
            yield from _of_filters(effect.detail.split("; "), source, evidence)
        case "environment" | "path" | "command line" if _is_its_own(effect, place, evidence):
            yield Fact.NARROW
        case "descriptor" if (
            is_held_by_an_extension(effect, evidence)
            or is_of_the_library_that_is_called(effect, evidence)
            or is_part_of_an_object(effect, evidence)
        ):
            yield Fact.NARROW
        case "addition" | "log filter":
            yield Fact.NARROW
        case "question":
            yield Fact.ASKED
        case "network" if _OF_ITSELF.match(effect.detail) and source and source.tree:
            if line and goes_on_without(source.tree, line):
                yield Fact.PREPARED
        case "registration" | "entry" | "builtins" if _is_met_by_who_asks(effect):
            yield Fact.REGISTERS
        case "hook":
            yield from _of_a_hook(effect.detail, source, evidence)
        case "patch":
            yield from _of_a_patch(effect.detail, source, line, evidence)
        case "warning":
            yield from _of_a_warning(effect, source, line, evidence)
        case "output" if source:
            yield from _of_output(effect.detail, source, line, evidence)


def of_what_is_printed(
    said: str, module: Module, place: Place, evidence: Evidence
) -> Iterator[Fact]:
    """Yield whether a text asks to install what is missing, tells why an import fails, or its end.

    Args:
        said: All that a line prints.
        module: That is imported.
        place: Of the line.
        evidence: All that is known of the project.
    """
    source = evidence.by_file.get(place[0])
    if advises_to_install(said, evidence.index(Origins), source):
        yield Fact.PREPARED
    if source and announces(said, source.module):
        yield Fact.ANNOUNCED
    yield from _of_a_failure(module, place, evidence)


def _is_its_own(effect: Effect, place: Place, evidence: Evidence) -> bool:
    """Return whether an effect is about what is called like the project, or left to others."""
    if effect.kind == "environment":
        return is_default_for_others(place, evidence)
    source = evidence.by_file.get(place[0])
    own = source.module.partition(".")[0] if source else ""
    if effect.kind == "path":
        added = effect.detail.removeprefix("adds ").split(", ")
        return all(PurePath(each).parts[:1] == (f".{own}",) for each in added)
    line = place[1]
    return source is not None and line is not None and parses_its_own_options(source, line)


def _is_met_by_who_asks(effect: Effect) -> bool:
    """Return whether those alone who ask for it meet what is registered, or a new builtin.

    A private name is nothing that Python looks for. `_` alone is what translations go by.
    """
    return effect.kind in {"registration", "entry"} or all(
        name.startswith("_") and name.strip("_") and not hasattr(builtins, name)
        for name in effect.detail.split(", ")
    )


def _of_filters(filters: list[str], source: Source | None, evidence: Evidence) -> Iterator[Fact]:
    if all(_is_narrow(each, evidence) or (source and is_for(each, source)) for each in filters):
        yield Fact.NARROW
    if source and _are_for_its_own_warning(filters, source, evidence):
        yield Fact.ANNOUNCED


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


def _of_a_patch(
    patched: str, source: Source | None, line: int | None, evidence: Evidence
) -> Iterator[Fact]:
    if source and is_told_to_users(patched, source):
        yield Fact.ANNOUNCED
    if evidence.index(NewNames).are_up_for_replacement(patched):
        yield Fact.INVITED
    if _is_of_one_release(patched, evidence):
        yield Fact.NARROW
    if source and line and hands_on_and_says_so(source, line):
        yield Fact.NARROW


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


def _of_a_hook(hooks: str, source: Source | None, evidence: Evidence) -> Iterator[Fact]:
    if source and any(map(ends, announced(source, evidence))):
        yield Fact.ANNOUNCED  # it leads those on who still use the old names
    inside = source and find_what_lies_inside(hooks, source, evidence)
    if inside or find_nothing(hooks, evidence):
        yield Fact.NARROW


def _of_a_warning(
    warning: Effect, source: Source | None, line: int | None, evidence: Evidence
) -> Iterator[Fact]:
    if advises_to_install(warning.detail, evidence.index(Origins), source):
        yield Fact.PREPARED
    if source and line:
        yield from of_warning(warning.detail, source, line)
        yield from of_what_is_found(warning, evidence)
        yield from of_a_place_that_is_left(source, line, evidence)
        yield from of_what_is_kept(warning.detail, source, line, evidence)


def _of_output(said: str, source: Source, line: int | None, evidence: Evidence) -> Iterator[Fact]:
    is_asked_for = is_there_to_print(source) and not evidence.importers.get(source.module)
    if is_asked_for:
        yield Fact.ANNOUNCED
    if line and says_that_it_ends(said, source, line):
        yield Fact.ANNOUNCED
    if line and is_prepared_log(source, line):
        yield Fact.PREPARED


def _of_a_failure(module: Module, place: Place, evidence: Evidence) -> Iterator[Fact]:
    """Yield whether a module that does not import has said why, or a line has by which it fails.

    Such a line is told already, with what it raises: it may call what says so, and then raises.
    """
    outcome = evidence.outcomes.get(module.name)
    if outcome is None or outcome.loaded:
        return
    source = evidence.by_file.get(place[0])
    if source and place[1] and is_said_by_a_handler_that_fails(source, place[1]):
        yield Fact.PREPARED
    on_the_way = (evidence.sources.innermost([frame]) for frame in outcome.frames)
    if place in {evidence.blamed(outcome), *on_the_way}:
        yield Fact.OF_ITS_FAILURE
