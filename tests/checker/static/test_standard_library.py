"""The table of what comes and goes in the standard library, held against real interpreters."""

import sys

import pytest

from modwright_check.model.python_versions import MINORS
from modwright_check.static.standard_library import Availability, availabilities
from tests.checker.static import typeshed
from tests.checker.static.interpreters import BUILD, interpreters, surveyed
from tests.parts import shared_out


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


@pytest.mark.skipif(sys.platform != "linux", reason="the table was read off Linux")
@pytest.mark.parametrize("minor", shared_out(MINORS, full=4))
def test_a_real_interpreter_has_what_the_table_says(minor: int) -> None:
    python = interpreters().get(minor)
    if python is None:
        pytest.skip(f"there is no Python 3.{minor} here")
    there, unknown = surveyed(python, availabilities())
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
        ("datetime:date.strptime", Availability(since=14)),
    ],
)
def test_well_known_changes_are_in_the_table(key: str, expected: Availability) -> None:
    assert availabilities()[key] == expected


@pytest.mark.parametrize("key", ["os", "sys:path", "json:loads", "asyncio:run", "os:getcwd"])
def test_what_all_have_is_not_in_the_table(key: str) -> None:
    assert key not in availabilities()


def test_the_table_is_as_its_generator_writes_it() -> None:
    assert typeshed.TABLE.read_text(encoding="utf-8") == typeshed.written(availabilities())


@pytest.mark.release  # the table changes with Pythons, and half a minute goes by
@pytest.mark.parametrize(
    "key",
    [
        "tomllib",
        "asyncio:TaskGroup",
        "dataclasses:dataclass(weakref_slot)",
        "winreg",
        "os:fork",
        "datetime:date.strptime",
    ],
)
def test_a_row_that_is_missing_is_found_by_the_type_stubs(key: str) -> None:
    table = dict(availabilities())
    expected = table.pop(key)
    assert typeshed.lacking(table).get(key) == expected


@pytest.mark.release  # the stubs change, and the table does not: half a minute
@pytest.mark.skipif(sys.platform != "linux", reason="the table was read off Linux")
def test_the_table_lacks_nothing_that_the_stubs_and_all_interpreters_here_say() -> None:
    absent = {*range(sys.version_info.minor, max(MINORS) + 1)} - interpreters().keys()
    if absent:  # what one of these would contradict, another confirms
        pytest.skip(f"there is no Python 3.{min(absent)} here")
    assert typeshed.confirmed(typeshed.lacking(availabilities())) == {}
