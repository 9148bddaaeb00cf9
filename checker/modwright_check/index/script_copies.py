"""Modules that are scripts of the wheel once more."""

from zipfile import ZipFile

from modwright_check.index.evidence import Evidence
from modwright_check.static.script import data_scripts


def copies_of_scripts(evidence: Evidence) -> frozenset[str]:
    """Return the modules that no other imports, and that the wheel installs beside Python as well.

    Users run the script. That the same file lies in a package too is how some build their wheels.

    Args:
        evidence: All that is known of the project.
    """
    with ZipFile(evidence.wheel) as wheel:
        scripts = {
            _without_its_first_line(wheel.read(str(member)).decode("utf-8", "replace"))
            for member in data_scripts(wheel.namelist())
        }
    return frozenset(
        name
        for name, source in evidence.read.items()
        if scripts and name not in evidence.importers
        if _without_its_first_line(source.text) in scripts - {()}
    )


def _without_its_first_line(text: str) -> tuple[str, ...]:
    """Return the lines of a script but for the `#!`, which back ends and installers rewrite."""
    first, *rest = text.splitlines() or [""]
    return tuple(rest if first.startswith("#!") else (first, *rest))
