"""A package that somebody has made by hand, given what the template keeps current."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Any

from modwright.errors import UsageFailed
from modwright.scaffold.answers import combine
from modwright.upkeep.change import Change, files_between
from modwright.upkeep.inference import infer_answers, is_flat, read_pyproject
from modwright.upkeep.operation import Operation
from modwright.upkeep.record import ANSWERS_FILE, LEFT_OUT, Record
from modwright.upkeep.rendering import Rendering, Template, Workbench
from modwright.upkeep.toml_tables import PYPROJECT, tables, title, with_table
from modwright.upkeep.trees import Checkout

# The template's own program: a package that is there has its own.
PROGRAM = ("src/*", "tests/*")
# Tables that describe that program, or how just this package is built.
OF_THE_PROGRAM = {"build-system", "project", "tool.importlinter", "tool.uv"}


@dataclass(frozen=True)
class Item:
    """Something that the template has: a file, or a table of pyproject.toml.

    Args:
        name: Of the file, or `pyproject.toml [tool.ruff]`.
        is_there: Whether the package has it already, in whatever form.
        fits: Whether it is right for a package that lies where this one does.
    """

    name: str
    is_there: bool
    fits: bool


@dataclass(frozen=True)
class Offer:
    """What the template has for a package.

    Args:
        items: Files and tables.
        answers: What was inferred.
        template: The version that would be adopted.
        record: What the package would record, with everything left out that is not chosen.
        rendering: What the template makes of the answers.
    """

    items: tuple[Item, ...]
    answers: Mapping[str, Any]
    template: Template
    record: Record
    rendering: Rendering

    @property
    def open(self) -> list[str]:
        """The names of what could be added."""
        return [item.name for item in self.items if item.fits and not item.is_there]


def prepare_offer(checkout: Checkout, workbench: Workbench, data: Mapping[str, Any]) -> Offer:
    """Work out what the template has for a package.

    Args:
        checkout: The package.
        workbench: Where templates are rendered.
        data: Answers in place of those that are inferred.

    Raises:
        UsageFailed: It was adopted before, or does not say enough of itself.
    """
    mine = checkout.tree("HEAD")
    there = checkout.files(mine)
    if str(ANSWERS_FILE) in there:
        raise UsageFailed(f"There is an {ANSWERS_FILE} already: run `modwright update`.")
    source = workbench.source
    history = workbench.history(source.url, [])
    template = workbench.template(history, history.newest)
    pyproject = read_pyproject(checkout.project)
    inferred = infer_answers(checkout.project, pyproject, template.questions)
    answers = combine(template.questions, inferred, data)
    for name in ("project_name", "package_name", "license", "requires_python"):
        if not answers.get(name):
            raise UsageFailed(
                f"{name}: pyproject.toml and the code do not tell. Say it with --data {name}=VALUE."
            )
    record = Record(source.url, template.version.name, answers)
    rendering = workbench.render(checkout, template, record)
    items = _items(checkout, mine, rendering.tree)
    return Offer(tuple(items), answers, template, record, rendering)


def prepare_adoption(
    checkout: Checkout, workbench: Workbench, offer: Offer, chosen: Collection[str]
) -> Change:
    """Work out how a package takes what is chosen of an offer; nothing of it is overwritten."""
    head = checkout.head()
    mine = checkout.tree(head)
    made = checkout.files(offer.rendering.tree)
    entries = {path: made[path] for path in chosen if path in made}
    pyproject = _pyproject(checkout, mine)
    left_out = [path for path in made if path not in entries and not _is_program(path)]
    for name, block in tables(_pyproject(checkout, offer.rendering.tree)).items():
        if title(name) in chosen:
            pyproject = with_table(pyproject, name, block) or pyproject
        else:
            left_out.append(title(name))
    mode = checkout.files(mine)[PYPROJECT].split()[0]
    entries[PYPROJECT] = f"{mode} {checkout.blob(pyproject.encode())}"
    parts = {*left_out} - {str(ANSWERS_FILE), PYPROJECT}
    record = replace(offer.record, standard={LEFT_OUT: [*PROGRAM, *sorted(parts)]})
    recorded = workbench.render(checkout, offer.template, record)
    entries[str(ANSWERS_FILE)] = checkout.files(recorded.tree)[str(ANSWERS_FILE)]
    tree = checkout.with_files(
        mine, "".join(f"{entry}\t{path}\0" for path, entry in entries.items())
    )
    version = offer.template.version
    message = f"Adopt the template at {version.name}"
    operation = Operation(message, head, checkout.in_repository(tree, head))
    files = files_between(checkout, mine, tree)
    return Change(message, version, version, operation, (mine, tree), (), (), files)


def _items(checkout: Checkout, mine: str, made: str) -> Iterator[Item]:
    there = checkout.files(mine)
    elsewhere = is_flat(checkout.project)
    for path in checkout.files(made):
        if path not in {PYPROJECT, str(ANSWERS_FILE)} and not _is_program(path):
            fits = not (elsewhere and b"src/" in checkout.content(f"{made}:{path}"))
            yield Item(path, path in there, fits)
    pyproject = _pyproject(checkout, mine)
    for name, block in tables(_pyproject(checkout, made)).items():
        if name not in OF_THE_PROGRAM:
            is_there = with_table(pyproject, name, block) is None
            yield Item(title(name), is_there, not (elsewhere and '"src' in block))


def _is_program(path: str) -> bool:
    return any(fnmatchcase(path, pattern) for pattern in PROGRAM)


def _pyproject(checkout: Checkout, tree: str) -> str:
    return checkout.content(f"{tree}:{PYPROJECT}").decode("utf-8")
