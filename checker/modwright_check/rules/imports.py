"""MW101 to MW105 and MW401: a module cannot be imported, or another module is imported instead."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from modwright_check.index.evidence import Evidence
from modwright_check.index.failing_dependencies import failing_dependency
from modwright_check.index.hosts import Hosts
from modwright_check.index.module_origins import Origins
from modwright_check.index.refusals import Refusals, is_in_its_own_words
from modwright_check.model.codes import finding, told_of
from modwright_check.model.facts import Fact
from modwright_check.model.import_result import Outcome
from modwright_check.model.module_names import packages_around
from modwright_check.model.report import Finding
from modwright_check.rules.cycles import cycle
from modwright_check.rules.dependencies.messages import one_that_is_meant
from modwright_check.rules.import_messages import said_of
from modwright_check.rules.known_reasons import hint
from modwright_check.static.lines import lines_of
from modwright_check.static.source import Source
from modwright_check.wheel.distributions import Distribution
from modwright_check.wheel.modules import Module

# What Python says of every name that it misses in a module that is being imported.
_GUESS = re.compile(r"partially initialized module | \(most likely due to a circular import\)")
# Where the module lies that Python misses a name in; the project's own is named as seen from it.
_OTHER_PLACE = re.compile(r"(?<=') \((?:/|[A-Za-z]:\\)[^()]*\)$")
_ENDS = re.compile(r"\b(_exit|kill|killpg|abort|raise_signal)\(")


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Yield a general finding for every module that cannot be imported.

    Findings of other rules that know the reason replace these. What lies in a package in whose
    place Python finds another one, is told with that.
    """
    replaced: dict[str, Finding] = {}
    for module in sorted(evidence.modules, key=lambda each: each.name):
        outcome = evidence.outcomes.get(module.name)
        around = next(filter(replaced.__contains__, packages_around(module.name)), None)
        if outcome and around:
            yield told_of(replaced[around], module.name)
        elif outcome and (found := _told(module, outcome, evidence)):
            if found.code == "MW401":
                replaced[module.name] = found
            yield found


def _told(module: Module, outcome: Outcome, evidence: Evidence) -> Finding | None:
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
            instead = one_that_is_meant(failing.raising, failing.module, evidence.index(Origins))
            usual = instead or _of_a_dependency(failing.raising, outcome)
        said = code, message, hint(outcome, evidence, evidence.index(Origins)) or usual
    facts = evidence.index(Refusals).facts(module, outcome)
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


def _of_a_dependency(raising: Distribution, outcome: Outcome) -> str:
    """Return what to do about a dependency that cannot be imported itself."""
    if is_in_its_own_words(outcome):
        return f"Declare what {raising.title} asks for, or import it in the function that needs it."
    return (
        f"Require another version of {raising.title}, or do without it: {raising.title} "
        f"{raising.version} raises this by itself."
    )


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
