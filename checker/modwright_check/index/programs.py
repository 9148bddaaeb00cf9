"""The modules that are programs: they are started, and nobody imports them for what they define."""

from modwright_check.index.evidence import Evidence
from modwright_check.model.module_names import is_of_tests
from modwright_check.static.source import Where
from modwright_check.wheel.entry_point_groups import entry_point_groups
from modwright_check.wheel.entry_points import COMMANDS


def programs(evidence: Evidence) -> frozenset[str]:
    """Return each `__main__`, and what commands begin with, that no module imports at its import.

    What such a module does to its process is the program's own business. Other programs may import
    it, and tests.

    Args:
        evidence: All that is known of the project.
    """
    place = evidence.environment.site_packages
    groups = entry_point_groups(str(evidence.about.name), place)
    begun = {name for name, group in groups.items() if group <= COMMANDS} & evidence.read.keys()
    found = {name for name in evidence.read if name.rpartition(".")[2] == "__main__"} | begun
    while imported := {name for name in found if _is_imported(name, found, evidence)}:
        found -= imported
    return frozenset(found)


def _is_imported(module: str, programs: set[str], evidence: Evidence) -> bool:
    return any(
        each.statement.where is Where.AT_IMPORT
        and not each.statement.main
        and each.source.module not in programs
        and not is_of_tests(each.source.module)
        for each in evidence.importers.get(module, ())
    )
