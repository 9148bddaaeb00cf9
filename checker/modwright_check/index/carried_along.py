"""Modules of other projects that this one carries along, as a list beside them says."""

import re
from pathlib import Path

from packaging.utils import canonicalize_name

from modwright_check.index.evidence import Evidence

_PINNED = re.compile(r"^([A-Za-z0-9][\w.-]*)\s*==", re.MULTILINE)


def carried_along(evidence: Evidence) -> frozenset[str]:
    """Return the modules of packages that a text beside them pins to a version, as `urllib3==2.8`.

    Tools that copy them, or tell of newer versions, read such lists. What imports the library of
    that name is made for it, and no copy.

    Args:
        evidence: All that is known of the project.
    """
    pinned = {
        (".".join(list_.parent.parts), canonicalize_name(name))
        for list_ in evidence.files
        if list_.suffix == ".txt" and len(list_.parts) > 1
        for name in _PINNED.findall(_text(evidence.sources.installed(list_)))
    }
    copies = [
        name
        for name in (evidence.names if pinned else ())
        for around, _, last in [name.rpartition(".")]
        if (around, canonicalize_name(last)) in pinned and not _is_made_for(name, last, evidence)
    ]
    return frozenset(
        name for name in evidence.names for copy in copies if f"{name}.".startswith(f"{copy}.")
    )


def _is_made_for(package: str, library: str, evidence: Evidence) -> bool:
    """Return whether a module of a package imports the library that it is called like."""
    return any(
        f"{source.module}.".startswith(f"{package}.")
        and any(each.top == library for each in source.imports)
        for source in evidence.read.values()
    )


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8", "replace")
    except OSError:  # a module has deleted it
        return ""
