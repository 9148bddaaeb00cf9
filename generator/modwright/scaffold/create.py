"""A new project: Copier renders it beside its destination, then it moves there in one step."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from modwright.scaffold.compiling import compiled_once
from modwright.scaffold.destination import demand_usable, put_in_place, staging
from modwright.scaffold.failures import told_in_one_line
from modwright.scaffold.source import Source


@dataclass(frozen=True)
class Project:
    """A project that Copier has rendered.

    Args:
        name: The distribution's name, as it was answered.
        files: What was written, relative to the project's folder, sorted.
    """

    name: str
    files: tuple[Path, ...]


def create_project(
    source: Source, destination: Path, answers: Mapping[str, Any], *, ask: bool, force: bool
) -> Project:
    """Make a new project.

    Args:
        source: The template.
        destination: The project's folder, absolute; it need not exist.
        answers: What is known already. The rest is asked, or takes its default.
        ask: Whether a person is there to be asked.
        force: Whether files that stand in the way are overwritten.

    Raises:
        UsageFailed: The destination cannot be used.
        TemplateFailed: The template or the answers gave no project. The destination is untouched.
    """
    demand_usable(destination, force=force)
    with staging(destination) as stage:
        project = render(source, stage.project, answers, ask=ask)
        demand_usable(destination, force=force)  # somebody may have been faster
        put_in_place(stage, destination)
    return project


def list_project(
    source: Source, destination: Path, answers: Mapping[str, Any], *, ask: bool, force: bool
) -> Project:
    """Return what `create_project` would make, and leave the destination alone."""
    demand_usable(destination, force=force)
    with TemporaryDirectory() as folder:
        return render(source, Path(folder, destination.name), answers, ask=ask)


def render(source: Source, folder: Path, answers: Mapping[str, Any], *, ask: bool) -> Project:
    """Let Copier make a project in a folder that is nobody's yet.

    Raises:
        TemplateFailed: The template or the answers gave no project.
    """
    # The template's own answers file writes these two in place of the path of an installed wheel.
    commit = source.version.name if source.version else None
    remembered = {"_template_url": source.url, "_template_commit": commit}
    with told_in_one_line(source.root), _no_git_for_copier(), compiled_once():
        from copier import run_copy  # noqa: PLC0415 (the heaviest import of all)

        run_copy(
            str(source.root),
            folder,
            {**answers, **remembered},
            defaults=not ask,
            quiet=True,
            unsafe=False,
        )
    files = sorted(path for path in folder.rglob("*") if not path.is_dir())
    stored = yaml.safe_load((folder / ".copier-answers.yml").read_text(encoding="utf-8"))
    _set_modes(files)
    return Project(stored["project_name"], tuple(file.relative_to(folder) for file in files))


def _set_modes(files: Iterable[Path]) -> None:
    """Let the umask say who may read new files, as ever; Copier copies what the template has."""
    os.umask(umask := os.umask(0))
    for file in files:
        may_be_run = file.stat().st_mode & 0o100
        with suppress(PermissionError):  # of a file system whose files have no modes
            file.chmod((0o777 if may_be_run else 0o666) & ~umask)


@contextmanager
def _no_git_for_copier() -> Iterator[None]:
    """Hide git from Copier, which keeps the environment of its first import.

    It would start git once for each file to set executable bits in an index. A new project has
    no index and the template no executable, so this is a third of the time for nothing. It also
    makes the repository of a development install a plain folder: it is copied as it stands.
    """
    path = os.environ.get("PATH")
    os.environ["PATH"] = ""
    try:
        import copier  # noqa: F401, PLC0415
    finally:
        if path is None:
            del os.environ["PATH"]
        else:
            os.environ["PATH"] = path
    yield
