"""Modules that show how others of their kind are written, and that nothing uses."""

from collections import Counter

from modwright_check.index.evidence import Evidence
from modwright_check.wheel.entry_point_groups import entry_point_groups

_NAMES = {"example", "examples"}
_FEWEST = 3  # modules in a package; of fewer, an example may be what the package is for


def examples(evidence: Evidence) -> frozenset[str]:
    """Return the modules that are called examples, lie among others, and that nothing imports.

    They are for those who read them.

    Args:
        evidence: All that is known of the project.
    """
    beside = Counter(name.rpartition(".")[0] for name in evidence.substance)
    loaded = entry_point_groups(evidence.about.name, evidence.environment.site_packages)
    return frozenset(
        name
        for name in evidence.read.keys() - evidence.importers.keys() - loaded.keys()
        if name.rpartition(".")[2].strip("_") in _NAMES
        and beside[name.rpartition(".")[0]] >= _FEWEST
    )
