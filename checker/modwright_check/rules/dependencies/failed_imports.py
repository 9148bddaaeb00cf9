"""Imports that have failed because of a dependency: MW201 to MW203, and MW205."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from packaging.utils import canonicalize_name

from modwright_check.index.choices import Choice, Choices
from modwright_check.index.evidence import Evidence
from modwright_check.index.for_a_version import is_for_a_version
from modwright_check.index.hosts import is_promised
from modwright_check.index.misplaced_modules import Search
from modwright_check.index.module_origins import Origin, Origins
from modwright_check.index.older_hosts import is_for_older_hosts
from modwright_check.index.optional_names import behind
from modwright_check.model.codes import finding
from modwright_check.model.facts import Fact
from modwright_check.model.import_result import NO_ATTRIBUTE, Frame, Outcome
from modwright_check.model.module_names import packages_around, with_packages
from modwright_check.model.report import Finding
from modwright_check.rules.dependencies.circumstances import Circumstances
from modwright_check.rules.dependencies.messages import (
    missing,
    not_in,
    one_that_is_meant,
    other_version,
)
from modwright_check.rules.warnings_on_purpose import is_said_to_end
from modwright_check.static.source import Where
from modwright_check.wheel.distributions import Distribution, names_of
from modwright_check.wheel.modules import Module

# What Python says of a name that a module does not have. In a cycle it says more than that.
_NO_NAME = re.compile(r"cannot import name '(?P<name>\w+)' from '(?P<module>[\w.]+)'")
_EXTRA = re.compile(r"\bextra == ['\"]([^'\"]+)")

_LET_IT_GO = (
    "Use it in functions alone: default values, base classes and, before Python 3.14, annotations "
    "are evaluated at import."
)
_ELSEWHERE = {Origin.MISSING, Origin.PART_MISSING, Origin.HOST}


@dataclass(frozen=True)
class Cause:
    """What a failed import has missed.

    Args:
        module: A module of another distribution.
        name: In that module; None when the module itself is missing.
        answered: Whether the project has expected that, and raises an exception of its own.
        through: The module of the project that has tried to import it, and hands it on.
        choice: The libraries that would do as well, all of which somebody has tried.
    """

    module: str
    name: str | None = None
    answered: bool = False
    through: str | None = None
    choice: Choice | None = None

    def __str__(self) -> str:
        """Return the dotted name of what is missing."""
        if self.choice and self.choice.libraries:
            return f"one of {self.choice}"
        if self.through:
            return f"{self.module} through {self.through}"
        return f"{self.module}.{self.name}" if self.name else self.module


def judge(evidence: Evidence, origins: Origins) -> Iterator[Finding]:
    """Yield each failed import that a dependency is to blame for.

    Args:
        evidence: All that is known of the project.
        origins: Where modules come from.
    """
    search = Search(evidence, origins)
    circumstances = evidence.index(Circumstances)
    for module in evidence.modules:
        outcome = evidence.outcomes.get(module.name)
        if outcome is None or _is_misplaced(module, search):
            continue
        found = cause(outcome, origins)
        expected = _expected(outcome, evidence, origins)
        own = expected if expected and expected.through == module.name else None
        if own and not origins.is_for_some(own.module):
            expected = None  # it has thought of that, and then not: that is its own mistake
        # An import in the handler of another one is only the second choice.
        if expected and (found is None or origins.is_for_some(expected.module)):
            found = expected
        if found is None:
            continue
        found = _in_full(found, outcome, evidence, origins)
        importing = _importing(module, outcome, evidence)
        facts = set(circumstances.of_a_failure(module.name, found.module, importing))
        if is_for_a_version(module.name, names_of(origins.bringing(found.module)), evidence):
            facts.add(Fact.PREPARED)
        if is_for_older_hosts(module.name, found.module, evidence):
            facts.add(Fact.OF_AN_OLDER_HOST)
        if (source := evidence.read.get(module.name)) and is_said_to_end(source):
            facts.add(Fact.ANNOUNCED)
        if found.answered:
            facts.add(Fact.REFUSED)
        elif found is own and evidence.raised_in(outcome.frames) is None:
            facts.add(Fact.IN_VAIN)
        choice = evidence.index(Choices).behind(outcome)
        if found.answered and choice:
            facts.add(Fact.OF_A_CHOICE)
            found = replace(found, choice=choice)
        yield _told(found, module, evidence, origins, facts, _extra(module.name, outcome, evidence))


def cause(outcome: Outcome, origins: Origins) -> Cause | None:
    """Return what of another distribution an import has missed; None when it was not that.

    Args:
        outcome: What was seen of the import.
        origins: Where modules come from.
    """
    if outcome.loaded or outcome.exits:
        return None
    if outcome.missing:
        # A package that makes modules as it runs has not made this one.
        unmade = origins.of(outcome.missing) is Origin.INSTALLED and not origins.holds(
            outcome.missing
        )
        elsewhere = unmade or origins.of(outcome.missing) in _ELSEWHERE
        misspelt = origins.in_another_case(outcome.missing)
        return Cause(outcome.missing) if elsewhere and not misspelt else None
    pattern = {"ImportError": _NO_NAME, "AttributeError": NO_ATTRIBUTE}.get(outcome.error or "")
    said = pattern.match(outcome.message) if pattern else None
    if not said:
        return None
    found = Cause(said["module"], said["name"])
    if pattern is _NO_NAME and origins.is_namespace(found.module):
        # `from parts import bolts` imports a module, for a namespace holds nothing else.
        return Cause(str(found)) if origins.of(str(found)) in _ELSEWHERE else None
    if origins.of(found.module) is not Origin.INSTALLED:
        return None
    if origins.holds(str(found)) or is_promised(said["module"], said["name"], origins):
        return None  # a submodule that nobody has imported, or what is set only as a program runs
    return found


def _in_full(found: Cause, outcome: Outcome, evidence: Evidence, origins: Origins) -> Cause:
    """Return what is missing by all of its name, where only that tells the distribution.

    Many share the namespace google, of which Python says that it is missing.
    """
    place = evidence.sources.innermost(outcome.frames)
    imported = _imported_at(place, evidence) if place and found.name is None else None
    if imported is None or not imported.startswith(f"{found.module}."):
        return found
    tells = origins.names.recommended
    return replace(found, module=imported) if tells(imported) != tells(found.module) else found


def _extra(module: str, outcome: Outcome, evidence: Evidence) -> str | None:
    """Return the extra that a module is called like, if what it misses may come with that.

    It does not where a package around it, which is called otherwise, fails at the same line.
    """
    extra_for, place = evidence.index(Circumstances).extra_for, evidence.blamed(outcome)
    others = (package for package in packages_around(module) if not extra_for(package))
    around = (evidence.outcomes.get(package) for package in others)
    alike = any(each and not each.loaded and evidence.blamed(each) == place for each in around)
    return None if alike else extra_for(module)


def _importing(module: Module, outcome: Outcome, evidence: Evidence) -> str:
    """Return the module of the project in which an import has failed."""
    place = evidence.blamed(outcome)
    return evidence.names_by_file.get(place[0], module.name) if place else module.name


def _expected(outcome: Outcome, evidence: Evidence, origins: Origins) -> Cause | None:
    """Return what is missing when the project has expected that: it has tried to import it."""
    if outcome.loaded or outcome.exits:
        return None
    found = behind(outcome, evidence, origins)
    return found and Cause(found.module, answered=found.through is None, through=found.through)


def _told(
    found: Cause,
    module: Module,
    evidence: Evidence,
    origins: Origins,
    facts: set[Fact],
    extra: str | None,
) -> Finding:
    frames = evidence.outcomes[module.name].frames
    place = evidence.sources.innermost(frames) or _statement(found, module, evidence)
    through = _raising(frames, origins)
    code, reason, hint = _explained(found, origins, of_a_library=through is not None)
    if code == "MW201" and extra:
        code, reason, hint = _comes_with(extra, found)
    what = f"imports {found}"
    if through:
        imported = _imported_at(place, evidence)
        what = f"imports {imported or through.title}, which needs {found}"
        instead = one_that_is_meant(through, imported, origins) if imported else None
        hint = instead or _hint_for(found, through, origins) or hint
    if found.choice:
        hint = f"Ignore this if users choose the library. Otherwise: {hint}"
    elif Fact.OF_AN_OLDER_HOST in facts:
        host = found.module.partition(".")[0]
        hint = f"Delete it with its entry points once none of your versions of {host} asks for it."
    elif not through and Fact.OF_A_HOST in facts and origins.of(found.module) is Origin.MISSING:
        host = found.module.partition(".")[0]
        hint = f"Ignore this if only {host} loads {module.name}. Otherwise: {hint}"
    elif code == "MW201" and (hook := _hook(module.name, evidence)):
        hint = f"{hint.removesuffix('.')}, or let {hook} find it, the project's import hook."
    message = f"{what}, which {reason}"
    if Fact.IN_VAIN in facts:
        message = (
            f"expects that {found.module} may be missing, which {reason}, but fails without it"
        )
        hint = _LET_IT_GO
    return finding(code, module.name, message, hint, *place, facts=facts)


def _hook(module: str, evidence: Evidence) -> str | None:
    """Return the import hook that a package around a module installs."""
    outcomes = filter(None, map(evidence.outcomes.get, with_packages(module)))
    effects = (effect for outcome in outcomes for effect in outcome.effects)
    return next((each.detail for each in effects if each.kind == "hook" and each.own), None)


def _explained(found: Cause, origins: Origins, *, of_a_library: bool) -> tuple[str, str, str]:
    """Return the code, the end of `imports x, which …`, and the hint."""
    if found.name is None:
        why = missing(found.module, origins, of_a_library=of_a_library)
        return why.code, why.reason, why.hint
    distribution = next(iter(origins.bringing(found.module)), None)
    if distribution is None:  # a file that nobody has recorded
        return "MW205", "the installed version does not have", "Import a name that it has."
    return "MW205", not_in(distribution), other_version(distribution, found.module, origins)


def _comes_with(extra: str, found: Cause) -> tuple[str, str, str]:
    """Return code, reason and hint of what the module's own extra may bring under any name."""
    reason = f"comes with the extra `{extra}`, if with anything"
    hint = f"Look into `{extra}`: it should name the distribution that provides {found.module}."
    return "MW203", reason, hint


def _is_misplaced(module: Module, search: Search) -> bool:
    """Return whether what is missing is in the project, which another rule reports."""
    failing = search.failing(module)
    return failing is not None and search.misplaced(failing[1], failing[0]) is not None


def _statement(found: Cause, module: Module, evidence: Evidence) -> tuple[str, int | None]:
    """Return where a module imports what is missing, when no frame shows it."""
    source = evidence.read.get(module.name)
    if source is None:
        return evidence.sources.in_project(module.path), None
    named = (
        statement.line
        for statement in source.imports
        if statement.where is Where.AT_IMPORT
        and f"{found.module}.".startswith(f"{statement.module}.")
    )
    return source.file, next(named, None)


def _raising(frames: tuple[Frame, ...], origins: Origins) -> Distribution | None:
    """Return the other distribution in whose code the import has failed."""
    files = [Path(file) for file, _ in frames if not file.startswith("<")]
    try:
        path = files[-1].relative_to(origins.installed.site_packages)
    except (IndexError, ValueError):
        return None
    name = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
    return next(iter(origins.bringing(name)), None)


def _imported_at(place: tuple[str, int | None], evidence: Evidence) -> str | None:
    file, line = place
    source = evidence.by_file.get(file)
    statements = (
        statement.module
        for statement in (source.imports if source else ())
        if statement.line == line
    )
    return next(statements, None)


def _hint_for(found: Cause, through: Distribution, origins: Origins) -> str | None:
    """Return the hint when a dependency misses something itself."""
    if found.name:
        other = next(iter(origins.bringing(found.module)), through)
        return f"Require versions of {through.title} and {other.title} that work together."
    for requirement in through.requires:
        extra = _EXTRA.search(str(requirement.marker))
        name = canonicalize_name(requirement.name)
        if extra and origins.names.among(found.module, {name}):
            return f"Add {through.title}[{extra[1]}] or {requirement.name} to `dependencies`."
    return None
