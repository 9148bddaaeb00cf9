"""All that is known of a project when the rules judge it."""

import ast
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar, cast

from packaging.metadata import Metadata
from packaging.specifiers import SpecifierSet

from modwright_check.config.configuration import Configuration
from modwright_check.index.importers import Importer, importers, minors_of
from modwright_check.model.environment import Environment
from modwright_check.model.import_result import Frame, Outcome
from modwright_check.model.module_names import is_of_tests
from modwright_check.model.part import Part
from modwright_check.model.python_versions import admitted_minors
from modwright_check.model.questions import Answers
from modwright_check.static.context import Context
from modwright_check.static.handlers import walk_over
from modwright_check.static.source import Source
from modwright_check.static.standard_modules import StandardModules
from modwright_check.static.walker import Walk
from modwright_check.wheel.modules import Module, installed_files
from modwright_check.wheel.source_map import SourceMap

Index = TypeVar("Index")


@dataclass(frozen=True)
class Evidence:
    """A project, its wheel installed in a clean environment, and what was seen of its imports.

    Args:
        project: The project's folder; None when there is only a wheel.
        pyproject: The content of pyproject.toml; empty when there is only a wheel.
        configuration: The project's `[tool.modwright.check]`.
        wheel: The wheel file.
        about: Its core metadata.
        environment: Where it is installed, with what it declares to depend on.
        modules: What it offers, sorted by name.
        sources: Where the modules' files lie, installed and in the project.
        read: The source of each module that has one, by the module's name.
        outcomes: What was seen of each import, by the module's name. When a part is looked at,
            some of the others are missing.
        strained: What was seen of modules that import, but not under every strain: by the code of
            the strain and the module's name.
        elsewhere: What was seen of modules that import here, but not in every environment: by the
            code, the module's name and what is different there, in words.
        environments: What is different in the others that were imported in, in words.
        not_checked: Sentences on what could not be checked.
        answers: To what the rules have asked beyond that.
        part: Of which modules findings are told; None for all.
    """

    project: Path | None
    pyproject: Mapping[str, Any]
    configuration: Configuration
    wheel: Path
    about: Metadata
    environment: Environment
    modules: tuple[Module, ...]
    sources: SourceMap
    read: Mapping[str, Source]
    outcomes: Mapping[str, Outcome]
    strained: Mapping[tuple[str, str], Outcome] = field(default_factory=dict)
    elsewhere: Mapping[tuple[str, str, str], Outcome] = field(default_factory=dict)
    environments: tuple[str, ...] = ()
    not_checked: tuple[str, ...] = ()
    answers: Answers = field(default_factory=Answers)
    part: Part | None = None

    # What many rules ask for, known once a check.

    def index(self, kind: Callable[["Evidence"], Index]) -> Index:
        """Return an index over the evidence, built when it is asked for the first time.

        Args:
            kind: Builds it: `Origins`, say.
        """
        if kind not in self._indexes:
            self._indexes[kind] = kind(self)
        return cast("Index", self._indexes[kind])

    @cached_property
    def _indexes(self) -> dict[Callable[["Evidence"], Any], Any]:
        return {}

    def index_of_sources(self, kind: Callable[[Mapping[str, Source]], Index]) -> Index:
        """Return an index over the sources alone, which is the same when answers have come in.

        Args:
            kind: Builds it: `ActsAtImport`, say.
        """
        if kind not in self._indexes_of_sources:
            self._indexes_of_sources[kind] = kind(self.read)
        return cast("Index", self._indexes_of_sources[kind])

    @cached_property
    def _indexes_of_sources(self) -> dict[Callable[[Mapping[str, Source]], Any], Any]:
        return {}

    def answered(self, answers: Answers) -> "Evidence":
        """Return the evidence with answers.

        Args:
            answers: To all that the rules have asked.
        """
        evidence = replace(self, answers=answers)
        evidence._indexes_of_sources.update(self._indexes_of_sources)
        return evidence

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of all modules, those that are not looked at among them."""
        return frozenset(module.name for module in self.modules)

    @cached_property
    def files(self) -> Mapping[PurePosixPath, str]:
        """The wheel's files without its metadata, relative to site-packages, with its members."""
        return installed_files(self.wheel)

    @property
    def looked_at(self) -> frozenset[str]:
        """The names of the modules whose findings are told."""
        return self.part.names if self.part else self.names

    def tells_of(self, module: str) -> bool:
        """Return whether findings of a module are told, or of the wheel if it is none of its own.

        Args:
            module: Its dotted name, or an empty one.
        """
        if self.part is None or module in self.part.names:
            return True
        return self.part.with_wheel and module not in self.names

    @cached_property
    def judged(self) -> Mapping[str, Source]:
        """The sources that findings of the part can lie in: its own, and where its imports fail.

        A rule may as well judge all sources: what is found in the others is not told.
        """
        if self.part is None:
            return self.read
        wanted = set(self.part.names)
        for name in self.part.names & self.outcomes.keys():
            outcome = self.outcomes[name]
            for frame in () if outcome.loaded else outcome.frames:
                place = self.sources.innermost([frame])
                wanted.add(self.names_by_file.get(place[0], "") if place else "")
        return {name: source for name, source in self.read.items() if name in wanted}

    @cached_property
    def by_file(self) -> Mapping[str, Source]:
        """The sources by their files in the project, as findings name them."""
        return {source.file: source for source in self.read.values()}

    @cached_property
    def names_by_file(self) -> Mapping[str, str]:
        """The names of the modules by their files in the project, extensions among them."""
        return {self.sources.in_project(module.path): module.name for module in self.modules}

    @cached_property
    def walk_over(self) -> Callable[[Path], Walk | None]:
        """What reads a file of the environment, each once."""
        return cache(walk_over)

    def at(self, frames: Sequence[Frame]) -> tuple[Source, int] | None:
        """Return source and line where an exception was raised; None when not in the project.

        Args:
            frames: Of its stack, the innermost last.
        """
        place = self.sources.innermost(frames[-1:])
        source = self.by_file.get(place[0]) if place else None
        return (source, place[1]) if place and source else None

    def raised_in(self, frames: Sequence[Frame]) -> Context | None:
        """Return the context of the project's own `raise` that an exception has come from.

        Args:
            frames: Of its stack, the innermost last.
        """
        place = self.at(frames)
        there = place[0].at(place[1]) if place else None
        return there[1] if there and isinstance(there[0], ast.Raise) else None

    def blamed(self, outcome: Outcome) -> tuple[str, int] | None:
        """Return source and line of the project by which an import has failed: the innermost one.

        Where a module's own `__getattr__` says that there is no such attribute, that is the line
        which asks for it.

        Args:
            outcome: Of the import.
        """
        frames = outcome.frames
        asked = bool(outcome.lacks) and self.raised_in(frames) is not None
        for number in reversed(range(len(frames)) if asked else ()):
            place = self.at(frames[: number + 1])
            there = place[0].at(place[1]) if place else None
            function = there[1].innermost_function() if there else None
            if function is None:
                break  # a module that is being imported
            if getattr(function, "name", "") == "__getattr__":
                return self.sources.innermost(frames[:number])
        return self.sources.innermost(frames)

    @cached_property
    def importers(self) -> Mapping[str, Sequence[Importer]]:
        """Who imports each module of the project, type checkers left aside."""
        return importers(self.read)

    @cached_property
    def minors(self) -> Mapping[str, frozenset[int]]:
        """In which Pythons each module is imported by the others, by their second numbers."""
        return minors_of(self.read, self.importers)

    @cached_property
    def admitted(self) -> frozenset[int]:
        """The Pythons that the project admits: those that it does not exclude."""
        return admitted_minors(self.about.requires_python or SpecifierSet())

    @property
    def promised(self) -> frozenset[int]:
        """The Pythons that requires-python says the project is for; none where it is missing."""
        return self.admitted if self.about.requires_python else frozenset()

    def imports_well(self, module: str) -> bool:
        """Return whether a module was imported, and nothing went wrong.

        Args:
            module: Its dotted name.
        """
        outcome = self.outcomes.get(module)
        return outcome is not None and outcome.loaded

    def is_spared(self, module: str) -> bool:
        """Return whether the top-level package that a module belongs to imports without it.

        A namespace package has no code that could fail.

        Args:
            module: Its dotted name.
        """
        package = self.outcomes.get(module.partition(".")[0])
        return package is None or package.loaded

    @cached_property
    def substance(self) -> Sequence[str]:
        """The modules that hold something, tests left aside."""
        read = self.read.items()
        return [name for name, source in read if source.text.strip() and not is_of_tests(name)]

    def most_do_without(self, module: str) -> bool:
        """Return whether most modules that hold something do not fail as one does.

        Args:
            module: The dotted name of one that does not import.
        """
        failing = self._failing[self._reason(module)]
        return 2 * failing < len(self.substance)

    @cached_property
    def _failing(self) -> Counter[str]:
        """Count the modules that hold something and fail, by what their failure says."""
        return Counter(self._reason(name) for name in self.substance if self._reason(name))

    def _reason(self, module: str) -> str:
        """Return the library that a module misses, or else what is said; nothing if it imports."""
        outcome = self.outcomes.get(module)
        if outcome is None or outcome.loaded:
            return ""
        return (outcome.missing or "").partition(".")[0] or f"{outcome.error}: {outcome.message}"

    @cached_property
    def standard(self) -> StandardModules:
        """The standard library of the environment's Python."""
        return StandardModules(self.environment.info)
