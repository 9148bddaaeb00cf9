"""MW5xx: side effects at import."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from modwright_check.config.ignore_comments import ignored_on_lines
from modwright_check.index.applications import of_an_application
from modwright_check.index.branches import Branches
from modwright_check.index.evidence import Evidence
from modwright_check.index.helpers_of_tests import is_for_tests
from modwright_check.index.programs import programs, with_their_modules
from modwright_check.index.reach import Reach
from modwright_check.index.texts import texts_of
from modwright_check.model.codes import finding
from modwright_check.model.facts import Fact
from modwright_check.model.import_result import Effect, Step
from modwright_check.model.module_names import is_of_tests
from modwright_check.model.questions import HasAttributes, RunsLines
from modwright_check.model.report import Finding
from modwright_check.rules.effects_considered import (
    OF_A_CALL_THAT_FAILS,
    considered,
    of_a_failure,
    of_what_is_printed,
)
from modwright_check.rules.effects_seen import Effects, Place, of_import, of_patches, place_of
from modwright_check.rules.effects_told import EFFECTS
from modwright_check.rules.new_names import NewNames
from modwright_check.static.patches import puts_a_value, written_value
from modwright_check.static.source import Source

_DOTTED = re.compile(r"\w+(\.\w+)*")
_LONGEST = 120  # characters that are told of a detail

Way = tuple[tuple[str, int], ...]


def questions(evidence: Evidence) -> Iterator[HasAttributes | RunsLines]:
    """Yield whether others' modules and classes have the names that the project assigns to.

    And which lines run of those that change what all share, and stand in branches.

    Args:
        evidence: What is known of the project.
    """
    names, branches = evidence.index(NewNames), evidence.index(Branches)
    for module in evidence.modules:
        if (question := branches.question(module)) is not None:
            yield question
            for patch in branches.all_patches(module.name):
                yield from names.questions(patch.name)
        for effect in (*of_import(module.name, evidence), *of_patches(module, evidence)):
            if effect.kind == "patch" and effect.own:
                yield from names.questions(effect.detail)


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Yield effects at the line that causes them; those of one kind on a line are one finding.

    Effects of a third-party module at its own import are information.
    """
    effects = Effects(evidence)
    text_of = texts_of(evidence)
    of_programs = with_their_modules(evidence.index(programs), evidence)
    of_programs |= evidence.index(of_an_application)
    told: dict[Finding, dict[str, Way]] = {}
    reports: dict[tuple[str, frozenset[Fact]], Finding] = {}
    for module in evidence.modules:
        for effect in effects.of(module):
            file, line = place = place_of(effect, evidence) or (
                evidence.sources.in_project(module.path),
                None,
            )
            # A test may do it by way of another module.
            told_of = evidence.names_by_file.get(file, module.name)
            facts = {Fact.TESTS} if is_of_tests(module.name) else set()
            if told_of in of_programs:
                facts.add(Fact.PROGRAM)
            if is_for_tests(told_of, evidence):
                facts.add(Fact.TEST_HELPERS)
            if effect.kind == "output":
                said = _whole(effect, effects.seen(module))
                facts.update(of_what_is_printed(said, place, evidence))
            if effect.kind in OF_A_CALL_THAT_FAILS:
                facts.update(of_a_failure(module, place, evidence))
            facts.update(evidence.index(Reach).facts(told_of))
            found = _said(effect, evidence, told_of, place, facts)
            message = f"{found.message}{_through(effect.way, evidence)}"
            found = replace(found, message="")
            wanted = found.code in ignored_on_lines(text_of(file) or "", file).get(line or 0, ())
            if effect.kind == "output" and not wanted:  # of many lines of a module, the first
                found = reports.setdefault((found.module, found.facts), found)
            told.setdefault(found, {}).setdefault(message, _way(effect.way, place, evidence))
    for found, messages in told.items():
        first, *more = messages
        message = f"{first} (and {len(more)} more)" if more else first
        yield replace(found, message=message, traceback=messages[first])


def _whole(output: Effect, effects: Iterable[Effect]) -> str:
    """Return all that a line prints, which is one text to whoever reads it."""
    place = output.file, output.line
    same = (each for each in effects if each.kind == "output" and (each.file, each.line) == place)
    return "\n".join(each.detail for each in same)


def _said(
    effect: Effect,
    evidence: Evidence,
    module: str,
    place: Place,
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
    facts = {*facts, *considered(effect, place, evidence)}
    if adds:
        facts.add(Fact.NARROW)
    message = pattern.format(_told(effect.detail, evidence)).rstrip(": ")
    return finding(code, module, message, hint, *place, facts=facts)


def _is_there_already(patched: str, source: Source, line: int, evidence: Evidence) -> bool:
    """Return whether a patch puts a constant where the same one is without it."""
    value = written_value(source, line)
    return value is not None and evidence.index(NewNames).have(patched, value)


def _borrowed(effect: Effect, place: Place, evidence: Evidence) -> tuple[str, str]:
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


def _told(detail: str, evidence: Evidence) -> str:
    """Return the beginning of a detail, counted from where its paths are short."""
    text = evidence.sources.shortened(detail).strip()
    return f"{text[:_LONGEST]} …" if len(text) > _LONGEST else text


def _way(way: tuple[Step, ...], place: Place, evidence: Evidence) -> Way:
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
