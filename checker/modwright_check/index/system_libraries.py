"""Imports that fail for want of a library that they have the operating system look for."""

import re
from pathlib import PurePosixPath

from modwright_check.index.evidence import Evidence
from modwright_check.model.import_result import Outcome

# What the loaders of Linux, macOS and Windows say of a library that was asked for by its name
# alone. A path is looked for in one place, where the project says that it is.
_NO_LIBRARY = re.compile(
    r"(?P<linux>[^\s:/]+): cannot open shared object file"
    r"|dlopen\((?P<macos>[^,/]+), "
    r"|Could not find module '(?P<windows>[^'/\\]+)' \(or one of its dependencies\)"
)


def sought(outcome: Outcome) -> str | None:
    """Return the library that an import has had the system look for, in vain.

    Args:
        outcome: Of the import.
    """
    found = _NO_LIBRARY.match(outcome.message)
    if found is None or outcome.error not in {"OSError", "FileNotFoundError"}:
        return None
    return str(next(filter(None, found.groups())))


def held_by_the_wheel(library: str, evidence: Evidence) -> PurePosixPath | None:
    """Return the file of the wheel that a library's name means, where no system looks.

    Args:
        library: Its file's name.
        evidence: All that is known of the project.
    """
    return next((file for file in evidence.files if file.name == library), None)
