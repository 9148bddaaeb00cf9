"""A kit for each name of a table, however the name is written."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from modwright.errors import UsageFailed
from modwright.kits.begin.kit import this_platform
from modwright.kits.handing_out import hand_out
from modwright.kits.making import Wheelhouse
from modwright.kits.resolving import Wheel
from modwright.kits.roster import Person, read_roster
from modwright.kits.subject import maker
from modwright.kits.targets import PLATFORMS, Target
from tests.kits.conftest import HERE

NAMES = {
    "Anna Schmidt": "anna-schmidt",
    "Иван Петров": "ivan-petrov",
    "Юлия Щукина": "yuliya-shchukina",
    "Ὀδυσσεύς": "odysseys",
    "Łukasz Żółć": "lukasz-zolc",
    "İbrahim Işık": "ibrahim-isik",  # noqa: RUF001
    "O’Brien": "obrien",  # noqa: RUF001
    "Robert'); DROP TABLE Students;--": "robert-drop-table-students",
    "../../etc/passwd": "etc-passwd",
    "王小明": "learner-{line}",
    "007": "learner-007",
    "=cmd|' /C calc'!A0": "cmd-c-calc-a0",
    "[red]x[/red]\x1b[31m": "red-x-red-31m",
    "x" * 500: "x" * 40,
}


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    return tmp_path / "names.csv"


def test_each_name_becomes_one_that_a_project_can_have(roster: Path) -> None:
    roster.write_text("\n".join(NAMES).replace("\x1b", "\x07"), "utf-8")
    people = read_roster(roster)
    expected = [name.format(line=line) for line, name in enumerate(NAMES.values(), 1)]
    assert [person.project for person in people] == expected
    assert all(person.name.isprintable() for person in people)


@pytest.mark.parametrize("text", ["Klasse;Name\n7a;Ann\n\n7b;Bob\n", "name\tx\nAnn\t\nBob\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_tables_are_read_as_spreadsheets_write_them(text: str, mark: str, roster: Path) -> None:
    roster.write_text(mark + text.replace("\n", "\r\n"), "utf-8", newline="")
    assert [person.name for person in read_roster(roster)] == ["Ann", "Bob"]


def test_the_same_name_twice_makes_two_projects(roster: Path) -> None:
    roster.write_text("Ann\nAnn\nann!\n", "utf-8")
    assert [person.project for person in read_roster(roster)] == ["ann", "ann-2", "ann-3"]


def test_a_leader_can_say_what_a_project_is_called(roster: Path) -> None:
    roster.write_text("name,project\nAnn,rocket\nBob,\n", "utf-8")
    assert [person.project for person in read_roster(roster)] == ["rocket", "bob"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"name\n", "names nobody"),
        (b"name,class\nAnn,7\n  ,7\n", "line 3: there is no name"),
        ("Ann\nJürgen\n".encode("latin-1"), "line 2: this is not UTF-8"),
        ("Ann\n".encode("utf-16"), "line 1: this is not UTF-8"),
        (b"x" * 200_000, "line 1: field larger"),
        (b"Ann\n" * 3000, "more than 2000 lines"),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_a_table_that_cannot_be_used_is_told_with_the_line(
    content: bytes, words: str, roster: Path
) -> None:
    roster.write_bytes(content)
    with pytest.raises(UsageFailed, match=words):
        read_roster(roster)


@pytest.mark.full
def test_each_person_gets_a_kit_of_their_own_name(greeting: Wheel, tmp_path: Path) -> None:
    people = [Person(1, "Ray", "ray"), Person(2, "Con", "con")]  # a library, and a name of Windows
    people += [Person(number, f"Ann {number}", f"ann-{number}") for number in range(3, 7)]
    house = Wheelhouse(
        {Target(PLATFORMS[this_platform()], HERE): [greeting]},
        {greeting: tmp_path / "wheels" / greeting.name},
    )
    output = tmp_path / "kits"
    hand_out(people, maker("workshop"), house, (), output, lambda _done, _total: None)
    assert len(list(output.iterdir())) == len(people)
    for project in ("ray-learner", "con-learner", "ann-3"):
        person = project.removesuffix("-learner")
        with ZipFile(output / f"{person}-kit.zip") as packed:
            package = project.replace("-", "_")
            assert f"{project}-kit/{project}/src/{package}/__init__.py" in packed.namelist()
    assert [entry.name for entry in tmp_path.iterdir() if entry.name.startswith(".")] == []
