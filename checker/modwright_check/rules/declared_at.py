"""Where a project declares its entry points, for findings to point there."""

import re
from importlib.metadata import Distribution
from pathlib import Path

from modwright_check.index.evidence import Evidence
from modwright_check.wheel.entry_points import EntryPoint

# Whatever the build back end.
_DECLARED_IN = ("pyproject.toml", "setup.cfg", "setup.py")


def installed(name: str, evidence: Evidence) -> Distribution | None:
    """Return a distribution of the environment; None when it is not there.

    Args:
        name: Of the distribution.
        evidence: All that is known of the project.
    """
    folder = str(evidence.environment.site_packages)
    return next(iter(Distribution.discover(name=name, path=[folder])), None)


def declared_at(point: EntryPoint, evidence: Evidence) -> tuple[str, int | None]:
    """Return the file and the line in which an entry point is declared.

    Args:
        point: The entry point.
        evidence: All that is known of the project.
    """
    if evidence.project is None:
        folder, files = evidence.environment.site_packages, [_list_in_wheel(evidence)]
    else:
        folder, files = evidence.project, list(_DECLARED_IN)
    value = r"\s*:\s*".join(map(re.escape, point.value.partition("[")[0].strip().split(":")))
    patterns = (
        rf"""(?<![\w.-]){re.escape(point.name)}["']?\s*=\s*["']?\s*{value}(?![\w.])""",
        rf"""["']{value}(?![\w.])""",  # where the name stands on another line than the object
    )
    for pattern in patterns:
        for file in files:
            text = _text(folder / file)
            if found := re.search(pattern, text):
                return file, text.count("\n", 0, found.start()) + 1
    return files[0], None


def _list_in_wheel(evidence: Evidence) -> str:
    distribution = installed(str(evidence.about.name), evidence)
    files = (distribution.files if distribution else None) or ()
    lists = (str(file) for file in files if file.match("*.dist-info/entry_points.txt"))
    return next(lists, "entry_points.txt")


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
