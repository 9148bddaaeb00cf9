"""MW101 to MW105 and MW401: a module cannot be imported, or another module is imported instead."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from modwright_check.index.advice import fails_with_advice
from modwright_check.index.arguments import (
    ends_with_its_usage,
    is_given_arguments,
    waits_for_an_answer,
)
from modwright_check.index.back_ends import has_none_for_a_setting
from modwright_check.index.bound_elsewhere import misses_a_name_of_another_system
from modwright_check.index.choices import Choices
from modwright_check.index.evidence import Evidence
from modwright_check.index.failing_dependencies import failing_dependency
from modwright_check.index.hosts import Hosts
from modwright_check.index.machine import facts_of_the_machine
from modwright_check.index.module_origins import Origin, Origins
from modwright_check.index.reach import Reach
from modwright_check.index.script_copies import copies_of_scripts
from modwright_check.index.siblings import Siblings
from modwright_check.index.templates import is_a_template
from modwright_check.index.types_alone import for_types_alone
from modwright_check.index.variables import is_done_without, is_given, variable_missed
from modwright_check.model.codes import finding, told_of
from modwright_check.model.exit_status import is_crash, signal_name
from modwright_check.model.facts import Fact
from modwright_check.model.import_result import Outcome
from modwright_check.model.module_names import import_hint, packages_around
from modwright_check.model.report import Finding
from modwright_check.rules.cycles import cycle
from modwright_check.rules.known_reasons import hint
from modwright_check.static.lines import lines_of
from modwright_check.static.source import Source
from modwright_check.wheel.distributions import Distribution
from modwright_check.wheel.modules import Module

# What Python says of every name that it misses in a module that is being imported.
_GUESS = re.compile(r"partially initialized module | \(most likely due to a circular import\)")
# Where the module lies that Python misses a name in; the project's own is named as seen from it.
_OTHER_PLACE = re.compile(r"(?<=') \((?:/|[A-Za-z]:\\)[^()]*\)$")
_REFUSALS = {"ImportError", "ModuleNotFoundError", "PackageNotFoundError"}
_DOTTED = re.compile(r"\b\w+(?:\.\w+)+")
_NOT_BY_ITSELF = re.compile(
    r"\b(?:not|never|cannot)\b[^.]{0,30}\bimport(?:ed)?\b[^.]{0,20}"
    r"\b(?:directly|alone|by itself|on its own)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\b(_exit|kill|killpg|abort|raise_signal)\(")


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Yield a general finding for every module that cannot be imported.

    Findings of other rules that know the reason replace these. What lies in a package in whose
    place Python finds another one, is told with that.
    """
    refusals = _Refusals(evidence, evidence.index(Origins))
    replaced: dict[str, Finding] = {}
    for module in sorted(evidence.modules, key=lambda each: each.name):
        outcome = evidence.outcomes.get(module.name)
        around = next(filter(replaced.__contains__, packages_around(module.name)), None)
        if outcome and around:
            yield told_of(replaced[around], module.name)
        elif outcome and (found := _told(module, outcome, evidence, refusals)):
            if found.code == "MW401":
                replaced[module.name] = found
            yield found


def _told(
    module: Module, outcome: Outcome, evidence: Evidence, refusals: "_Refusals"
) -> Finding | None:
    """Return that a module cannot be imported, or another one is in its place."""
    if host := evidence.index(Hosts).of(module):
        failure = said_of(module.name, outcome)
        return _for(host, at_innermost(evidence, module, outcome, *failure, facts={Fact.OF_A_HOST}))
    if outcome.loaded:
        said = _from_elsewhere(module, outcome, evidence)
    else:
        code, message, usual = said_of(module.name, _without_a_guess(outcome, evidence))
        if failing := failing_dependency(outcome, evidence):
            message = f"imports {failing.module}, which {message}"
            usual = _of_a_dependency(failing.raising, outcome)
        said = code, message, hint(outcome, evidence, evidence.index(Origins)) or usual
    facts = refusals.facts(module, outcome)
    return at_innermost(evidence, module, outcome, *said, facts=facts) if said else None


def _without_a_guess(outcome: Outcome, evidence: Evidence) -> Outcome:
    """Return an outcome whose message does not speak of a cycle where there is none."""
    if not _GUESS.search(outcome.message) or cycle(outcome, evidence):
        return outcome
    return replace(outcome, message=_GUESS.sub("", outcome.message))


def _for(host: str, found: Finding) -> Finding:
    """Return a failure as that of a module which another program runs."""
    return replace(
        found,
        message=f"can be imported only inside {host}: {found.message}",
        hint=f"Ignore this if only {host} imports it; else move the code into a function.",
    )


class _Refusals:
    """What is known of modules that refuse to be imported.

    So do backends for want of the library that they are for, in a handler, a function or under a
    condition: they raise ImportError themselves, or say what is missing, or that nobody should
    import them directly. Where nothing decides about it, nobody can import the module.

    Args:
        evidence: All that is known of the project.
        origins: Where modules come from.
    """

    def __init__(self, evidence: Evidence, origins: Origins) -> None:
        self._evidence = evidence
        self._origins = origins
        self._siblings = evidence.index(Siblings)

    def facts(self, module: Module, outcome: Outcome) -> Iterator[Fact]:
        """Yield whether the rest imports without a module, and whether that refuses."""
        ends = outcome.exits or outcome.exit_code is None
        if ends and module.name in self._evidence.index(copies_of_scripts):
            yield Fact.COPY_OF_A_SCRIPT
        if module.name in self._evidence.index(for_types_alone):
            yield Fact.FOR_TYPES_ALONE
        if self._evidence.is_spared(module.name):
            yield Fact.SPARED
        if self._evidence.most_do_without(module.name):
            yield Fact.ALONE
        if self._tells_the_way(module, outcome) or self._is_a_notice(module, outcome):
            yield Fact.ANNOUNCED
        yield from self._of_its_users(module.name, outcome)
        if self._evidence.index(Choices).behind(outcome):
            yield Fact.OF_A_CHOICE
        if has_none_for_a_setting(outcome, self._evidence):
            yield Fact.PREPARED
        yield from facts_of_the_machine(outcome, self._evidence)
        yield from self._of_what_is_given(module, outcome)
        if self._refuses(outcome):
            yield Fact.REFUSED
            if self._siblings.lie_around(module.name):
                yield Fact.ONE_OF_SEVERAL
        elif self._evidence.sources.answers_for(outcome.defined_in) and self._is_decided(outcome):
            yield Fact.INTENDED
        elif self._is_refused_by_a_library(outcome):
            yield Fact.REFUSED_BY_A_LIBRARY

    def _of_what_is_given(self, module: Module, outcome: Outcome) -> Iterator[Fact]:
        """Yield what a module has missed that whoever runs it gives it: the project, or a host."""
        variable = variable_missed(outcome, self._evidence)
        given = variable and is_given(variable, module.name, self._evidence)
        about = module.name, outcome, self._evidence
        if given or is_a_template(*about) or is_given_arguments(*about):
            yield Fact.TEMPLATE
        if ends_with_its_usage(*about):
            yield Fact.PROGRAM
        if waits_for_an_answer(*about):
            yield Fact.UNANSWERED
        if variable and self._is_for_a_host_that_sets(variable, module):
            yield Fact.PREPARED

    def _of_its_users(self, module: str, outcome: Outcome) -> Iterator[Fact]:
        """Yield whether those who load a module expect its failure, or have what it misses."""
        reach = self._evidence.index(Reach)
        if reach.is_expected_to_fail(module):
            yield Fact.EXPECTED
        if misses_a_name_of_another_system(outcome, self._evidence):
            yield Fact.BOUND_ELSEWHERE
            if reach.is_on_demand(module):
                yield Fact.ON_DEMAND

    def _is_for_a_host_that_sets(self, variable: str, module: Module) -> bool:
        """Return whether a module is for those who have set what the project can do without.

        None of the others imports it, so whoever sets the variable does, as a host of programs.
        """
        imported = module.name in self._evidence.importers
        return not imported and is_done_without(variable, self._evidence)

    def _tells_the_way(self, module: Module, outcome: Outcome) -> bool:
        """Return whether an exception names another module, to which something has moved."""
        outcomes = self._evidence.outcomes
        named = set(_DOTTED.findall(outcome.message)) - {module.name}
        moved = any(name in outcomes and outcomes[name].loaded for name in named)
        return moved and self._evidence.raised_in(outcome.frames) is not None

    def _is_a_notice(self, module: Module, outcome: Outcome) -> bool:
        """Return whether a module does nothing but to tell those who still import it why not to."""
        source = self._evidence.read.get(module.name)
        body = source.tree.body if source and source.tree else []
        has_docstring = bool(body) and isinstance(body[0], ast.Expr)
        match body[has_docstring:]:
            case [ast.Raise()]:
                return outcome.error in _REFUSALS and bool(outcome.message)
        return False

    def _refuses(self, outcome: Outcome) -> bool:
        said = [outcome.message]
        if outcome.exits:  # of what ends the interpreter, the reason is printed before
            said += (each.detail for each in outcome.effects if each.kind == "output")
        says = (
            outcome.error in _REFUSALS
            or not self._missing.isdisjoint(_words(" ".join(said)))
            or fails_with_advice(outcome, self._origins)
            or _NOT_BY_ITSELF.search(outcome.message) is not None
        )
        return says and self._is_decided(outcome)

    def _is_refused_by_a_library(self, outcome: Outcome) -> bool:
        """Return whether another distribution raises an ImportError, of which Python knows no name.

        Where Python itself finds nothing to import, it names the module.
        """
        own = self._evidence.sources.innermost(outcome.frames[-1:]) is not None
        return _is_in_its_own_words(outcome) and not own

    def _is_decided(self, outcome: Outcome) -> bool:
        """Return whether a `raise` or an exit was come to, which something decides about."""
        place = self._evidence.at(outcome.frames) if outcome.exits else None
        ended = place[0].at(place[1]) if place else None
        context = ended[1] if ended else self._evidence.raised_in(outcome.frames)
        return context is not None and (
            context.function is not None or context.tried or not context.certain
        )

    @cached_property
    def _missing(self) -> frozenset[str]:
        """Return the names of the libraries that the project imports and that are not there."""
        return frozenset(
            statement.top.lower()
            for source in self._evidence.read.values()
            for statement in source.imports
            if statement.top and self._origins.of(statement.module) is Origin.MISSING
        )


def _is_in_its_own_words(outcome: Outcome) -> bool:
    """Return whether somebody's `raise` has made an ImportError, and not Python."""
    by_python = outcome.missing is not None or outcome.source is not None
    return outcome.error == "ImportError" and not by_python


def _of_a_dependency(raising: Distribution, outcome: Outcome) -> str:
    """Return what to do about a dependency that cannot be imported itself."""
    if _is_in_its_own_words(outcome):
        return f"Declare what {raising.title} asks for, or import it in the function that needs it."
    return (
        f"Require another version of {raising.title}, or do without it: {raising.title} "
        f"{raising.version} raises this by itself."
    )


def _words(message: str) -> list[str]:
    return re.findall(r"\w+", message.lower())


def at_innermost(
    evidence: Evidence,
    module: Module,
    outcome: Outcome,
    code: str,
    message: str,
    advice: str,
    *,
    facts: Iterable[Fact] = (),
) -> Finding:
    """Return a finding at the project's innermost line, or else at the module's file."""
    sources = evidence.sources
    place = evidence.blamed(outcome) or (
        sources.in_project(module.path),
        _line_of_end(evidence.read.get(module.name)),
    )
    traceback = tuple(
        own for frame in outcome.frames if (own := sources.innermost([frame])) is not None
    )
    return finding(
        code,
        module.name,
        _OTHER_PLACE.sub("", sources.shortened(message)),
        advice,
        *place,
        facts=facts,
        traceback=traceback,
    )


def _line_of_end(source: Source | None) -> int | None:
    """Return the last line of a module that ends processes, which no traceback names."""
    lines = enumerate(lines_of(source.text), start=1) if source else ()
    return max((number for number, line in lines if _ENDS.search(line)), default=None)


def said_of(module: str, outcome: Outcome) -> tuple[str, str, str]:
    """Return code, message and hint of a failed import."""
    if outcome.exits:
        return _exits(f"sys.exit({outcome.message})")
    if outcome.error:
        return _raises(module, outcome.error, outcome.message)
    if outcome.killed_parent:
        return _kills()
    if outcome.excess:
        return _takes_too_much(outcome.excess)
    if outcome.exit_code is None:
        return _hangs(outcome.time_limit)
    if is_crash(outcome.exit_code):
        return _crashes(module, outcome.exit_code)
    return _exits(f"os._exit({outcome.exit_code})")


def _raises(module: str, error: str, message: str) -> tuple[str, str, str]:
    return (
        "MW101",
        f"raises {error}: {message}" if message else f"raises {error}",
        import_hint(module),
    )


def _exits(how: str) -> tuple[str, str, str]:
    return (
        "MW102",
        f"ends the interpreter at import: {how}",
        'Move the code into a function, and call it under `if __name__ == "__main__":`.',
    )


def _crashes(module: str, exit_code: int) -> tuple[str, str, str]:
    return (
        "MW103",
        f"crashes the interpreter at import: {signal_name(exit_code)}",
        f'Run `python -X faulthandler -c "import {module}"` to see the line that crashes.',
    )


def _hangs(time_limit: float) -> tuple[str, str, str]:
    return (
        "MW104",
        f"does not finish importing within {time_limit:g} s",
        "Move the code that waits or computes into a function.",
    )


def _takes_too_much(excess: str) -> tuple[str, str, str]:
    return (
        "MW104",
        f"does not finish importing: {excess}, and was ended",
        "Move the code that takes it into a function.",
    )


def _kills() -> tuple[str, str, str]:
    return (
        "MW105",
        "kills the process that imports it",
        "Move the code that sends the signal into a function.",
    )


def _from_elsewhere(
    module: Module, outcome: Outcome, evidence: Evidence
) -> tuple[str, str, str] | None:
    own = evidence.sources.installed(module.path)
    if outcome.file is None or Path(outcome.file).resolve() == own:
        return None
    file = Path(outcome.file)
    if file.parent == own.parent or not _is_found_as(module.name, file):
        return None  # its twin for another Python, or what somebody has put in its place
    if evidence.sources.innermost([(outcome.file, 1)]):
        return None  # the project's own: it puts that in its place
    return (
        "MW401",
        f"is not what `import {module.name}` finds: Python imports {outcome.file}",
        "Rename the module: both are installed, and Python finds the other one first.",
    )


def _is_found_as(module: str, file: Path) -> bool:
    """Return whether Python looks for a module in a file of this name, or has it without one.

    Another one stands under its name by somebody's doing: `sys.modules[__name__] = library`.
    """
    if not file.is_absolute():
        return True  # "built-in"
    name = file.name.partition(".")[0]
    place = file.parent.parts if name == "__init__" else (*file.parent.parts, name)
    parts = tuple(module.split("."))
    return place[-len(parts) :] == parts
