"""Modules that are for those who read them or work on the project, and that nothing uses."""

from collections import Counter

from packaging.utils import canonicalize_name

from modwright_check.index.evidence import Evidence
from modwright_check.model.module_names import is_called_beside
from modwright_check.wheel.entry_point_groups import entry_point_groups

_NAMES = {"example", "examples"}
_SHOWS = {"demo", "demos", "example", "examples", "sample", "samples", "tutorial", "tutorials"}
_FEWEST = 3  # modules in a package; of fewer, an example may be what the package is for


def examples(evidence: Evidence) -> frozenset[str]:
    """Return the modules that are called examples, lie among others, and that nothing imports.

    They are for those who read them. So is what has got into the wheel beside its own packages.

    Args:
        evidence: All that is known of the project.
    """
    beside = Counter(name.rpartition(".")[0] for name in evidence.substance)
    loaded = entry_point_groups(evidence.about.name, evidence.environment.site_packages)
    return _strays(evidence) | frozenset(
        name
        for name in evidence.read.keys() - evidence.importers.keys() - loaded.keys()
        if name.rpartition(".")[2].strip("_") in _NAMES
        and beside[name.rpartition(".")[0]] >= _FEWEST
    )


def _strays(evidence: Evidence) -> frozenset[str]:
    tops = evidence.index(strays)
    return frozenset(name for name in evidence.read if name.partition(".")[0] in tops)


def strays(evidence: Evidence) -> frozenset[str]:
    """Return documentation, examples or benchmarks at the top, beside another package.

    MW316 tells of the folder. A package of the project's own name is what it is about, and one that
    others import, or that entry points name, is a part of it.

    Args:
        evidence: All that is known of the project.
    """
    own = canonicalize_name(evidence.about.name).replace("-", "_")
    tops = {name.partition(".")[0] for name in evidence.read}
    used = {
        name.partition(".")[0]
        for name, group in evidence.importers.items()
        if any(each.source.module.partition(".")[0] != name.partition(".")[0] for each in group)
    }
    loaded = entry_point_groups(evidence.about.name, evidence.environment.site_packages)
    used |= {name.partition(".")[0] for name in loaded}
    called = {top for top in tops - used - {own} if _is_called_beside(top, {own, *tops} - {top})}
    return frozenset(called if called < tops else ())


def _is_called_beside(top: str, others: set[str]) -> bool:
    """Return whether a name says what a package shows: `examples`, `sample_shop`, `shop_demo`."""
    words = set(top.split("_"))
    shown = words - _SHOWS
    shows = shown != words and shown <= {word for name in others for word in name.split("_")}
    return is_called_beside(top) or shows
