"""The folder of a kit that any server of files shows: the course, done in a browser."""

import base64
import json
from collections.abc import Mapping
from importlib.resources import files

from modwright.errors import UsageFailed
from modwright.kits.packing import Content
from modwright.kits.subject import Subject


def demand_course(subject: Subject) -> None:
    """Check that there is something to be shown.

    Raises:
        UsageFailed: The project is not a course.
    """
    if not (subject.folder / "course" / "course.toml").is_file():
        raise UsageFailed(f"--browser shows a course, and {subject.name} has no exercises.")


def in_browser(
    subject: Subject, person: str | None, python: Mapping[str, bytes]
) -> dict[str, Content]:
    """Return what lies in the folder, by names relative to it.

    Args:
        subject: The project, which is a course.
        person: Whose kit it is, when it is somebody's.
        python: The files of Pyodide.
    """
    room = files("modwright.kits") / "browser"
    return {
        **{file.name: file.read_bytes() for file in room.iterdir() if file.is_file()},
        **{f"pyodide/{name}": content for name, content in python.items()},
        "project.json": _told(subject, person),
    }


def _told(subject: Subject, person: str | None) -> bytes:
    held = {
        file.as_posix(): base64.b64encode((subject.folder / file).read_bytes()).decode()
        for file in subject.files
    }
    return json.dumps({"name": subject.name, "person": person, "files": held}).encode()
