"""Messages about modules that no declared dependency provides, or that lack a name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from packaging.utils import canonicalize_name
from packaging.version import Version

from modwright_check.index.module_origins import Origin, Origins
from modwright_check.static.python_2 import SUCCESSORS
from modwright_check.wheel.distributions import Distribution
from modwright_check.wheel.import_names import distribution_of_part

# How Python says it, which tells no more than that.
_SAYS_NO_MORE = re.compile(r"module '[\w.]+' has no attribute '?\w+'?")
# How libraries say since when: "was removed in the NumPy 2.0 release".
_REMOVED_IN = re.compile(
    r"\bremoved (?:in|from|since|with) (?:the )?(?:[A-Za-z]+ )?v?(\d+(?:\.\d+)*)"
)
_FROM = {">=", ">"}  # say which versions a project admits at the lowest
# What raises these may have the name, and miss another module.
_MISSES_ANOTHER = {"ImportError", "ModuleNotFoundError"}


@dataclass(frozen=True)
class Missing:
    """Why a module is missing.

    Args:
        code: MW201, MW202, MW203 or MW205.
        reason: What follows after `imports x, which`.
        hint: What to do about it.
    """

    code: str
    reason: str
    hint: str


def missing(module: str, origins: Origins, *, of_a_library: bool = False) -> Missing:
    """Return why a module of another distribution is missing.

    Args:
        module: Its dotted name.
        origins: Where modules come from.
        of_a_library: Whether a dependency misses it: what the project's own extras bring along,
            without naming it, has nothing to do with that.
    """
    declared, names = origins.declared, origins.names
    holding = origins.bringing(module)
    if holding and origins.of(module) in {Origin.PART_MISSING, Origin.INSTALLED}:
        return _not_in(holding[0], module, origins)
    if name := names.among(module, origins.installed.distributions.keys() & declared.always):
        return _not_in(origins.installed.distributions[name], module, origins)
    in_extras = frozenset().union(*declared.extras.values())
    if name := names.among(module, in_extras) or distribution_of_part(module, in_extras):
        extras = " or ".join(f"`{extra}`" for extra in declared.extras_with(name))
        return Missing(
            "MW203",
            f"only the extra {extras} provides",
            f"Import it inside the function that needs it, or move {name} to `dependencies`.",
        )
    brought = None if of_a_library else origins.extras.bringing(module)
    if brought:
        name, named, by = brought
        extras = " or ".join(f"`{extra}`" for extra in by)
        return Missing(
            "MW203",
            f"is installed only with {named}, from the extra {extras}",
            f"Import it inside the function that needs it, or add {name} to `dependencies`.",
        )
    if name := names.among(module, declared.elsewhere):
        return Missing(
            "MW201",
            f"is declared only under the marker `{declared.elsewhere[name].marker}`",
            f"Import it under the same condition, or remove the marker of {name}.",
        )
    if name := names.among(module, declared.development):
        return Missing(
            "MW202",
            f"is declared only for development ({declared.development[name]})",
            f"Declare {name} in `dependencies` too, or in an extra for those who need it.",
        )
    if origins.of(module) is Origin.HOST:
        return Missing(
            "MW201",
            "exists only in another Python implementation or an embedding application",
            "Guard the import with a test of `sys.platform` or `sys.implementation`.",
        )
    if successor := SUCCESSORS.get(module.partition(".")[0]):
        return Missing(
            "MW201",
            "only the standard library of Python 2 has",
            f"Import what Python 3 has in its place, from {successor}.",
        )
    return Missing("MW201", "no declared dependency provides", add(module, origins))


def add(module: str, origins: Origins) -> str:
    """Return the hint to declare the distribution of a module.

    Args:
        module: Its dotted name.
        origins: Where modules come from.
    """
    named = origins.names.recommended(module) or origins.required_by_others(module)
    name = named or f"the distribution that provides {module}"
    before = f"<{lost}" if (lost := origins.names.lost(module)) else ""
    return f"Add {name}{before} to `dependencies` in pyproject.toml."


def not_in(distribution: Distribution) -> str:
    """Return the end of `imports x, which …`, when the installed version lacks it.

    Args:
        distribution: That should hold it.
    """
    return f"{distribution.title} {distribution.version} does not have"


def other_version(distribution: Distribution, module: str, origins: Origins) -> str:
    """Return the hint to ask for another version, or for the distribution that is meant.

    Args:
        distribution: That should hold what is imported.
        module: Of which it is imported.
        origins: Where modules come from.
    """
    title = distribution.title
    if instead := one_that_is_meant(distribution, module, origins):
        return instead
    if lost := origins.names.lost(module):
        return f"Require {title}<{lost}, or do without {module}."
    tops = {name for name in distribution.modules if "." not in name}
    public = [name for name in tops if not name.startswith("_")]
    if len(public) == 1 and module.partition(".")[0] not in tops:
        return f"Import {public[0]}, the module of {title}."
    bound = _series_after_the_lowest(distribution, origins)
    perhaps = f" (perhaps {title}<{bound})" if bound else ""
    return f"Require a version of {title} that has the name{perhaps}, or do without it."


def one_that_is_meant(distribution: Distribution, module: str, origins: Origins) -> str | None:
    """Return the hint to depend on another distribution, which is known for a module.

    Args:
        distribution: That holds a module of this name as well.
        module: Its dotted name.
        origins: Where modules come from.
    """
    meant = origins.names.likely(module)
    if meant is None or canonicalize_name(meant) == distribution.name:
        return None
    return f"Depend on {meant}, which provides {module} too, instead of {distribution.title}."


def _series_after_the_lowest(distribution: Distribution, origins: Origins) -> int | None:
    """Return the first number of the versions after those that a project was written for.

    It admits these at the lowest, and the installed version is a later one.
    """
    requirement = origins.declared.always.get(distribution.name)
    if requirement is None:
        return None
    bounds = (each for each in requirement.specifier if each.operator in _FROM)
    lowest = min((Version(each.version) for each in bounds), default=None)
    if lowest is None or lowest.major >= Version(distribution.version).major:
        return None
    return lowest.major + 1


def lacking(
    distribution: Distribution, module: str, origins: Origins, said: str
) -> tuple[str, str]:
    """Return what follows after `uses x, which`, and the hint.

    Args:
        distribution: That should hold what is used.
        module: Of which it is used.
        origins: Where modules come from.
        said: What was raised when somebody asked for it.
    """
    hint = other_version(distribution, module, origins)
    if not said or said.isidentifier() or _SAYS_NO_MORE.match(said):
        return not_in(distribution), hint
    if removed := _REMOVED_IN.search(said):
        hint = f"Use what it names, or require {distribution.title}<{removed[1]}."
    elif major := distribution.version.partition(".")[0].strip("0v"):
        hint = f"Do as it says, or require an older one: perhaps {distribution.title}<{major}."
    return f"{not_in(distribution)} ({said.rstrip('.')})", hint


def refusal(name: str, answers: Iterable[tuple[object, ...]]) -> str | None:
    """Return what a library says of a name that it does not have; None when it has it.

    Of an object that is chosen as the program runs, and stands in a module's place, this one says
    nothing.

    Args:
        name: That its module was asked for.
        answers: To the question whether it has that and others.
    """
    for answer in answers:
        match answer:
            case ("chosen", _):
                return None
            case ("lacks", asked, _, _, _, str(said)) if asked == name:
                return said
            case ("raises", asked, str(error), str(said), _) if asked == name:
                return None if error in _MISSES_ANOTHER else said
    return None


def _not_in(distribution: Distribution, module: str, origins: Origins) -> Missing:
    return Missing("MW205", not_in(distribution), other_version(distribution, module, origins))
