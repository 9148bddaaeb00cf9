"""Dependencies that fail while the project imports them, whatever the project does."""

import ast
from collections.abc import Sequence
from typing import NamedTuple

from modwright_check.index.evidence import Evidence
from modwright_check.index.module_origins import Origins
from modwright_check.model.import_result import Frame, Outcome
from modwright_check.wheel.distributions import Distribution


class FailingDependency(NamedTuple):
    """A module of another distribution whose import has raised an exception.

    Args:
        module: The module that the project imports.
        raising: The distribution whose code was the last to run: that of the module, or another
            one that it imports.
    """

    module: str
    raising: Distribution


def failing_dependency(outcome: Outcome, evidence: Evidence) -> FailingDependency | None:
    """Return the dependency that has failed by itself; None where the project takes part in it.

    What a line of the project only imports gets nothing from the project that could be wrong.

    Args:
        outcome: Of the import of a module of the project.
        evidence: All that is known of it.
    """
    frames = outcome.frames
    own = [evidence.sources.innermost([frame]) is not None for frame in frames]
    last = len(own) - 1 - own[::-1].index(True) if True in own else None
    place = None if last is None else evidence.at(frames[: last + 1])
    there = place[0].at(place[1]) if place else None
    if last is None or there is None or not isinstance(there[0], ast.Import | ast.ImportFrom):
        return None
    return _among(frames[last + 1 :], evidence.index(Origins))


def _among(frames: Sequence[Frame], origins: Origins) -> FailingDependency | None:
    """Return the first module, and the last distribution, of frames outside the project."""
    modules = [name for file, _ in frames if (name := origins.installed.module(file))]
    raising = next(iter(origins.bringing(modules[-1])), None) if modules else None
    return FailingDependency(modules[0], raising) if raising else None
