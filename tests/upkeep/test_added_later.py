"""The real template: what is added later equals what was there from the beginning."""

from collections.abc import Iterator, Mapping
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from modwright.scaffold.source import find_source
from modwright.upkeep import operation
from modwright.upkeep.change import Change, recorded
from modwright.upkeep.components import prepare_adding, prepare_removing
from modwright.upkeep.record import Record
from modwright.upkeep.rendering import Template, Workbench
from modwright.upkeep.trees import Checkout, checkout
from tests.template.test_components import COMPONENTS, exclude_each_other, with_component
from tests.upkeep.conftest import change, git

Answers = Mapping[str, Any]

PLAIN = {"project_name": "shop", "package_name": "shop", "ci": "none"}
# What everybody does in the first week: lines, and before which others they are written.
EDITS = {
    "pyproject.toml": [
        ('    "models",\n', '    "prices",\n'),
        ("[tool.mypy]\n", "# Ours.\n"),
    ],
    "README.md": [("## Work on it\n", "## Prices\n\nThey are ours.\n\n")],
    "src/shop/utils.py": [("", "\n\ndef price() -> int:\n    return 1\n")],
    "CONTRIBUTING.md": [("", "\nAsk Ann.\n")],
}


class Shop:
    """A project in a repository, whose files are written by git alone."""

    def __init__(self, folder: Path, workbench: Workbench) -> None:
        source = workbench.source
        assert source.version
        git(folder, "init", "--quiet", "--initial-branch=main")
        git(folder, "commit", "--quiet", "--allow-empty", "--message=Start")
        self.checkout: Checkout = checkout(folder)
        self.workbench = workbench
        history = workbench.history(source.url, [source.version.name])
        self.template: Template = workbench.template(history, history.newest)

    def made_with(self, answers: Answers) -> dict[str, str]:
        """Return the files of a project that was made with some answers."""
        return self.checkout.files(self._tree(answers))

    def start(self, answers: Answers) -> None:
        """Make the project, and commit that."""
        git(self.checkout.top, "read-tree", "--reset", "-u", self._tree(answers))
        git(self.checkout.top, "commit", "--quiet", "--message=Made")

    def add(self, name: str) -> Change:
        """Add a component, and commit that."""
        return self._done(prepare_adding(self.checkout, self.workbench, *_kind_and_names(name)))

    def remove(self, name: str) -> Change:
        """Remove a component, and commit that."""
        where = (self.checkout, self.workbench, *_kind_and_names(name))
        return self._done(prepare_removing(*where, spares_changed=True))

    @property
    def files(self) -> dict[str, str]:
        """The committed files."""
        return self.checkout.files(self.checkout.tree("HEAD"))

    def _done(self, change: Change | None) -> Change:
        assert change is not None
        operation.begin(self.checkout, change.operation)
        return change

    def _tree(self, answers: Answers) -> str:
        source = self.workbench.source
        record = Record(source.url, self.template.version.name, answers)
        return self.workbench.render(self.checkout, self.template, record).tree


@pytest.fixture(scope="session")
def workbench() -> Iterator[Workbench]:
    """Open a workbench, in which each template is compiled once."""
    if find_source().version is None:
        pytest.skip("this is not a clone, so there is no version to render")
    with Workbench(find_source()) as workbench:
        yield workbench


@pytest.fixture
def shop(tmp_path: Path, workbench: Workbench) -> Shop:
    """Make an empty repository."""
    return Shop(tmp_path, workbench)


def _kind_and_names(name: str) -> tuple[str, list[str]]:
    [(question, answer)] = COMPONENTS[name].items()
    names = answer if isinstance(answer, list) else [] if answer is True else [answer]
    kind = question.removesuffix("s") if question != "docs" else question
    return kind, names


ALWAYS = ("an extension in C",)


def _marks(number: int, name: str) -> list[pytest.MarkDecorator]:
    if name in ALWAYS:
        return []
    return [pytest.mark.release if number % 4 else pytest.mark.full]


EACH = pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=_marks(number, name)) for number, name in enumerate(COMPONENTS)],
)


@EACH
def test_a_component_that_was_added_later_is_as_if_it_had_been_there_and_goes_without_a_trace(
    shop: Shop, name: str
) -> None:
    shop.start(PLAIN)
    before = shop.files
    shop.add(name)
    assert shop.files == shop.made_with(with_component(PLAIN, COMPONENTS[name]))
    shop.remove(name)
    assert shop.files == before


@pytest.mark.release  # four hundred pairs
def test_so_is_every_pair(shop: Shop) -> None:
    for first, second in permutations(COMPONENTS, 2):
        if exclude_each_other(first, second):
            continue
        shop.start(PLAIN)
        shop.add(first)
        shop.add(second)
        both = with_component(with_component(PLAIN, COMPONENTS[first]), COMPONENTS[second])
        assert shop.files == shop.made_with(both), (first, second)


@EACH
def test_what_everybody_edits_in_the_first_week_stays_without_a_conflict(
    shop: Shop, name: str
) -> None:
    shop.start(PLAIN)
    folder = shop.checkout.project
    for file, edits in EDITS.items():
        text = (folder / file).read_text("utf-8")
        for place, lines in edits:
            text = text.replace(place, lines + place, 1) if place else text + lines
        change(folder, {file: text})
    git(folder, "commit", "--quiet", "--all", "--message=Edit")
    edited = shop.files

    added = shop.add(name)

    assert not added.clashes
    for file, edits in EDITS.items():
        for _, lines in edits:
            assert lines in (folder / file).read_text("utf-8"), file
    made = shop.made_with(with_component(PLAIN, COMPONENTS[name]))
    assert {file: made[file] for file in made if file not in EDITS} == {
        file: entry for file, entry in shop.files.items() if file not in EDITS
    }
    shop.remove(name)
    assert shop.files == edited


def test_a_project_knows_which_components_it_has(shop: Shop) -> None:
    shop.start(PLAIN)
    shop.add("docs")
    record, _ = recorded(shop.checkout)
    assert record.answers["docs"] is True
