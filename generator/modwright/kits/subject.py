"""The project that a kit holds: made of a preset, as `new` makes it, or a folder as git sees it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from modwright.errors import UsageFailed
from modwright.git import git, run_git
from modwright.kits.resolving import pyproject_of

_LIST = ("ls-files", "-z", "--others")
_LARGEST_FILE = 100 << 20  # bytes; a project that holds more is not what should be handed out


@dataclass(frozen=True)
class Subject:
    """A project as a kit holds it.

    Args:
        folder: Where its files lie.
        name: Of its folder in the kit.
        files: Relative to the folder, sorted.
    """

    folder: Path
    name: str
    files: tuple[Path, ...]

    @property
    def requires_python(self) -> SpecifierSet:
        """The versions of Python that it admits.

        Raises:
            UsageFailed: It does not say so in a way that anybody can read.
        """
        stated = pyproject_of(self.folder).get("project", {}).get("requires-python", "")
        try:
            return SpecifierSet(stated)
        except InvalidSpecifier:
            raise UsageFailed(f"{self.folder}: requires-python is {stated!r}.") from None


MakeSubject = Callable[[Mapping[str, str], Path], Subject]  # by answers, in a folder


def maker(named: str) -> MakeSubject:
    """Return what makes a project: of a preset, with any answers, or as it stands in a folder.

    Raises:
        UsageFailed: It names a folder that is not a project.
    """
    if is_project(named):
        return lambda _given, _folder: project_in(Path(named))
    return lambda given, folder: project_of_preset(named, given, folder)


def is_project(named: str) -> bool:
    """Return whether a word names the folder of a project, and not a preset.

    Raises:
        UsageFailed: It names a folder that is not a project.
    """
    folder = Path(named)
    if (folder / "pyproject.toml").is_file():
        return True
    if folder.is_dir():
        raise UsageFailed(f"{named} has no pyproject.toml, so it is not a project.")
    return False


def project_in(folder: Path) -> Subject:
    """Return a project that exists, with the files that a first commit would take.

    Raises:
        UsageFailed: It cannot be read, or holds what a kit cannot.
    """
    folder = folder.resolve()
    if run_git(folder, "rev-parse", "--show-toplevel").returncode == 0:
        listed = git(folder, *_LIST, "--cached", "--exclude-standard")
    else:
        with TemporaryDirectory() as scratch:
            where = (f"--git-dir={scratch}/git", f"--work-tree={folder}")
            git(folder, *where, "init", "--quiet")
            listed = git(folder, *where, *_LIST, "--exclude-per-directory=.gitignore")
    files = {Path(name) for name in listed.split("\0") if name}
    taken = sorted(file for file in files if _is_taken(folder, file))
    if Path("pyproject.toml") not in taken:
        raise UsageFailed(f"{folder}: git ignores its pyproject.toml, so it would not be in a kit.")
    return Subject(folder, folder.name, tuple(taken))


def project_of_preset(preset: str, given: Mapping[str, str], folder: Path) -> Subject:
    """Make a project of a preset, as `new` does.

    Args:
        preset: A name, a file, a URL or a place in a repository.
        given: Answers that go before its own. Without a name the project is called as the preset.
        folder: Receives the project, in a folder of its own name; nobody's yet.

    Raises:
        UsageFailed: There is no such preset.
        TemplateFailed: The answers gave no project.
    """
    from modwright.scaffold.answers import combine, demand_kept  # noqa: PLC0415 (it imports YAML)
    from modwright.scaffold.create import render  # noqa: PLC0415
    from modwright.scaffold.fork import template_of  # noqa: PLC0415
    from modwright.scaffold.presets import load_preset  # noqa: PLC0415
    from modwright.scaffold.questions import read_questions  # noqa: PLC0415
    from modwright.scaffold.source import template_root  # noqa: PLC0415

    standard = load_preset(preset, template_root(), project=folder / "project")
    with template_of(standard.template) as source:
        questions = read_questions(source.root)
        usual = {"project_name": _name_of(preset)}
        answers = combine(questions, usual, standard.answers, given) | standard.recorded
        demand_kept(questions, standard, given)
        place = folder / str(answers["project_name"])
        project = render(source, place, answers, ask=False)
    return Subject(place, project.name, project.files)


def _name_of(preset: str) -> str:
    """Return what a project is called that is made of a preset."""
    stem = re.split(r"[/\\#]", preset)[-1].partition(".")[0]
    return re.sub(r"[^A-Za-z0-9]+", "-", stem).strip("-") or "workshop"


def _is_taken(folder: Path, file: Path) -> bool:
    path = folder / file
    if path.is_dir():  # a repository inside of this one, or a link to a folder
        raise UsageFailed(f"{path} is a link or a repository of its own: a kit can hold neither.")
    if not path.resolve().is_relative_to(folder):
        raise UsageFailed(f"{path} is a link out of the project: a kit cannot hold it.")
    if not path.is_file():
        return False
    if path.stat().st_size > _LARGEST_FILE:
        raise UsageFailed(f"{path} is larger than {_LARGEST_FILE >> 20} MB. Let git ignore it.")
    return file.parts[0] not in {".git", ".venv"}
