"""Imports that fail for want of a library that they have the operating system look for."""

import ast
import re
from pathlib import PurePosixPath

from modwright_check.index.evidence import Evidence
from modwright_check.index.siblings import is_spoken_of
from modwright_check.model.import_result import Outcome
from modwright_check.static.source import Source

# What the loaders of Linux, macOS and Windows say of a library that was asked for by its name
# alone, and cffi before them. A path is looked for in one place, where the project says that it is.
_NO_LIBRARY = re.compile(
    r"(?:cannot load library '[^'/]+': )?"
    r"(?:(?P<linux>[^\s:/]+): cannot open shared object file"
    r"|dlopen\((?P<macos>[^,/]+), "
    r"|Could not find module '(?P<windows>[^'/\\]+)' \(or one of its dependencies\))"
)
# Without what the systems put around it: "libusb-1.0.so.0".
_ITS_NAME = re.compile(r"(?:lib)?(?P<name>[A-Za-z_]{3,})[\w.-]*", re.IGNORECASE)


def sought(outcome: Outcome, evidence: Evidence) -> str | None:
    """Return the library that an import has had the system look for, in vain.

    A loader says so, or the module itself, which has asked `ctypes.util.find_library`.

    Args:
        outcome: Of the import.
        evidence: All that is known of the project.
    """
    found = _NO_LIBRARY.match(outcome.message)
    if found is None or outcome.error not in {"OSError", "FileNotFoundError"}:
        return _not_found(outcome, evidence)
    return str(next(filter(None, found.groups())))


def _not_found(outcome: Outcome, evidence: Evidence) -> str | None:
    """Return the library that a module says is missing, of those that it has the system look for.

    Args:
        outcome: Of the import.
        evidence: All that is known of the project.
    """
    place = evidence.at(outcome.frames)
    source = place[0] if place and evidence.raised_in(outcome.frames) else None
    if source is None or source.tree is None or not _asks_the_system(source):
        return None
    said = {word.lower() for word in re.findall(r"\w+", outcome.message)}
    for node in ast.walk(source.tree):
        match node:
            case ast.Constant(str(text)) if {text.lower(), name_of(text).lower()} & said:
                return text
    return None


def _asks_the_system(source: Source) -> bool:
    return any(
        "find_library" in each.names if each.names else each.module == "ctypes.util"
        for each in source.imports
        if each.module in {"ctypes", "ctypes.util"} and "find_library" in source.text
    )


def name_of(library: str) -> str:
    """Return what people call a library, by its file's name: `usb` for `libusb-1.0.so.0`.

    Args:
        library: The file's name; nothing is left of what cannot be one.
    """
    found = _ITS_NAME.fullmatch(library)
    return found["name"] if found else ""


def is_told_to_users(library: str, outcome: Outcome, evidence: Evidence) -> bool:
    """Return whether a project names a library to its users, who have to get it themselves.

    Args:
        library: As it has been looked for.
        outcome: Of the import that fails without it.
        evidence: All that is known of the project.
    """
    place, name = evidence.blamed(outcome), name_of(library)
    source = evidence.by_file.get(place[0]) if place else None
    about = evidence.about.description
    if source is None or not name:
        return False
    return any(is_spoken_of(each, source, (), about) for each in (name, f"lib{name}"))


def held_by_the_wheel(library: str, evidence: Evidence) -> PurePosixPath | None:
    """Return the file of the wheel that a library's name means, where no system looks.

    Args:
        library: Its file's name.
        evidence: All that is known of the project.
    """
    return next((file for file in evidence.files if file.name == library), None)
