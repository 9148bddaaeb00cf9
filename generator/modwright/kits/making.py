"""What a kit holds: the project, the wheels, the starters, and what tells the starters of them."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from modwright.errors import EnvironmentFailed, UsageFailed
from modwright.kits.begin.code import kit_number
from modwright.kits.begin.kit import ENDING, FOLDER, MANIFEST
from modwright.kits.begin.serving import FOLDER as BROWSER
from modwright.kits.in_browser import in_browser
from modwright.kits.packing import Content
from modwright.kits.resolving import Wheel
from modwright.kits.subject import Subject
from modwright.kits.targets import Target

INSTALLERS = "installers"


@dataclass(frozen=True)
class Wheelhouse:
    """What a kit was given from outside, which is there to be packed.

    Args:
        targets: The wheels that each computer is given.
        files: Where each wheel lies.
        pyodide: The files of Python for browsers; none for a kit without a page.
    """

    targets: Mapping[Target, Sequence[Wheel]]
    files: Mapping[Wheel, Path]
    pyodide: Mapping[str, bytes] = field(default_factory=dict)

    @cached_property
    def id(self) -> str:
        """What tells it from another one, in hexadecimal."""
        told = [(str(target), [w.sha256 for w in given]) for target, given in self.targets.items()]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]

    @property
    def number(self) -> int:
        """Which it is in the ready codes of its kits."""
        return kit_number(self.id)

    @cached_property
    def told(self) -> dict[str, object]:
        """What a starter has to know of it.

        Raises:
            EnvironmentFailed: One is not a wheel.
        """
        unpacked = {wheel: _unpacked(file) for wheel, file in self.files.items()}
        targets: dict[str, dict[str, object]] = {}
        for target, wheels in self.targets.items():
            sizes = [unpacked[wheel] for wheel in wheels]
            targets.setdefault(target.platform.name, {})[target.python] = {
                "wheels": [wheel.name for wheel in wheels],
                "size": sum(size for size, _ in sizes),
                "longest": max((longest for _, longest in sizes), default=0),
            }
        return {
            "id": self.id,
            "pythons": list(dict.fromkeys(target.python for target in self.targets)),
            "targets": targets,
            "wheels": {wheel.name: wheel.sha256 for wheel in sorted(self.files)},
        }


def contents(
    subject: Subject,
    house: Wheelhouse,
    installers: Iterable[Path] = (),
    person: str | None = None,
) -> dict[str, Content]:
    """Return what a kit holds, by the names that things have in its zip.

    Args:
        subject: The project.
        house: Its wheels.
        installers: Files that install Python.
        person: Whose kit it is, when it is somebody's.

    Raises:
        UsageFailed: The project has the name of another folder of the kit, or nothing to be shown
            in a browser.
        EnvironmentFailed: A wheel is not one.
    """
    if subject.name in {FOLDER, INSTALLERS, BROWSER}:
        raise UsageFailed(f"A kit has a folder {subject.name} of its own: rename the project.")
    about = {"schema": 1, "project": subject.name, "person": person, **house.told}
    held: dict[str, Content] = {
        f"{FOLDER}/{MANIFEST}": json.dumps(about, indent=1).encode() + b"\n",
        **{f"{subject.name}/{file.as_posix()}": subject.folder / file for file in subject.files},
        **{f"{FOLDER}/wheels/{_in_a_kit(wheel)}": file for wheel, file in house.files.items()},
        **{f"{INSTALLERS}/{file.name}": file for file in installers},
        **_starters(),
    }
    if house.pyodide:
        page = in_browser(subject, person, house.pyodide)
        held |= {f"{BROWSER}/{name}": content for name, content in page.items()}
    return {f"{subject.name}-kit/{name}": content for name, content in held.items()}


def demand_installers(installers: Iterable[Path]) -> None:
    """Check that installers are files of different names.

    Raises:
        UsageFailed: They are not.
    """
    names = set()
    for file in installers:
        if not file.is_file():
            raise UsageFailed(f"--installer {file}: there is no such file.")
        if file.name in names:
            raise UsageFailed(f"--installer {file}: there is another one of this name.")
        names.add(file.name)


def _starters() -> dict[str, Content]:
    room = files("modwright.kits")
    starters = {name: _ended(name, content) for name, content in _files_of(room / "starters")}
    programs = {f"{FOLDER}/begin/{name}": content for name, content in _files_of(room / "begin")}
    return {**starters, **programs}


def _files_of(folder: Traversable) -> list[tuple[str, bytes]]:
    return [(file.name, file.read_bytes()) for file in folder.iterdir() if file.is_file()]


def _ended(name: str, content: bytes) -> bytes:
    """Return a text with the ends of lines that its readers need, whatever git has made of them."""
    unix = content.replace(b"\r\n", b"\n")
    return unix.replace(b"\n", b"\r\n") if name.endswith((".bat", ".txt")) else unix


def _in_a_kit(wheel: Wheel) -> str:
    return wheel.name.removesuffix(".whl") + ENDING


def _unpacked(wheel: Path) -> tuple[int, int]:
    """Return the size of what a wheel unpacks to, and the length of the longest path in it."""
    try:
        with ZipFile(wheel) as content:
            entries = content.infolist()
    except BadZipFile:
        raise EnvironmentFailed(f"{wheel.name} is not a wheel.") from None
    longest = max((len(entry.filename) for entry in entries), default=0)
    return sum(entry.file_size for entry in entries), longest
