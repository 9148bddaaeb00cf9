"""Extension modules: undefined symbols, init functions, tags, crashes, hidden failures."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from packaging.specifiers import SpecifierSet
from packaging.tags import Tag
from packaging.utils import InvalidWheelFilename, parse_wheel_filename

from modwright_check.index.evidence import Evidence
from modwright_check.index.extension_failures import (
    BUILD_FOR_EACH,
    ExtensionFailure,
    Extensions,
    name_initialiser,
)
from modwright_check.model.codes import finding
from modwright_check.model.exit_status import is_crash
from modwright_check.model.facts import Fact
from modwright_check.model.module_names import is_of_tests
from modwright_check.model.questions import LeavesOutput, LoadsInSubinterpreters, Question
from modwright_check.model.report import Finding
from modwright_check.model.trial import Trial
from modwright_check.rules.imports import at_innermost
from modwright_check.static.source import Import, Source, Where
from modwright_check.wheel.extension_files import Extension, has_initialiser

# By the kind of effect.
_LOUD = {"output": "prints {!r}", "native thread": "starts native threads ({})"}
_DO_LATER = "Move this from the init function into a function that users call."
_CPYTHON = re.compile(r"(?P<name>py|cp)3(?P<minor>\d*)")
_NEWEST = 20  # the x of a Python 3.x that no wheel of today can know of
_SUBINTERPRETERS = (3, 12)  # the first with a GIL for each of them (PEP 684)
_UNSUITABLE = re.compile(r"module (\S+) does not support loading in subinterpreters")


def questions(evidence: Evidence) -> Iterator[Question[Any]]:
    """Yield what extensions do at the end of a process, and in subinterpreters.

    Python 3.11 has only interpreters that share one GIL; extensions load there as anywhere.

    Args:
        evidence: All that is known of the project.
    """
    extensions = Extensions(evidence)
    sound = _sound(evidence, extensions)
    if silent := _silent(evidence, extensions, sound):
        yield LeavesOutput(tuple(silent))
    if sound and _has_subinterpreters(evidence):
        yield LoadsInSubinterpreters(tuple(sound))


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Yield what is wrong with the extension modules of a wheel: MW801 to MW807.

    Args:
        evidence: All that is known of the project.
    """
    extensions = Extensions(evidence)
    if not extensions.files:
        return
    yield from _failing(evidence, extensions)
    yield from _replaced(evidence, extensions)
    yield from _without_initialiser(evidence, extensions)
    sound = _sound(evidence, extensions)
    yield from _loud(evidence, extensions)
    yield from _loud_at_the_end(evidence, _silent(evidence, extensions, sound))
    yield from _misnamed(evidence, extensions, sound)
    yield from _in_subinterpreters(evidence, sound)


def _sound(evidence: Evidence, extensions: Extensions) -> dict[str, list[Extension]]:
    """Return the files of the extensions that load here."""
    return {
        name: files
        for name, files in extensions.files.items()
        if (outcome := evidence.outcomes.get(name)) and outcome.loaded
        if any(map(extensions.is_for_this_python, files))
    }


def _silent(
    evidence: Evidence, extensions: Extensions, sound: dict[str, list[Extension]]
) -> dict[str, list[Extension]]:
    """Return those of whom nothing was heard when they were loaded."""
    heard = {found.module for found in _loud(evidence, extensions)}
    return {name: files for name, files in sound.items() if name not in heard}


def _failing(evidence: Evidence, extensions: Extensions) -> Iterator[Finding]:
    for module in evidence.modules:
        outcome = evidence.outcomes.get(module.name)
        failure = extensions.failure(module, outcome) if outcome else None
        if outcome is None or failure is None:
            continue
        said = failure.code, failure.message, failure.hint
        hiding = list(_hiding(evidence, extensions, failure))
        # Nobody but who has that library gets here: the others go on without.
        is_optional = failure.lacks_a_library and bool(hiding)
        facts = {Fact.GOES_ON} if is_optional else ()
        yield at_innermost(evidence, module, outcome, *said, facts=facts)
        if module.name == failure.extension.module:
            left = failure.lacks_a_library and _holds_what_it_needs(evidence.wheel.name)
            facts = {Fact.LEFT_TO_USERS} if left else ()
            yield from (_hidden(failure, *each, facts=facts) for each in hiding[:1])


def _holds_what_it_needs(wheel: str) -> bool:
    """Return whether a wheel's tag promises that it needs nothing but the system.

    A library that is not in it all the same has been left out on purpose (PEP 600, PEP 656).
    """
    try:
        tags = parse_wheel_filename(wheel)[3]
    except InvalidWheelFilename:
        return False
    return all(tag.platform.startswith(("manylinux", "musllinux")) for tag in tags)


def _hiding(
    evidence: Evidence, extensions: Extensions, failure: ExtensionFailure
) -> Iterator[tuple[Source, Import]]:
    """Yield the imports that go on without the extension; no crash is hidden."""
    for source, statement in extensions.imports_of(failure.extension.module):
        outcome = evidence.outcomes.get(source.module)
        goes_on = statement.guarded and outcome and outcome.loaded
        if goes_on and failure.code != "MW804" and not is_of_tests(source.module):
            yield source, statement


def _hidden(
    failure: ExtensionFailure, source: Source, statement: Import, *, facts: Iterable[Fact] = ()
) -> Finding:
    return finding(
        "MW805",
        failure.extension.module,
        f"is broken, and {source.module} silently works without it: {failure.message}",
        failure.hint,
        source.file,
        statement.line,
        facts=facts,
    )


def _replaced(evidence: Evidence, extensions: Extensions) -> Iterator[Finding]:
    """Yield modules in Python that are imported because this Python passes over the extension."""
    for name, files in extensions.files.items():
        outcome = evidence.outcomes.get(name)
        # Files for several Pythons or systems are there on purpose.
        if outcome is None or not outcome.loaded or len(files) > 1:
            continue
        fallback = files[0].path.with_name(f"{name.rpartition('.')[2]}.py")
        is_there = evidence.sources.installed(fallback).exists()
        if is_there and not extensions.is_for_this_python(files[0]):
            yield finding(
                "MW805",
                name,
                f"is silently imported from {fallback.name}: {extensions.passed_over(files[0])}",
                BUILD_FOR_EACH,
                evidence.sources.in_project(fallback),
            )


def _without_initialiser(evidence: Evidence, extensions: Extensions) -> Iterator[Finding]:
    """Yield files that an own import would load, but that hold no init function of their name.

    Discovery takes them for shared libraries. What nothing guards has failed by now, unless it
    stands in a function.
    """
    offered = {module.name for module in evidence.modules}
    for name, files in extensions.files.items():
        if name in offered:
            continue
        file = evidence.environment.site_packages / files[0].path
        last = name.rpartition(".")[2]
        for source, statement in extensions.imports_of(name):
            late = statement.where is Where.IN_FUNCTION
            if not (statement.guarded or late) or _is_attribute(name, statement, evidence):
                continue
            if has_initialiser(file, last):
                break
            message = f"{files[0].path} does not define the init function PyInit_{last}"
            failure = ExtensionFailure(
                files[0], "MW802", message, name_initialiser(f"PyInit_{last}")
            )
            yield (_hidden if statement.guarded else _late)(failure, source, statement)
            break


def _is_attribute(name: str, statement: Import, evidence: Evidence) -> bool:
    """Return whether an import takes a name from a package that binds it itself, or may do so."""
    package, _, last = name.rpartition(".")
    if statement.module != package or package not in evidence.read:
        return False
    return not {last, "__getattr__"}.isdisjoint(dict(evidence.read[package].definitions))


def _late(failure: ExtensionFailure, source: Source, statement: Import) -> Finding:
    place = source.file, statement.line
    return finding(failure.code, source.module, failure.message, failure.hint, *place)


def _misnamed(
    evidence: Evidence, extensions: Extensions, sound: dict[str, list[Extension]]
) -> Iterator[Finding]:
    """Yield extensions that work here, in a wheel that is installed where they do not."""
    try:
        tags = parse_wheel_filename(evidence.wheel.name)[3]
    except InvalidWheelFilename:
        return
    admitted = evidence.about.requires_python or SpecifierSet()
    for name, files in sound.items():
        too_wide = _too_wide(files[0], tags, admitted)
        # Files for several Pythons or systems are there on purpose.
        if too_wide is None or len(files) > 1:
            continue
        replaced = any(statement.guarded for _, statement in extensions.imports_of(name))
        yield finding(
            "MW803",
            name,
            f"the wheel is tagged {_shown(tags)}, so it is installed {too_wide}; "
            f"{files[0].path} cannot be loaded there",
            "Declare the extensions to the build back end, so that it tags the wheel.",
            files[0].path.as_posix(),
            facts={Fact.GOES_ON} if replaced else (),
        )


def _too_wide(extension: Extension, tags: frozenset[Tag], admitted: SpecifierSet) -> str | None:
    """Return where a wheel is installed that its extension is not made for."""
    if any(tag.platform == "any" for tag in tags):
        return "on every system"
    if extension.minor is None:
        return None
    for minor in (*range(extension.minor + 1, _NEWEST), *range(extension.minor)):
        if any(_is_for(tag, minor) for tag in tags) and admitted.contains(f"3.{minor}.0"):
            return f"on Python 3.{minor} too"
    return None


def _is_for(tag: Tag, minor: int) -> bool:
    """Return whether CPython 3.`minor` takes wheels of a tag (PEP 425), apart from the platform."""
    named = _CPYTHON.fullmatch(tag.interpreter)
    if named is None:
        return False
    oldest = int(named["minor"] or 0)
    if named["name"] == "py" or tag.abi == "abi3":  # py3 and py38 are for later Pythons too
        return oldest <= minor
    return oldest == minor


def _shown(tags: frozenset[Tag]) -> str:
    return " or ".join(sorted({f"{tag.interpreter}-{tag.abi}" for tag in tags}))


def _loud(evidence: Evidence, extensions: Extensions) -> Iterator[Finding]:
    """Yield extensions that write, or start threads that Python does not know, when loaded."""
    for module in evidence.modules:
        outcome = evidence.outcomes.get(module.name)
        for effect in outcome.effects if outcome else ():
            if effect.kind not in _LOUD or not effect.own:
                continue
            if (extension := extensions.behind(module, effect)) is None:
                continue
            place = effect.file and evidence.sources.innermost([(effect.file, effect.line or 0)])
            does = _LOUD[effect.kind].format(effect.detail.strip())
            yield finding(
                "MW806",
                module.name,
                f"{extension.path} {does} when it is loaded",
                _DO_LATER,
                *(place or (extension.path.as_posix(), None)),
            )


def _loud_at_the_end(evidence: Evidence, silent: dict[str, list[Extension]]) -> Iterator[Finding]:
    """Yield extensions whose output stays in C's buffers, which are written at the very end.

    The processes that the modules are imported in do not get that far.
    """
    answers = evidence.answers.to(LeavesOutput(tuple(silent))).answers if silent else ()
    for name, files in silent.items():
        left = "".join(answer[2] for answer in answers if answer[:2] == ("left", name))
        if text := left.strip():
            path = files[0].path
            does = _LOUD["output"].format(text)
            message = f"{path} {does} when it is loaded"
            yield finding("MW806", name, message, _DO_LATER, path.as_posix())


def _in_subinterpreters(evidence: Evidence, sound: dict[str, list[Extension]]) -> Iterator[Finding]:
    """Yield extensions that an interpreter with its own GIL refuses, or that crash there."""
    if not sound or not _has_subinterpreters(evidence):
        return
    for name, trial in evidence.answers.to(LoadsInSubinterpreters(tuple(sound))).items():
        if _is_refused(name, trial):
            yield _refused(sound[name][0])
        elif not trial.answers and is_crash(trial.exit_code):
            yield _crashing(sound[name][0])


def _has_subinterpreters(evidence: Evidence) -> bool:
    version = tuple(map(int, evidence.environment.version.split(".")[:2]))
    return version >= _SUBINTERPRETERS


def _is_refused(name: str, trial: Trial) -> bool:
    said = "".join(answer[1] for answer in trial.answers if answer[0] == "loaded")
    refused = _UNSUITABLE.search(said)
    return refused is not None and refused[1] in {name, name.rpartition(".")[2]}


def _crashing(extension: Extension) -> Finding:
    return finding(
        "MW807",
        extension.module,
        f"{extension.path} crashes the interpreter when a subinterpreter loads it",
        "Keep the state in the module object (PEP 489), or declare that it does not support them.",
        extension.path.as_posix(),
        facts={Fact.CRASHES},
    )


def _refused(extension: Extension) -> Finding:
    return finding(
        "MW807",
        extension.module,
        f"{extension.path} does not support subinterpreters with their own GIL",
        "Use multi-phase initialisation (PEP 489) and, for Python 3.12 and newer, the slot "
        "Py_mod_multiple_interpreters.",
        extension.path.as_posix(),
    )
