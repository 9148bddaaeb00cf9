"""Modules that are for those who read them or work on the project, and that nothing uses."""

from collections import Counter

from packaging.utils import canonicalize_name

from modwright_check.index.evidence import Evidence
from modwright_check.model.module_names import is_called_beside
from modwright_check.wheel.entry_point_groups import entry_point_groups

_NAMES = {"example", "examples"}
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
    """Return what lies in documentation, examples or benchmarks at the top, beside another package.

    MW316 tells of the folder. A package of the project's own name is what it is about, and one that
    others import is a part of it.
    """
    own = canonicalize_name(evidence.about.name).replace("-", "_")
    tops = {name.partition(".")[0] for name in evidence.read}
    used = {
        name.partition(".")[0]
        for name, group in evidence.importers.items()
        if any(each.source.module.partition(".")[0] != name.partition(".")[0] for each in group)
    }
    called = {top for top in tops - used - {own} if is_called_beside(top)}
    strays = called if called < tops else set()
    return frozenset(name for name in evidence.read if name.partition(".")[0] in strays)
