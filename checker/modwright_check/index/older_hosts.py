"""Plugins of programs whose version that is installed no longer asks for them."""

import re

from modwright_check.index.evidence import Evidence
from modwright_check.index.module_origins import Origins
from modwright_check.index.reach import Reach
from modwright_check.wheel.entry_point_groups import entry_point_groups


def is_for_older_hosts(module: str, missing: str, evidence: Evidence) -> bool:
    """Return whether older versions alone of the very library that a module misses would load it.

    Entry points lead to the module, and nothing else does. All their groups are called like the
    library, and its sources name none of them any more.

    Args:
        module: Its dotted name.
        missing: The module of the library that is not there, or lacks a name.
        evidence: All that is known of the project.
    """
    place = evidence.environment.site_packages
    groups = entry_point_groups(evidence.about.name, place).get(module, set())
    if not groups or evidence.index(Reach).is_mentioned(module):
        return False
    top, origins = missing.partition(".")[0], evidence.index(Origins)
    return all(_is_left(group, top, origins) for group in groups)


def _is_left(group: str, library: str, origins: Origins) -> bool:
    """Return whether a group is of a library, which neither names it nor how it ends.

    Some put the names of their groups together: `f"slipway.{kind}"`.
    """
    if not group.lower().startswith(f"{library}.".lower()):
        return False
    end = re.compile(rf"\b{re.escape(group.rpartition('.')[2])}[\"']")
    brought = origins.bringing(library)
    return bool(brought) and not any(origins.is_written_in(each, end) for each in brought)
