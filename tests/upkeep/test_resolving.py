"""Conflicts of which only one outcome is right are resolved; all others are left to the person."""

import subprocess
from pathlib import Path
from textwrap import dedent

import pytest

from modwright.upkeep.hunks import SIZE, Conflict, parse
from modwright.upkeep.resolving import resolved


def merged(name: str, folder: Path, *versions: str) -> str | None:
    """Return what is made of three versions of a file; None if a conflict is left."""
    yours, before, template = versions[1], versions[0], versions[2]
    files = []
    for part, text in (("yours", yours), ("before", before), ("template", template)):
        files.append(folder / part)
        files[-1].write_text(dedent(text), "utf-8")
    command = ["git", "merge-file", "-p", "--zdiff3", f"--marker-size={SIZE}", *map(str, files)]
    finished = subprocess.run(command, check=False, capture_output=True, text=True)
    parts = resolved(name, parse(finished.stdout))
    assert any(isinstance(part, Conflict) for part in parse(finished.stdout))
    if any(isinstance(part, Conflict) for part in parts):
        return None
    return "".join(line for part in parts for line in part)  # type: ignore[union-attr]


PINS = {
    "a requirement": ('a = "x>=1.2"', 'a = "x>=1.4"', 'a = "x>=1.10"', 2),
    "a requirement, mine the newer": ('a = "x>=1.2"', 'a = "x>=2.0.1"', 'a = "x>=1.10"', 1),
    "an exact requirement with extras": ('a = "x[y]==1"', 'a = "x[y]==3"', 'a = "x[y]==2"', 1),
    "two on two lines": (
        'a = "x>=1"\nb = "y>=1"',
        'a = "x>=2"\nb = "y>=3"',
        'a = "x>=3"\nb = "y>=2"',
        None,
    ),
}


@pytest.mark.parametrize(("before", "yours", "template", "newer"), PINS.values(), ids=PINS)
def test_of_two_pins_the_newer_is_taken(
    before: str, yours: str, template: str, newer: int | None, tmp_path: Path
) -> None:
    result = merged("a.toml", tmp_path, f"{before}\n", f"{yours}\n", f"{template}\n")
    if newer is None:
        assert result == 'a = "x>=3"\nb = "y>=3"\n'
    else:
        assert result == f"{(before, yours, template)[newer]}\n"


@pytest.mark.parametrize(
    ("before", "yours", "template"),
    [
        ("- uses: a/b@{0} # v4.1.0", "- uses: a/b@{1} # v5.0.0", "- uses: a/b@{2} # v4.2.2"),
        ("- uses: a/b@v3", "- uses: a/b@v5", "- uses: a/b@v4"),
        ("- rev: v1.9.0", "- rev: v1.10.0", "- rev: v1.9.9"),
        ("- rev: {0} # frozen: v1.0", "- rev: {1} # frozen: v1.2", "- rev: {2} # frozen: v1.1"),
        ("image: python:3.11-slim", "image: python:3.13-slim", "image: python:3.12-slim"),
    ],
)
def test_actions_hooks_and_images_are_pins_too(
    before: str, yours: str, template: str, tmp_path: Path
) -> None:
    hashes = [letter * 40 for letter in "abc"]
    versions = [f"{text.format(*hashes)}\n" for text in (before, yours, template)]
    assert merged("ci.yml", tmp_path, *versions) == versions[1]
    versions[1:] = versions[:0:-1]
    assert merged("ci.yml", tmp_path, *versions) == versions[2]


def test_requirements_are_merged_by_their_names(tmp_path: Path) -> None:
    def array(*items: str) -> str:
        return "".join(["a = [\n", *(f'    "{item}",\n' for item in items), "]\n"])

    before = array("click>=8.1", "rich>=13", "pyyaml>=6")
    yours = array("click>=8.2", "httpx>=1", "rich>=13")
    template = array("click>=8.3", "packaging>=24", "rich>=14", "pyyaml>=6")
    result = merged("pyproject.toml", tmp_path, before, yours, template)
    assert result == array("click>=8.3", "packaging>=24", "httpx>=1", "rich>=14")


def test_requirements_are_merged_where_the_array_has_become_an_item_a_line(tmp_path: Path) -> None:
    before, template = "dependencies = []\n", "dependencies = [\n    # What is needed.\n]\n"
    yours = 'dependencies = ["httpx>=1", "uvicorn[standard]>=0.30"]\n'
    mine = '    "httpx>=1",\n    "uvicorn[standard]>=0.30",\n'
    result = merged("pyproject.toml", tmp_path, before, yours, template)
    assert result == f"dependencies = [\n    # What is needed.\n{mine}]\n"
    yours = f"dependencies = [\n{mine}]\n"
    assert merged("pyproject.toml", tmp_path, before, yours, template) == result
    other = yours.replace("dependencies", "layers").replace(">=1", "").replace(">=0.30", "")
    layers = [text.replace("dependencies", "layers") for text in (before, template)]
    assert merged("pyproject.toml", tmp_path, layers[0], other, layers[1]) is None


def test_a_distribution_is_one_however_its_name_is_written(tmp_path: Path) -> None:
    before = 'a = [\n    "typing_extensions>=4.1",\n]\n'
    yours = 'a = [\n    "typing-extensions>=4.9",\n]\n'
    template = 'a = [\n    "typing_extensions[a,b]>=4.10"\n]\n'
    assert merged("pyproject.toml", tmp_path, before, yours, template) is None
    template = 'a = [\n    "typing_extensions>=4.2",\n    "click>=8",\n]\n'
    result = merged("pyproject.toml", tmp_path, before, before.replace("4.1", "4.9"), template)
    assert result == template.replace("4.2", "4.9")


def test_what_one_has_removed_and_the_other_has_changed_is_left_to_the_person(
    tmp_path: Path,
) -> None:
    before = 'a = [\n    "x>=1",\n    "y>=1",\n]\n'
    yours = 'a = [\n    "y>=2",\n]\n'
    template = 'a = [\n    "x>=2",\n    "y>=1",\n]\n'
    assert merged("pyproject.toml", tmp_path, before, yours, template) is None


def test_an_array_whose_order_means_something_is_left_to_the_person(tmp_path: Path) -> None:
    before = 'layers = [\n    "main",\n    "db",\n]\n'
    yours = 'layers = [\n    "main",\n    "mine",\n    "db",\n]\n'
    template = 'layers = [\n    "main",\n    "auth",\n    "db",\n]\n'
    assert merged("pyproject.toml", tmp_path, before, yours, template) is None


ADDED = {
    "tables": ("a.toml", "[a]\nx = 1\n", "\n[b]\ny = 1\n", "\n[c]\nz = 1\n"),
    "keys of a mapping": ("a.yml", "a: 1\n", "b: 1\n", "c:\n  - 1\n"),
    "keys of an inner mapping": ("a.yml", "jobs:\n  a: 1\n", "  b: 1\n", "  c: 1\n"),
    "sections": ("a.md", "# a\n\nText.\n", "\n## b\n\nMine.\n", "\n## c\n\nTheirs.\n"),
    "functions": (
        "a.py",
        "def a():\n    return 1\n",
        "\n\ndef b():\n    return 1\n",
        "\n\ndef c():\n    return 2\n",
    ),
    "methods": (
        "a.py",
        "class A:\n    def a(self):\n        return 1\n",
        "\n    def b(self):\n        return 1\n",
        "\n    def c(self):\n        return 2\n",
    ),
}


@pytest.mark.parametrize(("name", "start", "mine", "theirs"), ADDED.values(), ids=ADDED)
def test_whole_things_of_other_names_stand_side_by_side(
    name: str, start: str, mine: str, theirs: str, tmp_path: Path
) -> None:
    result = merged(name, tmp_path, start, start + mine, start + theirs)
    assert result == start + mine + theirs


@pytest.mark.parametrize(
    ("name", "start", "mine", "theirs"),
    [
        ("a.toml", "[a]\nx = 1\n", "\n[b]\ny = 1\n", "\n[b]\ny = 2\n"),
        ("a.yml", "a: 1\n", "b: 1\n", "b: 2\n"),
        ("a.py", "x = 1\n", "\n\ndef a():\n    return 1\n", "\n\ndef a():\n    return 2\n"),
        ("a.py", "x = 1\n", "y = 1\n", "z = 2\n"),  # the order of statements means something
        ("a.txt", "a\n", "b\n", "c\n"),
        ("a.md", "# a\n\nText.\n", "\n## b\n\nMine.\n", "\n## b\n\nTheirs.\n"),
        ("a.md", "# a\n\nText.\n", "\nMine.\n", "\nTheirs.\n"),
    ],
)
def test_things_of_one_name_are_left_to_the_person(
    name: str, start: str, mine: str, theirs: str, tmp_path: Path
) -> None:
    assert merged(name, tmp_path, start, start + mine, start + theirs) is None


@pytest.mark.parametrize(
    ("before", "yours", "template"),
    [
        ("port = 8000\n", "port = 8080\n", "port = 9000\n"),
        ('a = "x<2"\n', 'a = "x<3"\n', 'a = "x<4"\n'),
        ('a = "x>=1,<2"\n', 'a = "x>=1.1,<3"\n', 'a = "x>=1.2,<4"\n'),
        ('a = "x>=1"\n', 'a = "y>=2"\n', 'a = "x>=3"\n'),
    ],
)
def test_numbers_that_are_not_pins_are_left_to_the_person(
    before: str, yours: str, template: str, tmp_path: Path
) -> None:
    assert merged("a.toml", tmp_path, before, yours, template) is None


def test_what_would_not_parse_is_left_to_the_person(tmp_path: Path) -> None:
    start = "a: &a 1\n"
    assert merged("a.yml", tmp_path, start, f"{start}b: *b\n", f"{start}c: *a\n") is None


@pytest.mark.parametrize("removed_by", ["template", "yours"])
def test_lines_go_that_one_has_removed_and_the_other_has_only_written_beside(
    tmp_path: Path, removed_by: str
) -> None:
    before, without = "a\nb\nc\n", "a\nc\n"
    for with_it in ("a\nmine\nb\nc\n", "a\nb\nmine\nc\n", "a\none\nb\ntwo\nc\n"):
        sides = [with_it, without] if removed_by == "template" else [without, with_it]
        assert merged("a.txt", tmp_path, before, *sides) == with_it.replace("b\n", "")
    assert merged("a.txt", tmp_path, before, "a\nB\nmine\nc\n", without) is None


def test_a_comment_and_the_layout_survive(tmp_path: Path) -> None:
    before = 'a = [\n    "x>=1",  # why\n    "y>=1",\n]\n'
    yours = 'a = [\n    "x>=2",  # why\n    "y>=1",\n]\n'
    template = 'a = [\n    "x>=3",  # why\n    "y>=1",\n]\n'
    assert merged("pyproject.toml", tmp_path, before, yours, template) == template
