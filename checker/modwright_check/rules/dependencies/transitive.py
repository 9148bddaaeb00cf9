"""Imports of transitive dependencies that are not declared: MW204."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from modwright_check.index.evidence import Evidence
from modwright_check.index.hosts import Hosts, extends
from modwright_check.index.module_origins import Origin, Origins
from modwright_check.index.offered import Offered
from modwright_check.index.plugins import Plugins
from modwright_check.model.codes import finding
from modwright_check.model.facts import Fact
from modwright_check.model.report import Finding
from modwright_check.rules.dependencies.circumstances import Circumstances
from modwright_check.rules.warnings_on_purpose import announced, ends
from modwright_check.static.comments import comments_about
from modwright_check.static.source import Import, Source
from modwright_check.static.under_a_version import is_under_a_version
from modwright_check.wheel.distributions import Distribution, names_of

_WHOLE = 3  # numbers of a version that leave nothing between it and the next


def judge(evidence: Evidence, origins: Origins) -> Iterator[Finding]:
    """Yield the first import in each module of a distribution that the project does not declare.

    Of what is offered by the library that brings it, and of what is not, the first each.
    An import that may fail, that only type checkers read, or that no admitted Python comes to,
    needs no declaration. Nothing is known of a module that lacks an extra here, or is called like
    one: what it takes may come with that.

    Args:
        evidence: All that is known of the project.
        origins: Where modules come from.
    """
    declared, required = _declared(evidence, origins), _required(origins)
    frameworks, offered = _frameworks(evidence, origins), evidence.index(Offered)
    for source in evidence.read.values():
        if _lacks_an_extra(source.module, evidence, origins):
            continue
        told: set[tuple[str, bool]] = set()
        for statement in source.imports:
            if statement.may_fail or not statement.runs_on(evidence.admitted):
                continue
            for distribution in _undeclared(statement, declared, origins):
                if (distribution.name, False) in told:
                    continue
                needing = _needing(distribution, required, origins)
                is_offered = any(offered.by(each, statement) for each in needing)
                if (distribution.name, is_offered) in told:
                    continue
                told.add((distribution.name, is_offered))
                facts = {Fact.OFFERED} if is_offered else set[Fact]()
                if any(each.name in frameworks for each in (distribution, *needing)):
                    facts.add(Fact.OF_ITS_FRAMEWORK)
                extended = distribution.name.removesuffix("-core")  # the core of a family
                if any(extends(each.name, extended) for each in needing):
                    facts.add(Fact.EXTENDED)
                if any(map(ends, announced(source, evidence))):
                    facts.add(Fact.ANNOUNCED)
                if _is_known_to_come(statement, source, names_of(needing)):
                    facts.add(Fact.PREPARED)
                yield finding(
                    "MW204",
                    source.module,
                    # Not the module's name: one entry for all that a distribution brings.
                    f"imports from {distribution.title}, which is installed only because "
                    f"{_depending(needing)} on it",
                    f"Add {distribution.title} to `dependencies`: others may stop depending on it.",
                    source.file,
                    statement.line,
                    facts=facts,
                )


def _is_known_to_come(statement: Import, source: Source, needing: Collection[str]) -> bool:
    """Return whether a module tests the version of what brings an import, or a comment names it."""
    names = re.compile(rf"(?i)\b(?:{'|'.join(map(re.escape, sorted(needing)))})\b")
    commented = any(map(names.search, comments_about(statement.line, source.text)))
    return bool(needing) and (commented or is_under_a_version(statement.context, source, needing))


def _frameworks(evidence: Evidence, origins: Origins) -> frozenset[str]:
    """Return the installed distributions that the project extends.

    It says so by its classifiers or its name, or declares a program that calls functions of it.
    """
    hosts, plugins = evidence.index(Hosts), evidence.index(Plugins)
    return frozenset(
        name
        for name in origins.installed.distributions
        if hosts.is_made_for(name)
        or (name in origins.declared.always and plugins.are_called_by(name))
    )


def _lacks_an_extra(module: str, evidence: Evidence, origins: Origins) -> bool:
    """Return whether a module needs an extra that is not installed, or is called like one."""
    outcome = evidence.outcomes.get(module)
    missing = outcome.missing if outcome else None
    if missing is not None and origins.is_for_some(missing):
        return True
    extra = evidence.index(Circumstances).extra_for(module)
    named = origins.declared.extras[extra] if extra else frozenset()
    return not named <= origins.installed.distributions.keys()


def _undeclared(
    statement: Import, declared: frozenset[str], origins: Origins
) -> Iterator[Distribution]:
    """Yield what an import takes from distributions of which none is declared."""
    for module in origins.imported(statement):
        if origins.of(module) is Origin.INSTALLED:
            bringing = origins.bringing(module)
            if bringing and not any(each.name in declared for each in bringing):
                yield bringing[0]


def _declared(evidence: Evidence, origins: Origins) -> frozenset[str]:
    """Return what the project may import without declaring more.

    That is what it declares in any form, and what belongs to that: the parts of a product that it
    requires in the one version that fits, and what that version requires, for it cannot stop to;
    what a part of its own requires, which is called after it; what an extra that it asks for
    brings; and all that a distribution without modules of its own stands for.
    """
    declared, own = origins.declared, canonicalize_name(evidence.about.name)
    names = {*declared.always, *declared.elsewhere}
    names.update(*declared.extras.values())
    waiting = list(names)
    while waiting:
        distribution = origins.installed.distributions.get(waiting.pop())
        if distribution is None:
            continue
        asked = declared.always.get(distribution.name)
        extras = asked.extras if asked else set()
        is_a_part = distribution.name.startswith(f"{own}-")
        fixed = asked is not None and (is_a_part or _is_exact(asked))
        more = set(_belonging(distribution, extras, fixed=fixed)) - names
        names |= more
        waiting += more
    return frozenset(names)


def _belonging(distribution: Distribution, extras: set[str], *, fixed: bool) -> Iterator[str]:
    for requirement in distribution.requires:
        needed = fixed and (
            requirement.marker is None or requirement.marker.evaluate({"extra": ""})
        )
        for_extra = requirement.marker and any(
            requirement.marker.evaluate({"extra": extra}) for extra in extras
        )
        if needed or _is_exact(requirement) or for_extra or not distribution.modules:
            yield canonicalize_name(requirement.name)


def _is_exact(requirement: Requirement) -> bool:
    """Return whether one version alone will do: also by `>=8.1.0,<8.1.1`."""
    bounds = {each.operator: each.version for each in requirement.specifier}
    for operator in ("==", "==="):
        if operator in bounds:
            return not bounds[operator].endswith(".*")
    least, end = (Version(bounds.get(operator, "0")).release for operator in (">=", "<"))
    return len(least) >= _WHOLE and end == (*least[:-1], least[-1] + 1)


def _needing(
    distribution: Distribution, required: Mapping[str, frozenset[str]], origins: Origins
) -> list[Distribution]:
    """Return who depends on a distribution: those that the project declares, if there are any."""
    needing = [
        each
        for name, each in sorted(origins.installed.distributions.items())
        if distribution.name in required.get(name, ())
    ]
    return [each for each in needing if each.name in origins.declared.always] or needing


def _depending(needing: Sequence[Distribution]) -> str:
    *titles, last = [each.title for each in needing] or ["another distribution"]
    return f"{', '.join(titles)} and {last} depend" if titles else f"{last} depends"


def _required(origins: Origins) -> dict[str, frozenset[str]]:
    """Return what is installed for the project, and what each of it requires.

    It requires more with the extras that somebody asks it for.
    """
    waiting = [(name, frozenset(each.extras)) for name, each in origins.declared.always.items()]
    asked: dict[str, frozenset[str]] = {}
    required: dict[str, frozenset[str]] = {}
    while waiting:
        name, extras = waiting.pop()
        distribution = origins.installed.distributions.get(name)
        known = asked.get(name)
        if distribution is None or (known is not None and extras <= known):
            continue
        asked[name] = extras | (known or frozenset())
        needed = list(_required_by(distribution, asked[name]))
        required[name] = frozenset(each for each, _ in needed)
        waiting += needed
    return required


def _required_by(
    distribution: Distribution, extras: frozenset[str]
) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield what a distribution requires with these extras of its own: names, and their extras."""
    for requirement in distribution.requires:
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": each}) for each in ("", *extras)):
            yield canonicalize_name(requirement.name), frozenset(requirement.extras)
