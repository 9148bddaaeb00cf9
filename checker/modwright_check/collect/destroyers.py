"""Names the module that deletes the environment, or the folder that the check works in."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from modwright_check.collect.installation import Installation
from modwright_check.collect.interpreter import interpreter_for
from modwright_check.index.evidence import Evidence
from modwright_check.model.errors import EnvironmentFailed


@contextmanager
def destroyers_named(
    evidence: Evidence, folder: Path, install: Callable[[Path], Installation]
) -> Iterator[None]:
    """Say which module is to blame when imports end for want of their environment.

    Where several have run side by side, that takes another environment, in which one is imported
    after the other.

    Args:
        evidence: What is known of the project.
        folder: That the check works in.
        install: Installs the wheel once more, into a folder that is not there yet.

    Raises:
        EnvironmentFailed: A module deletes the environment; the message names it.
    """
    try:
        yield
    except (OSError, EnvironmentFailed):
        if _is_whole(evidence.environment.python, evidence.wheel):
            raise
        folder.mkdir(parents=True, exist_ok=True)
        if name := _destroying(install(folder / "again"), evidence, folder):
            raise EnvironmentFailed(
                f"{name} deletes the environment that it is imported in, or the folder of the "
                "check. Move that into a function: nothing can be imported after it."
            ) from None
        raise


def _destroying(again: Installation, evidence: Evidence, folder: Path) -> str | None:
    there = replace(evidence, environment=again.environment, sources=again.sources)
    interpreter = interpreter_for(there, folder)
    for name in sorted(evidence.looked_at, key=lambda name: (name.count("."), name)):
        with suppress(OSError, EnvironmentFailed):
            interpreter.import_fresh(name)
        if not _is_whole(again.environment.python, again.wheel):
            return name
    return None


def _is_whole(python: Path, wheel: Path) -> bool:
    return python.exists() and wheel.exists()
