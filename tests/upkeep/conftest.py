"""A small template with versions, and projects that were made with one of them and edited."""

import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

import pytest

from modwright.scaffold.create import render
from modwright.scaffold.source import Source
from modwright.scaffold.version import checked_out
from modwright.upkeep import operation
from modwright.upkeep.change import Change
from modwright.upkeep.rendering import Workshop
from modwright.upkeep.trees import checkout
from modwright.upkeep.update import prepare_update
from tests.conftest import Tree

URL = "https://example.org/template.git"
COPIER_YML = """
    _subdirectory: template
    _templates_suffix: .jinja
    _skip_if_exists: [CHANGELOG.md]
    project_name: {type: str, help: Name, default: small}
"""
ANSWERS = """\
# What was answered.
{{ dict(_copier_answers, _src_path=_template_url, _commit=_template_commit) | to_nice_yaml -}}
"""

Files = Mapping[str, str | bytes | None]
MakeProject = Callable[..., "Project"]
MakeFolder = Callable[..., Path]


def git(folder: Path, *arguments: str | Path) -> str:
    """Run git, which has to succeed."""
    command = ["git", *map(str, arguments)]
    done = subprocess.run(
        command, cwd=folder, check=False, capture_output=True, text=True, input=""
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def change(folder: Path, files: Files) -> None:
    """Write files; None deletes one."""
    for name, content in files.items():
        file = folder / name
        if content is None:
            file.unlink()
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else dedent(content).encode())


@dataclass(frozen=True)
class Template:
    """A repository of a template."""

    folder: Path

    def release(self, tag: str, files: Files | None = None, **parts: Files) -> None:
        """Commit files of the template, and others beside it, as a version."""
        change(self.folder / "template", files or {})
        change(self.folder, parts.get("beside", {}))
        git(self.folder, "add", "--all")
        git(self.folder, "commit", "--quiet", "--allow-empty", f"--message=What {tag} brings")
        git(self.folder, "tag", tag)

    @property
    def source(self) -> Source:
        """The template as a modwright has it that was installed from what is checked out."""
        return Source(self.folder, URL, checked_out(self.folder))


@dataclass(frozen=True)
class Project:
    """A project that was made with the template."""

    folder: Path
    template: Template

    def edit(self, files: Files) -> None:
        """Change files, and commit that."""
        change(self.folder, files)
        self.commit()

    def found_without_a_network(self) -> "Project":
        """Let it record the folder of its template in place of an address."""
        name = ".copier-answers.yml"
        self.edit({name: self[name].replace(URL, self.template.folder.as_posix())})
        return self

    def commit(self) -> None:
        """Commit everything."""
        git(self.folder, "add", "--all", ".")
        git(self.folder, "commit", "--quiet", "--message=Edit")

    def prepare(self, to: str | None = None, **answers: object) -> Change | None:
        """Work out an update."""
        with Workshop(self.template.source) as workshop:
            return prepare_update(checkout(self.folder), workshop, to, answers)

    def update(self, to: str | None = None) -> Change:
        """Update to a version."""
        update = self.prepare(to)
        assert update is not None
        operation.begin(checkout(self.folder), update.operation)
        return update

    def __getitem__(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8")

    def __contains__(self, name: str) -> bool:
        return (self.folder / name).exists()


@pytest.fixture(autouse=True)
def nobodys_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let git know who commits, and nothing of whoever runs the tests."""
    settings = tmp_path.with_name(f"{tmp_path.name}.gitconfig")
    settings.write_text("[user]\nname = Ann\nemail = ann@example.org\n", "utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


@pytest.fixture
def template(tmp_path: Path) -> Template:
    """Make an empty template."""
    return _empty_template(tmp_path / "template")


@pytest.fixture(scope="session")
def made_before(tmp_path_factory: pytest.TempPathFactory) -> MakeFolder:
    """Return a folder with a template and a project, made once for the same files."""
    folders: dict[str, Path] = {}

    def made_before(before: Files, after: Files, inside: str, **parts: Files) -> Path:
        key = repr((before, after, inside, parts))
        if key not in folders:
            folders[key] = tmp_path_factory.mktemp("made")
            _make(folders[key], before, after, inside, **parts)
        return folders[key]

    return made_before


@pytest.fixture
def project(template: Template, made_before: MakeFolder, tmp_path: Path) -> MakeProject:
    """Release the version v1 of the template, make a project with it, and release v2."""

    def project(before: Files, after: Files, *, inside: str = "", **parts: Files) -> Project:
        shutil.rmtree(template.folder)
        made = made_before(before, after, inside, **parts)
        shutil.copytree(made, tmp_path, symlinks=True, dirs_exist_ok=True)
        git(tmp_path / "project", "update-index", "--refresh")
        return Project(tmp_path / "project" / inside, template)

    return project


def _empty_template(folder: Path) -> Template:
    change(
        folder,
        {"copier.yml": COPIER_YML, "template/{{ _copier_conf.answers_file }}.jinja": ANSWERS},
    )
    git(folder, "init", "--quiet", "--initial-branch=main")
    return Template(folder)


def _make(folder: Path, before: Files, after: Files, inside: str, **parts: Files) -> None:
    template = _empty_template(folder / "template")
    template.release("v1", before, beside=parts.get("beside", {}))
    project = folder / "project" / inside
    project.parent.mkdir(parents=True, exist_ok=True)
    render(template.source, project, {}, ask=False)
    git(folder / "project", "init", "--quiet", "--initial-branch=main")
    Project(project, template).commit()
    template.release("v2", after, beside=parts.get("beside_later", {}))


@pytest.fixture
def everything(tree: Tree) -> Callable[[Project], dict[str, bytes | None]]:
    """Return what a project holds to the last byte, git's own files aside."""

    def everything(project: Project) -> dict[str, bytes | None]:
        found = tree(project.folder).items()
        return {path: content for path, content in found if ".git" not in Path(path).parts}

    return everything
