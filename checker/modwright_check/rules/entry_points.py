"""MW901: entry points that cannot be loaded, and commands that cannot be called."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from packaging.utils import canonicalize_name

from modwright_check.index.advice import fails_with_advice
from modwright_check.index.choices import Choices
from modwright_check.index.evidence import Evidence
from modwright_check.index.hosts import Hosts
from modwright_check.index.machine import facts_of_the_machine
from modwright_check.index.module_origins import Origin, Origins
from modwright_check.index.older_hosts import is_for_older_hosts
from modwright_check.index.optional_names import behind
from modwright_check.index.values_read import ValuesRead
from modwright_check.model.codes import finding
from modwright_check.model.facts import Fact
from modwright_check.model.module_names import import_hint, is_of_tests, packages_around
from modwright_check.model.questions import HasAttributes
from modwright_check.model.report import Finding
from modwright_check.model.trial import UNTRIED, Trial, raised
from modwright_check.rules.declared_at import declared_at, installed
from modwright_check.rules.dependencies.failed_imports import cause
from modwright_check.rules.dependencies.messages import missing as missing_in
from modwright_check.rules.platforms import expected_elsewhere
from modwright_check.static.definitions import (
    Definition,
    definition,
    required_arguments,
    taken_from,
)
from modwright_check.static.handlers import answered_by
from modwright_check.wheel.entry_points import COMMANDS, EntryPoint, entry_points

# An object reference, as the entry points specification has it: module, attributes, extras.
_REFERENCE = re.compile(
    r"(?P<module>[\w.]+)\s*(:\s*(?P<path>[\w.]+)\s*)?(\[(?P<extras>[^]]*)\])?\s*"
)
_NOT_FOUND = re.compile(r"No module named '(?P<name>[\w.]+)'")
_LOADED_FIRST = {"pytest11"}


@dataclass(frozen=True)
class _Reference:
    """What an entry point refers to.

    Args:
        point: The entry point.
        module: Where to look.
        path: Dotted attributes of it; empty for the module itself.
    """

    point: EntryPoint
    module: str
    path: str

    @property
    def is_command(self) -> bool:
        """Return whether installers make a program of it."""
        return self.point.group in COMMANDS


@dataclass(frozen=True)
class _Problem:
    message: str
    hint: str
    outcome: str = "cannot be loaded"
    facts: frozenset[Fact] = frozenset()


def questions(evidence: Evidence) -> Iterable[HasAttributes]:
    """Return whether modules have what entry points refer to.

    Args:
        evidence: All that is known of the project.
    """
    return _asked(evidence).values()


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Yield each entry point that does not load, and each command that cannot be called: MW901.

    What asks for an extra that is not installed is passed over.

    Args:
        evidence: All that is known of the project.
    """
    for point in _points(evidence):
        if _REFERENCE.fullmatch(point.value) is None:
            nothing = _Problem(f"{point.value!r} is not an object reference", _WRITE_REFERENCE)
            yield _told(point, "", nothing, evidence)
    asked = _asked(evidence)
    for reference in _references(evidence):
        if found := _definition(reference, evidence):
            problem = _uncalled(reference, found)
        else:
            problem = _problem(reference, evidence.answers.to(asked[reference.module]), evidence)
        if problem:
            yield _told(reference.point, reference.module, problem, evidence)


def _references(evidence: Evidence) -> Iterator[_Reference]:
    """Yield what entry points refer to, as far as all that they ask for is installed."""
    for point in _points(evidence):
        match = _REFERENCE.fullmatch(point.value)
        if match and evidence.tells_of(match["module"]) and _has_extras(match["extras"], evidence):
            reference = _Reference(point, match["module"], match["path"] or "")
            yield _as_commands_do(_as_programs_read_it(reference, evidence), evidence)


def _as_programs_read_it(reference: _Reference, evidence: Evidence) -> _Reference:
    """Return what a plugin refers to by `package.Class`, for a program that has it so."""
    module, _, name = reference.module.rpartition(".")
    in_one = not reference.path and reference.module not in evidence.names
    if in_one and module in evidence.names and evidence.index(ValuesRead).of(reference.point.group):
        return _Reference(reference.point, module, name)
    return reference


def _as_commands_do(reference: _Reference, evidence: Evidence) -> _Reference:
    """Return what a command refers to, for which installers write `from module import name`.

    That imports a submodule, as no attribute does that other programs ask an entry point for.
    """
    name, _, rest = reference.path.partition(".")
    submodule, source = f"{reference.module}.{name}", evidence.read.get(reference.module)
    is_defined = source is not None and name in source.definitions
    if reference.is_command and rest and submodule in evidence.names and not is_defined:
        return _Reference(reference.point, submodule, rest)
    return reference


def _asked(evidence: Evidence) -> dict[str, HasAttributes]:
    """Return by module what is to be asked of it: what cannot be seen in its source."""
    paths: dict[str, set[str]] = defaultdict(set)
    for reference in _references(evidence):
        if _definition(reference, evidence) is None:
            paths[reference.module].update([reference.path] if reference.path else [])
    return {module: HasAttributes(module, tuple(sorted(own))) for module, own in paths.items()}


def _points(evidence: Evidence) -> list[EntryPoint]:
    distribution = installed(str(evidence.about.name), evidence)
    return sorted(entry_points(distribution)) if distribution else []


def _has_extras(extras: str | None, evidence: Evidence) -> bool:
    """Return whether all that an entry point's extras ask for is installed."""
    wanted = {canonicalize_name(extra) for extra in re.findall(r"[\w.-]+", extras or "")}
    for requirement in evidence.about.requires_dist or ():
        marker = requirement.marker
        if marker is None or marker.evaluate({"extra": ""}):
            continue
        asked = any(marker.evaluate({"extra": extra}) for extra in wanted)
        if asked and installed(requirement.name, evidence) is None:
            return False
    return True


def _definition(reference: _Reference, evidence: Evidence) -> Definition | None:
    """Return the function or class of modules that import; nothing need be run to see it."""
    module, path, seen = reference.module, reference.path, set[str]()
    while module not in seen:
        seen.add(module)
        outcome, source = evidence.outcomes.get(module), evidence.read.get(module)
        if outcome is None or not outcome.loaded or source is None:
            return None
        if found := definition(source, path):
            return found
        name, dot, rest = path.partition(".")
        taken = taken_from(source, name)
        if taken is None or f"{module}.{name}" in evidence.names:  # or is it the submodule?
            return None
        module, path = taken[0], f"{taken[1]}{dot}{rest}"
    return None


def _uncalled(reference: _Reference, found: Definition) -> _Problem | None:
    """Return why a command does nothing: what installers make of it calls `function()`.

    A decorator may change that, so what is decorated is not judged; nor are classes.
    """
    if isinstance(found, ast.ClassDef) or found.decorator_list or not reference.is_command:
        return None
    what = f"{reference.path} of {reference.module}"
    if required := required_arguments(found):
        message = f"{what} is called without arguments, but requires {' and '.join(required)}"
        owner, _, method = reference.path.rpartition(".")
        hint = _MAKE_FIRST.format(owner, method) if owner else _TAKE_NOTHING
        return _Problem(message, hint, _CANNOT_RUN)
    if isinstance(found, ast.AsyncFunctionDef):
        message = f"{what} is async, and nothing awaits its result"
        return _Problem(message, _RUN_ASYNC.format(found.name), _CANNOT_RUN)
    return None


def _problem(reference: _Reference, trial: Trial, evidence: Evidence) -> _Problem | None:
    if trial is UNTRIED:
        return None
    if not trial.answers or trial.answers[0] != ("loaded",):
        return _does_not_import(reference, trial, evidence)
    if not reference.path:
        return None
    answers = {answer[1]: answer for answer in trial.answers[1:]}
    match answers.get(reference.path):
        case ("resolves", _, True, *_):
            return None
        case ("resolves", path, False, *_):
            message = f"{path} of {reference.module} is not callable"
            return _Problem(message, _NAME_FUNCTION) if reference.is_command else None
        case ("lacks", _, owner, name, names, _):
            return _Problem(f"{owner} has no {name}", _similar(name, names) or _DEFINE)
        case ("raises", path, *told):
            return _Problem(
                f"{path} of {reference.module} raises {raised(told)}", import_hint(reference.module)
            )
    return _Problem(
        f"{reference.path} of {reference.module} {trial.end}", import_hint(reference.module)
    )


def _does_not_import(reference: _Reference, trial: Trial, evidence: Evidence) -> _Problem | None:
    module = reference.module
    missing = _NOT_FOUND.search(trial.raised.message) if trial.raised else None
    if missing and missing["name"] == module and module not in evidence.names:
        message = f"the module {module} does not exist"
        if _is_for_others_to_bring(reference, evidence):
            return _Problem(message, _LEAVE_TO_USERS, facts=frozenset({Fact.BROUGHT_BY_OTHERS}))
        otherwise = _NAME_MODULE if reference.path else _WRITE_REFERENCE
        return _Problem(message, _similar(module, sorted(evidence.names)) or otherwise)
    origins = evidence.index(Origins)
    foreign = missing and not evidence.sources.answers_for(missing["name"])
    if not reference.is_command and (foreign or _is_answered(trial, evidence)):
        return None  # a plugin: what it is for is there when it is loaded
    outcome = evidence.outcomes.get(module)
    lacking = behind(outcome, evidence, origins) if outcome and not outcome.loaded else None
    if outcome and outcome.exits and lacking:
        return _ends_without(lacking.module, module, origins)
    if outcome and outcome.exits and module.endswith(".__main__"):
        return _runs_at_import(reference, evidence)
    if outcome and not outcome.loaded:
        missed = lacking.module if lacking else missing and missing["name"]
        facts = {Fact.FOR_SOME} if missed and origins.is_for_some(missed) else set()
        if _is_in_its_framework(reference, evidence):
            facts.add(Fact.OF_A_HOST)
        lost = cause(outcome, origins)
        if lost and is_for_older_hosts(module, lost.module, evidence):
            facts.add(Fact.OF_AN_OLDER_HOST)
        if evidence.index(Choices).behind(outcome):
            facts.add(Fact.OF_A_CHOICE)
        if fails_with_advice(outcome, origins):
            facts.add(Fact.REFUSED)
        if module in evidence.index(expected_elsewhere):
            facts.add(Fact.OF_ANOTHER_SYSTEM)
        facts.update(facts_of_the_machine(outcome, evidence))
        hint = f"See the finding of {module}."
        return _Problem(f"{module} cannot be imported", hint, facts=frozenset(facts))
    return _Problem(
        f"{module} cannot be imported: {trial.raised or trial.end}", import_hint(module)
    )


def _is_for_others_to_bring(reference: _Reference, evidence: Evidence) -> bool:
    """Return whether a project asks for a plugin itself, and names a package of others for it.

    It does so for those who have installed the package.
    """
    group, top = reference.point.group, reference.module.partition(".")[0]
    if reference.is_command or top in {name.partition(".")[0] for name in evidence.names}:
        return False
    return any(
        f"{quote}{group}{quote}" in each.text for each in evidence.read.values() for quote in "\"'"
    )


def _ends_without(lacking: str, module: str, origins: Origins) -> _Problem:
    """Return that a module ends the process in the handler of an import that has failed."""
    why = missing_in(lacking, origins)
    message = f"{module} ends the process without {lacking}, which {why.reason}"
    facts = {Fact.FOR_SOME} if origins.is_for_some(lacking) else ()
    return _Problem(message, why.hint, facts=frozenset(facts))


def _runs_at_import(reference: _Reference, evidence: Evidence) -> _Problem:
    """Return that a program runs before anything can be taken from its module.

    A command works all the same, by the import: what it names need not be there.
    """
    source, name = evidence.read.get(reference.module), reference.path.partition(".")[0]
    message = f"{reference.module} runs the program when it is imported, and ends the process"
    if source and name and not re.search(rf"\b{re.escape(name)}\b", source.text):
        hint = f"{_GUARD.removesuffix('.')}, and refer to what {reference.module} has."
        return _Problem(f"{message}; it has no {name}", hint)
    return _Problem(message, _GUARD)


def _is_in_its_framework(reference: _Reference, evidence: Evidence) -> bool:
    """Return whether a program loads a plug-in that imports only inside a framework.

    Users ask for it there, where the framework is set up. Commands begin without it, and so does
    pytest, which loads its plug-ins in every run.
    """
    module = next((each for each in evidence.modules if each.name == reference.module), None)
    if module is None or reference.point.group in COMMANDS | _LOADED_FIRST:
        return False
    return evidence.index(Hosts).of(module) is not None


def _is_answered(trial: Trial, evidence: Evidence) -> bool:
    """Return whether the module itself reports that a third-party module is missing."""
    frames = trial.raised.frames if trial.raised else ()
    answered = list(answered_by(frames, evidence.environment.site_packages))
    if not answered:
        return False
    origins = evidence.index(Origins)
    return any(origins.of(name) is Origin.MISSING for name in answered)


def _similar(name: str, names: Iterable[str]) -> str:
    near = get_close_matches(name, names, n=3)
    return f"Did you mean {' or '.join(near)}?" if near else ""


def _told(point: EntryPoint, module: str, problem: _Problem, evidence: Evidence) -> Finding:
    what = "command" if point.group in COMMANDS else f"entry point of {point.group}"
    own = module if module in evidence.names else ""
    message = f"the {what} {point.name} {problem.outcome}: {problem.message}"
    place = declared_at(point, evidence)
    facts = problem.facts | ({Fact.TESTS} if _is_for_tests(point, module, evidence) else set())
    return finding("MW901", own, message, problem.hint, *place, facts=facts)


def _is_for_tests(point: EntryPoint, module: str, evidence: Evidence) -> bool:
    """Return whether a plugin is one by which the project's own tests try out plugins.

    It lies among tests that the wheel holds: they have not been forgotten.
    """
    around = [name for name in packages_around(module) if name in evidence.names]
    return point.group not in COMMANDS and any(map(is_of_tests, around))


_WRITE_REFERENCE = "Write it as `module:function`."
_NAME_MODULE = "Add the module to the wheel, or name one that the wheel contains."
_LEAVE_TO_USERS = (
    f"Ignore this if users install the distribution that provides it. Otherwise: {_NAME_MODULE}"
)
_DEFINE = "Define the name there, or refer to one that exists."
_NAME_FUNCTION = "Refer to a function that can be called without arguments."
_CANNOT_RUN = "cannot be run"
_GUARD = 'Call the program there under `if __name__ == "__main__":`.'
_TAKE_NOTHING = "Give every parameter a default: commands are called without arguments."
_MAKE_FIRST = "Refer to a function that creates the object first, as in `{}().{}()`."
_RUN_ASYNC = "Refer to a function that runs it: `asyncio.run({}())`."
