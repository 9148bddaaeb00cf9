"""What a version of a template makes of some answers, as a tree in a project's repository."""

import json
from collections.abc import Collection, Iterable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from hashlib import sha256
from importlib.metadata import version as installed_version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

import yaml

from modwright.git import GitFailed
from modwright.scaffold.compiling import compiled_once
from modwright.scaffold.create import render
from modwright.scaffold.presets import Preset, newest_preset
from modwright.scaffold.questions import Question, read_questions
from modwright.scaffold.source import Source
from modwright.scaffold.version import Version
from modwright.upkeep.history import History, open_history
from modwright.upkeep.record import ANSWERS_FILE, STANDARD, Record, with_origin
from modwright.upkeep.toml_tables import PYPROJECT, without_tables
from modwright.upkeep.trees import GONE, Checkout


@dataclass(frozen=True)
class Template:
    """A version of a template, as files.

    Args:
        history: Where it comes from.
        version: Which it is.
        folder: Where it is written when it is needed; nobody's yet.
    """

    history: History
    version: Version
    folder: Path

    def is_same(self, other: "Template") -> bool:
        """Return whether another template is the same version of the same repository."""
        mine, theirs = ((one.history.url, one.version.commit) for one in (self, other))
        return mine == theirs

    @cached_property
    def source(self) -> Source:
        """Its files."""
        if not self.folder.exists():
            self.folder.mkdir(parents=True)
            self.history.export(self.version, self.folder)
        return Source(self.folder, self.history.url, self.version)

    @cached_property
    def questions(self) -> list[Question]:
        """What it asks."""
        return read_questions(self.source.root)

    @cached_property
    def seeds(self) -> tuple[str, ...]:
        """The files that are written once, and then the project's own."""
        content = yaml.safe_load((self.source.root / "copier.yml").read_text("utf-8"))
        return tuple(str(path) for path in content.get("_skip_if_exists", ()))


@dataclass(frozen=True)
class Rendering:
    """The project that a version of the template makes.

    Args:
        tree: Its files.
        answers: What its answers file records.
    """

    tree: str
    answers: Mapping[str, Any]


class Workbench:
    """Where templates of any version lie as long as they are needed; it is entered and left."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._open = ExitStack()
        self._histories: dict[str, History] = {}
        self._presets: dict[str, Preset] = {}
        self._templates: dict[tuple[str, str], Template] = {}

    def __enter__(self) -> Self:
        self._folder = Path(self._open.enter_context(TemporaryDirectory()))
        self._open.enter_context(compiled_once())
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def history(self, url: str, wanted: Iterable[str]) -> History:
        """Return the history of a template, in which all the wanted versions are if anywhere.

        Raises:
            TemplateFailed: The repository cannot be had.
        """
        wanted = list(wanted)
        known = self._histories.get(url)
        if known is None or not (known.is_whole or all(map(known.find, wanted))):
            opened = open_history(url, wanted, self.source)
            known = self._histories[url] = self._open.enter_context(opened)
        return known

    def newest_preset(self, source: str, project: Path) -> Preset:
        """Return the newest version of a preset; a file's path leads on from the project.

        Raises:
            UsageFailed: It cannot be had.
        """
        key = source if "://" in source else str(project / source)
        if key not in self._presets:
            self._presets[key] = newest_preset(source, self.source.root, project)
        return self._presets[key]

    def template(self, history: History, version: Version) -> Template:
        """Return a version of a template."""
        key = (history.url, version.commit)
        if key not in self._templates:
            folder = self._folder / str(len(self._templates)) / "template"
            self._templates[key] = Template(history, version, folder)
        return self._templates[key]

    def render(self, checkout: Checkout, template: Template, record: Record) -> Rendering:
        """Return what a template makes of some answers.

        It is the same whenever it is made, so the project's repository keeps it.

        Args:
            checkout: The project.
            template: A version of its template.
            record: What is answered, and what of the template is left out.
        """
        name = _digest(template, record)
        tree = checkout.kept(name)
        if tree is not None:
            with suppress(GitFailed):  # it was cleared away
                return _rendering(checkout, tree)
        tree = checkout.tree_of(self._rendered(name, template, record))
        if record.left_out:
            tree = _without(checkout, tree, record.left_out)
        checkout.keep(name, tree)
        return _rendering(checkout, tree)

    def _rendered(self, name: str, template: Template, record: Record) -> Path:
        """Return the files of a rendering, which several projects may have."""
        folder = self._folder / name / "project"
        if not folder.exists():
            folder.parent.mkdir(exist_ok=True)
            _render(template, record, folder)
        return folder


def kept_answers(record: Record, template: Template) -> dict[str, Any]:
    """Return the recorded answers to questions that a template asks."""
    names = {question.name for question in template.questions}
    return {name: answer for name, answer in record.answers.items() if name in names}


def _rendering(checkout: Checkout, tree: str) -> Rendering:
    recorded = yaml.safe_load(checkout.content(f"{tree}:{ANSWERS_FILE}"))
    questions = (key for key in recorded if not key.startswith("_") and key not in STANDARD)
    return Rendering(tree, {name: recorded[name] for name in questions})


def _render(template: Template, record: Record, folder: Path) -> None:
    """Make the project; its answers file names the version, whatever the template does."""
    render(template.source, folder, {**record.answers, **record.standard}, ask=False)
    file = folder / ANSWERS_FILE
    origin = template.history.url, template.version.name, record.standard
    file.write_text(with_origin(file.read_text("utf-8"), *origin), "utf-8")


def _without(checkout: Checkout, tree: str, left_out: Collection[str]) -> str:
    """Return a tree without the files, and the tables of pyproject.toml, that are left out."""
    files = checkout.files(tree)
    entries = {
        path: GONE
        for path in files
        if path != str(ANSWERS_FILE) and any(fnmatchcase(path, one) for one in left_out)
    }
    if PYPROJECT in files.keys() - entries.keys():
        text = checkout.content(f"{tree}:{PYPROJECT}").decode("utf-8")
        if (kept := without_tables(text, left_out)) != without_tables(text, ()):
            mode = files[PYPROJECT].split()[0]
            blob = checkout.blob(kept.encode("utf-8"))
            entries[PYPROJECT] = f"{mode} {blob}" if kept else GONE
    return checkout.with_files(
        tree, "".join(f"{entry}\t{path}\0" for path, entry in entries.items())
    )


def _digest(template: Template, record: Record) -> str:
    programs = [installed_version(name) for name in ("modwright", "copier")]
    origin = [template.history.url, template.version.commit, template.version.name]
    content = json.dumps(
        [programs, origin, record.answers, record.standard], sort_keys=True, default=str
    )
    return sha256(content.encode()).hexdigest()
