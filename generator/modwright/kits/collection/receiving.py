"""A project that was handed in, as a folder or a zip: only its small files are taken, and read.

Nothing of it is trusted: neither the names in a zip, nor the sizes that it announces, nor what its
files say. Whatever is not taken is named.
"""

import json
import os
import re
import stat
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from modwright.errors import UsageFailed, in_words
from modwright.kits.begin.code import NotACode, Ready, decode
from modwright.kits.begin.kit import FOLDER
from modwright.kits.begin.main import RECORD
from modwright.kits.making import INSTALLERS

MOST_ENTRIES = 200_000  # of a zip or a folder that are looked at
MOST_FILES = 3000  # that are taken
LARGEST = 1 << 20  # bytes of a file that is taken
LARGEST_SUM = 30 << 20  # bytes of all of them
LONGEST_NAME = 100
MOST_COUNTED = 100_000  # tries; more were not counted by a runner
# What nobody hands in on purpose.
PASSED_OVER = {".git", ".venv", "__MACOSX", "__pycache__", "node_modules", FOLDER, INSTALLERS}
ANSWERS, PROGRESS, COURSE = ".copier-answers.yml", "course/progress.json", "course/course.toml"

# What reading a zip can raise that is broken, or of a kind that Python does not know.
_NOT_A_ZIP = (BadZipFile, NotImplementedError, EOFError, RuntimeError, ValueError, zlib.error)


class NotTaken(Exception):
    """It cannot be taken; the message says why."""


@dataclass(frozen=True)
class Claim:
    """What a hand-in says of an exercise; nobody has to believe it.

    Args:
        passed: Whether it was solved.
        tries: How often it was checked.
        hints: How many were looked at.
    """

    passed: bool = False
    tries: int = 0
    hints: int = 0


@dataclass
class HandIn:
    """What a person has handed in.

    Args:
        name: Of the person, or else of the file.
        place: The folder or the zip.
        files: What was taken, by paths from the project's root.
        ready: What the ready code says; None without one.
        code: The ready code.
        claims: What it says of each exercise.
        remarks: What is odd about it.
        is_taken: Whether it can be checked.
    """

    name: str
    place: Path
    files: dict[str, bytes] = field(default_factory=dict)
    ready: Ready | None = None
    code: str = ""
    claims: dict[str, Claim] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    is_taken: bool = True


def hand_ins(folder: Path) -> list[Path]:
    """Return what lies in a folder: a folder or a zip for each person.

    Raises:
        UsageFailed: There is nothing.
    """
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name.casefold())
    except OSError as error:
        raise UsageFailed(f"--collect {in_words(error)}.") from None
    found = [
        entry
        for entry in entries
        if not entry.name.startswith((".", "__MACOSX"))
        and (entry.is_dir() or entry.suffix.lower() == ".zip")
    ]
    if not found:
        raise UsageFailed(f"--collect {folder}: it holds neither folders nor zips.")
    return found


def receive(place: Path) -> HandIn:
    """Take what a person has handed in, or say why not."""
    handed = HandIn(place.stem if place.is_file() else place.name, place)
    try:
        if place.is_symlink():
            raise NotTaken("it is a link")
        entries = _in_folder(place) if place.is_dir() else _in_zip(place)
        handed.files = _of_the_project(_taken(entries, handed.remarks))
    except NotTaken as reason:
        handed.is_taken = False
        handed.remarks.append(f"not taken: {reason}")
    except OSError as error:
        handed.is_taken = False
        handed.remarks.append(f"not taken: {in_words(error)}")
    except _NOT_A_ZIP as error:
        handed.is_taken = False
        handed.remarks.append(f"not taken: it is not a zip that can be read ({error})")
    _read_record(handed)
    _read_progress(handed)
    return handed


Entry = tuple[str, int, Callable[[], bytes]]  # path, size, and what reads it


def _taken(entries: Iterable[Entry], remarks: list[str]) -> dict[str, bytes]:
    """Read what is small enough."""
    files: dict[str, bytes] = {}
    left = LARGEST_SUM
    for path, size, read in entries:
        if size > LARGEST:
            remarks.append(f"{path} has {size >> 20} MB, and was left out")
            continue
        left -= size
        if left < 0 or len(files) == MOST_FILES:
            raise NotTaken(f"it holds more than {MOST_FILES} files or {LARGEST_SUM >> 20} MB")
        files[path] = read()
    return files


def _in_folder(folder: Path) -> Iterator[Entry]:
    seen = 0
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in PASSED_OVER)
        for name in (*folders, *sorted(names)):
            seen += 1
            if seen > MOST_ENTRIES:
                raise NotTaken(f"it holds more than {MOST_ENTRIES} files")
            file = Path(where, name)
            about = file.lstat()
            path = file.relative_to(folder).as_posix()
            if stat.S_ISLNK(about.st_mode):
                raise NotTaken(f"{path} is a link")
            if stat.S_ISREG(about.st_mode):
                yield path, about.st_size, partial(_read, file)
            elif not stat.S_ISDIR(about.st_mode):
                raise NotTaken(f"{path} is neither a file nor a folder")


def _read(file: Path) -> bytes:
    with file.open("rb") as content:
        return content.read(LARGEST)


def _in_zip(file: Path) -> Iterator[Entry]:
    with ZipFile(file) as content:
        entries = content.infolist()
        if len(entries) > MOST_ENTRIES:
            raise NotTaken(f"it holds more than {MOST_ENTRIES} files")
        for entry in entries:
            path = PurePosixPath(entry.filename.replace("\\", "/"))
            if not entry.is_dir() and PASSED_OVER.isdisjoint(path.parts):
                _demand_harmless(entry, path)
                yield path.as_posix(), entry.file_size, partial(_unpack, content, entry)


def _demand_harmless(entry: ZipInfo, path: PurePosixPath) -> None:
    if path.is_absolute() or ".." in path.parts or ":" in entry.filename:
        raise NotTaken(f"{entry.filename} lies outside of it")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise NotTaken(f"{entry.filename} is a link")
    if entry.flag_bits & 1:
        raise NotTaken("it has a password")


def _unpack(content: ZipFile, entry: ZipInfo) -> bytes:
    """Unpack an entry, whose size may be another one than it announces."""
    with content.open(entry) as packed:
        unpacked = packed.read(LARGEST + 1)
    if len(unpacked) > LARGEST:
        raise NotTaken(f"{entry.filename} is larger than it says")
    return unpacked


def _of_the_project(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return the files of the project, which may lie some folders deep, by paths from its root."""
    roots = {
        path.removesuffix("pyproject.toml")
        for path in files
        if path.rpartition("/")[2] == "pyproject.toml"
    }
    if not roots:
        raise NotTaken("it holds no project: there is no pyproject.toml")
    depth = min(root.count("/") for root in roots)
    nearest = sorted(root for root in roots if root.count("/") == depth)
    if len(nearest) > 1:
        raise NotTaken(f"it holds several projects: {', '.join(nearest[:5])}")
    root = nearest[0]
    if f"{root}{COURSE}" not in files:
        raise NotTaken(f"it is not a course: there is no {COURSE}")
    return {
        path.removeprefix(root): content for path, content in files.items() if path.startswith(root)
    }


def _read_record(handed: HandIn) -> None:
    """Read what the start of the kit has written down: whose it is, and what works there."""
    told = _json(handed, RECORD)
    person, code = told.get("person"), told.get("code")
    if isinstance(person, str) and person.strip():
        handed.name = " ".join(person.split())[:LONGEST_NAME]
    if isinstance(code, str):
        try:
            handed.ready = decode(code)
            handed.code = code
        except NotACode:
            handed.remarks.append("its ready code is not one")


def _read_progress(handed: HandIn) -> None:
    exercises = _json(handed, PROGRESS).get("exercises", {})
    for name, told in exercises.items() if isinstance(exercises, dict) else ():
        if isinstance(told, dict) and re.fullmatch(r"\w{1,60}", name):
            handed.claims[name] = Claim(
                bool(told.get("passed")), _count(told.get("tries")), _count(told.get("hints"))
            )


def _count(value: object) -> int:
    return value if isinstance(value, int) and 0 <= value < MOST_COUNTED else 0


def _json(handed: HandIn, path: str) -> dict[str, Any]:
    content = handed.files.get(path)
    if content is None:
        return {}
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        handed.remarks.append(f"{path} is broken")
        return {}
    return told
