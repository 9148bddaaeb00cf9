"""The table of what comes and goes in the standard library, held against real interpreters."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from uv import find_uv_bin

from modwright_check.model.python_versions import MINORS
from modwright_check.static.standard_library import Availability, availabilities

SURVEY = Path(__file__).with_name("survey.py")
# What is in one build of a version and not in the next: it hangs on libraries and kernels.
BUILD = re.compile(
    r"(os|socket|select|ssl|signal|errno|mmap|curses|readline|dbm|time|locale|fcntl|resource|zlib)\b"
)


def interpreters() -> dict[int, str]:
    """Return an interpreter of each Python 3 that uv finds here, by its second number."""
    command = [find_uv_bin(), "python", "list", "--only-installed", "--output-format=json"]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = {sys.version_info.minor: sys.executable}
    for each in json.loads(listed):
        if each["implementation"] == "cpython" and each["version_parts"]["major"] == 3:
            found.setdefault(each["version_parts"]["minor"], each["path"])
    return {minor: path for minor, path in sorted(found.items()) if minor in MINORS}


def surveyed(python: str) -> tuple[set[str], set[str]]:
    """Return what a Python's standard library offers, and what this build cannot tell."""
    names = "\n".join(availabilities())
    command = [python, "-I", "-B", str(SURVEY)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, input=names)
    found = json.loads(done.stdout)
    return set(found["there"]), set(found["unknown"])


def can_be_told(key: str, there: set[str], unknown: set[str]) -> bool:
    """Return whether a build of Python that lacks what a row is about would be wrong to."""
    module, _, name = key.partition(":")
    parts = module.split(".")
    modules = {".".join(parts[:length]) for length in range(1, len(parts) + 1)}
    around = {key.partition("(")[0], *modules}
    of_one_system = any(
        known.system for each in (key, *around) if (known := availabilities().get(each))
    )
    nowhere = (name and module not in there) or ("(" in key and key.partition("(")[0] not in there)
    depends = BUILD.match(module) or module.startswith("_") or "." in name
    return not (of_one_system or around & unknown or nowhere or depends)


@pytest.mark.full
@pytest.mark.skipif(sys.platform != "linux", reason="the table was read off Linux")
@pytest.mark.parametrize("minor", MINORS)
def test_a_real_interpreter_has_what_the_table_says(minor: int) -> None:
    python = interpreters().get(minor)
    if python is None:
        pytest.skip(f"there is no Python 3.{minor} here")
    there, unknown = surveyed(python)
    wrong = [
        key
        for key, available in availabilities().items()
        if can_be_told(key, there, unknown)
        and (key in there) == bool(available.missing(frozenset({minor})))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("tomllib", Availability(since=11)),
        ("telnetlib", Availability(until=13)),
        ("asyncio:TaskGroup", Availability(since=11)),
        ("collections:Mapping", Availability(until=10)),
        ("dataclasses:dataclass(slots)", Availability(since=10)),
        ("winreg", Availability(system="windows")),
        ("crypt", Availability(until=13, system="posix")),
        ("os:fork", Availability(system="posix")),
        ("ast:Num", Availability(until=14)),
    ],
)
def test_well_known_changes_are_in_the_table(key: str, expected: Availability) -> None:
    assert availabilities()[key] == expected


@pytest.mark.parametrize("key", ["os", "sys:path", "json:loads", "asyncio:run", "os:getcwd"])
def test_what_all_have_is_not_in_the_table(key: str) -> None:
    assert key not in availabilities()
