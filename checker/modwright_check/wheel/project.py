"""The subject of a check: a project's folder, or an existing wheel."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from packaging.metadata import InvalidMetadata, Metadata
from packaging.specifiers import InvalidSpecifier, SpecifierSet

from modwright_check.model.errors import EnvironmentFailed, UsageFailed

LARGEST_METADATA = 16 << 20  # bytes; with the longest description they have some hundred thousand


@dataclass(frozen=True)
class Project:
    """What is checked.

    Args:
        folder: Of the project; None when there is only a wheel.
        wheel: The wheel; None when it is still to be built.
        pyproject: The content of pyproject.toml; empty when there is only a wheel.
        requires_python: Which Pythons it admits.
    """

    folder: Path | None
    wheel: Path | None
    pyproject: Mapping[str, Any]
    requires_python: SpecifierSet


def read_project(path: Path) -> Project:
    """Read what is to be checked.

    Raises:
        UsageFailed: It is neither a project nor a wheel.
    """
    return _read_wheel(path) if path.suffix == ".whl" else _read_folder(path)


def _read_folder(folder: Path) -> Project:
    """Read pyproject.toml; any Python will do when only the build back end knows which."""
    file = folder / "pyproject.toml"
    try:
        pyproject = tomllib.loads(file.read_text(encoding="utf-8"))
        if not isinstance(pyproject.get("project", {}), dict):
            raise TypeError("[project] is not a table")
        requires = SpecifierSet(pyproject.get("project", {}).get("requires-python", ""))
    except (FileNotFoundError, NotADirectoryError):
        is_old = (folder / "setup.py").is_file()
        way = " Check the wheel that `uv build --wheel` makes of its setup.py." if is_old else ""
        raise UsageFailed(f"{folder} is not a project: it has no pyproject.toml.{way}") from None
    except OSError as error:
        raise UsageFailed(f"{file} cannot be read: {error.strerror}.") from None
    except (ValueError, TypeError, RecursionError) as error:
        raise UsageFailed(f"{file} is not valid: {error}.") from None
    return Project(folder, None, pyproject, requires)


def _read_wheel(wheel: Path) -> Project:
    about = read_metadata(wheel)
    return Project(None, wheel, {}, about.requires_python or SpecifierSet())


def read_metadata(wheel: Path) -> Metadata:
    """Return the core metadata of a wheel; a distribution that it vendors has some as well.

    Raises:
        UsageFailed: It is not a wheel.
        EnvironmentFailed: Its metadata is not valid.
    """
    own = re.compile(r"[^/]+\.dist-info/METADATA")
    try:
        with ZipFile(wheel) as archive:
            path = next(filter(own.fullmatch, archive.namelist()), None)
            if path is None:
                raise UsageFailed(f"{wheel} is not a wheel: it contains no metadata.")
            if archive.getinfo(path).file_size > LARGEST_METADATA:
                raise UsageFailed(f"{wheel} is not a wheel: its metadata is larger than 16 MB.")
            with archive.open(path) as member:
                about = Metadata.from_email(member.read(LARGEST_METADATA), validate=False)
    except OSError as error:
        raise UsageFailed(f"{wheel} cannot be read: {error.strerror}.") from None
    except BadZipFile:
        raise UsageFailed(f"{wheel} is not a wheel: it is not a zip file.") from None
    try:  # they are checked when they are read
        _ = about.name, about.version, about.requires_python
    except (InvalidMetadata, InvalidSpecifier) as error:
        raise EnvironmentFailed(f"The wheel's metadata is not valid: {error}.") from None
    return about
