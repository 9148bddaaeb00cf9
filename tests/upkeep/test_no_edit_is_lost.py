"""Whatever is edited on either side: no edit is lost, each is in a file or between markers."""

from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from modwright.upkeep.merging import merge
from modwright.upkeep.trees import Checkout, checkout
from tests.upkeep.conftest import git

FILES = ("a.py", "b.toml", "deep/c.yml")
ORIGINAL = {name: [f"{name} {number}" for number in range(12)] for name in FILES}

EDITS = st.lists(
    st.tuples(
        st.sampled_from(["insert", "change", "delete", "rename", "move", "remove", "add"]),
        st.sampled_from(FILES),
        st.integers(0, 11),
    ),
    max_size=6,
)


@dataclass
class Side:
    """What one side has made of the files."""

    name: str
    files: dict[str, list[str]] = field(
        default_factory=lambda: {name: list(lines) for name, lines in ORIGINAL.items()}
    )
    where: dict[str, str] = field(default_factory=lambda: {name: name for name in FILES})
    written: set[str] = field(default_factory=set)

    def edit(self, number: int, kind: str, original: str, line: int) -> None:
        file = self.where[original]
        text = f"{self.name} {number}"
        if kind == "add":
            self.files[f"{self.name}{number}.txt"] = [text]
        elif file not in self.files:
            return
        elif kind == "remove":
            del self.files[file]
        elif kind in {"rename", "move"}:
            new = f"{self.name}{number}" if kind == "rename" else f"{self.name}/{file}"
            self.files[new] = self.files.pop(file)
            self.where[original] = new
        elif kind == "insert":
            self.files[file].insert(line, text)
        elif line < len(self.files[file]):
            self.files[file][line : line + 1] = [text] if kind == "change" else []
        everything = {line for lines in self.files.values() for line in lines}
        self.written = {line for line in everything if line.startswith(self.name)}


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """An empty repository, whose objects all examples share."""
    folder = tmp_path_factory.mktemp("repository").resolve()
    git(folder, "init", "--quiet")
    git(folder, "commit", "--quiet", "--allow-empty", "--message=Start")
    return checkout(folder)


@pytest.mark.full
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(mine=EDITS, theirs=EDITS)
def test_no_edit_is_lost(
    repository: Checkout,
    mine: list[tuple[str, str, int]],
    theirs: list[tuple[str, str, int]],
) -> None:
    yours, template = Side("mine"), Side("theirs")
    for side, edits in ((yours, mine), (template, theirs)):
        for number, edit in enumerate(edits):
            side.edit(number, *edit)
    before, ours, new = (
        _tree(repository, files) for files in (ORIGINAL, yours.files, template.files)
    )

    merged = merge(repository, before, ours, new)

    lines = set(_lines(repository, merged.tree))
    assert yours.written <= lines
    if not merged.notes and not merged.clashes:
        assert template.written <= lines
    if ours == before:
        assert merged.tree == new
    if new == before:
        assert merged.tree == ours
    assert bool(merged.clashes) == bool(merged.stages)


def _tree(repository: Checkout, files: dict[str, list[str]]) -> str:
    entries = []
    for name, lines in files.items():
        blob = repository.blob("".join(f"{line}\n" for line in lines).encode())
        entries.append(f"100644 {blob}\t{name}\0")
    empty = git(repository.top, "hash-object", "-w", "-t", "tree", "--stdin").strip()
    return repository.with_files(empty, "".join(entries))


def _lines(repository: Checkout, tree: str) -> list[str]:
    return [
        line
        for path in repository.files(tree)
        for line in repository.content(f"{tree}:{path}").decode().splitlines()
    ]
