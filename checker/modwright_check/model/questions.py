"""Questions that rules ask about a project beyond its imports, and the answers."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, Generic, TypeVar

from modwright_check.model.trial import UNTRIED, Trial

Answer = TypeVar("Answer")


class Question(ABC, Generic[Answer]):
    """A question, known by its content: the same one, asked by two rules, is answered once."""

    @property
    @abstractmethod
    def unknown(self) -> Answer:
        """Return what stands for the answer when there is none: no rule says anything of it."""


class Experiment(Question[Trial]):
    """A question that is answered by a process in the project's environment, for it alone.

    So what belongs together is asked together.
    """

    @property
    def unknown(self) -> Trial:
        """Return a trial of nothing."""
        return UNTRIED


@dataclass(frozen=True)
class HasAttributes(Experiment):
    """Whether dotted paths of attributes resolve, in this order, once a module is imported.

    Args:
        module: Its dotted name.
        paths: Such as `Till.open`; without any, the question is whether it imports.
    """

    module: str
    paths: tuple[str, ...] = ()


@dataclass(frozen=True)
class AreTheSame(Experiment):
    """Whether two names of modules stand for one object.

    Args:
        first: A module, and a name that it has.
        second: Likewise.
    """

    first: tuple[str, str]
    second: tuple[str, str]


@dataclass(frozen=True)
class ImportsAsMain(Experiment):
    """What becomes of import statements of a module that is run with `python -m`.

    Args:
        package: That the module belongs to; empty for none.
        statements: Their sources.
    """

    package: str
    statements: tuple[str, ...]


@dataclass(frozen=True)
class RunsByPath(Experiment):
    """Whether the beginning of a script runs as it does with `python file`.

    Args:
        file: Where it lies.
        lines: How many of its lines are run.
    """

    file: str
    lines: int


@dataclass(frozen=True)
class RunsLines(Experiment):
    """Which lines of a module run when it is imported.

    Args:
        module: Its dotted name.
        file: Where it is installed.
        lines: From 1 on.
    """

    module: str
    file: str
    lines: tuple[int, ...]


@dataclass(frozen=True)
class LeavesOutput(Experiment):
    """What extensions leave in the buffers of C's stdio when they are loaded one after another.

    Args:
        modules: Their dotted names.
    """

    modules: tuple[str, ...]


@dataclass(frozen=True)
class LoadsInSubinterpreters(Question[Mapping[str, Trial]]):
    """What becomes of extensions in interpreters with a GIL of their own (PEP 684).

    The answer holds the trial of each by itself. It lacks those of whom nothing can be known,
    since an extension of the same top-level package crashes there.

    Args:
        modules: Their dotted names.
    """

    modules: tuple[str, ...]

    @property
    def unknown(self) -> Mapping[str, Trial]:
        """Return that nothing is known of any of them."""
        return {}


@dataclass(frozen=True)
class SavesWhenLazy(Experiment):
    """What a module's import takes less when one of its imports is lazy (PEP 810).

    Args:
        module: Its dotted name.
        imports: The modules to make lazy, one at a time.
    """

    module: str
    imports: tuple[str, ...]


@dataclass(frozen=True)
class IgnoredByGit(Question[frozenset[PurePosixPath]]):
    """Which files of the project git ignores.

    Args:
        files: Relative to the project.
    """

    files: tuple[PurePosixPath, ...]

    @property
    def unknown(self) -> frozenset[PurePosixPath]:
        """Return all of them."""
        return frozenset(self.files)


@dataclass(frozen=True)
class Brought:
    """What would be installed with extras.

    Args:
        requiring: By the normalised name of each distribution, those of the ones that require it.
        all_known: Whether that could be found out for each of the extras.
    """

    requiring: Mapping[str, frozenset[str]]
    all_known: bool


@dataclass(frozen=True)
class BroughtByExtras(Question[Brought]):
    """What extras of the project bring in the end.

    Args:
        extras: Their names.
    """

    extras: tuple[str, ...]

    @property
    def unknown(self) -> Brought:
        """Return that nothing is known of them."""
        return Brought({}, all_known=False)


@dataclass(frozen=True)
class Answers:
    """What has been answered.

    Args:
        known: By question, an answer of its kind.
    """

    known: Mapping[Question[Any], Any] = field(default_factory=dict)

    def to(self, question: Question[Answer]) -> Answer:
        """Return the answer to a question.

        Where it was not asked, since a file has changed since then, nothing is known.
        """
        answer: Answer = self.known.get(question, question.unknown)
        return answer
