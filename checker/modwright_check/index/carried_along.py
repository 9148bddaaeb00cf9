"""Modules of other projects that this one carries along, as a list beside them says."""

import re
from pathlib import Path

from packaging.utils import canonicalize_name

from modwright_check.index.evidence import Evidence

_PINNED = re.compile(r"^([A-Za-z0-9][\w.-]*)\s*==", re.MULTILINE)


def carried_along(evidence: Evidence) -> frozenset[str]:
    """Return the modules of packages that a text beside them pins to a version, as `urllib3==2.8`.

    Tools that copy them, or tell of newer versions, read such lists.

    Args:
        evidence: All that is known of the project.
    """
    pinned = {
        (list_.parent.parts, canonicalize_name(name))
        for list_ in evidence.files
        if list_.suffix == ".txt" and len(list_.parts) > 1
        for name in _PINNED.findall(_text(evidence.sources.installed(list_)))
    }
    return frozenset(
        name
        for name in (evidence.names if pinned else ())
        for parts in [tuple(name.split("."))]
        if any(
            (parts[:depth], canonicalize_name(parts[depth])) in pinned
            for depth in range(1, len(parts))
        )
    )


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8", "replace")
    except OSError:  # a module has deleted it
        return ""
