"""The modules that are programs: they are started, and nobody imports them for what they define."""

import re

from modwright_check.index.evidence import Evidence
from modwright_check.model.module_names import is_of_tests
from modwright_check.static.source import Where
from modwright_check.wheel.entry_point_groups import entry_point_groups
from modwright_check.wheel.entry_points import COMMANDS

_FILE = re.compile(r"[\"'/](\w+)\.py[\"']")


def programs(evidence: Evidence) -> frozenset[str]:
    """Return each `__main__`, and what commands begin with, that no module imports at its import.

    So is a module with a main guard whose file another one names: the project runs it by its path.
    What such a module does to its process is the program's own business. Other programs may import
    it, and tests.

    Args:
        evidence: All that is known of the project.
    """
    place = evidence.environment.site_packages
    groups = entry_point_groups(str(evidence.about.name), place)
    begun = {name for name, group in groups.items() if group <= COMMANDS} & evidence.read.keys()
    found = {name for name in evidence.read if name.rpartition(".")[2] == "__main__"}
    found |= begun | _run_by_path(evidence)
    while imported := {name for name in found if _is_imported(name, found, evidence)}:
        found -= imported
    return frozenset(found)


def _run_by_path(evidence: Evidence) -> set[str]:
    guarded = {name for name, source in evidence.read.items() if source.main_guard is not None}
    quoted = {
        (file, source.module)
        for source in evidence.read.values()
        if ".py" in source.text
        for file in _FILE.findall(source.text)
    }
    named = {file for file, module in quoted if file != module.rpartition(".")[2]}
    return {name for name in guarded if name.rpartition(".")[2] in named}


def _is_imported(module: str, programs: set[str], evidence: Evidence) -> bool:
    return any(
        each.statement.where is Where.AT_IMPORT
        and not each.statement.main
        and each.source.module not in programs
        and not is_of_tests(each.source.module)
        for each in evidence.importers.get(module, ())
    )
