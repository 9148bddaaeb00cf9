"""A team changes its preset, and projects follow."""

import json
from pathlib import Path

import pytest
import yaml

from modwright.errors import TemplateFailed, UsageFailed
from modwright.scaffold.presets import load_preset
from modwright.scaffold.source import template_root
from tests.conftest import Run
from tests.upkeep.conftest import MakeProject, Project, Template, change, git
from tests.upkeep.test_components import COPIER_YML, FILES

FIRST = """\
external: [numpy]
docs: false
_fixed: [docs]
_owners: {README.md: managed}
"""
SECOND = """\
external: [numpy, flask]
docs: true
extension: c
_fixed: [docs]
"""


class Team:
    """A team with a preset in a repository."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        git(folder, "init", "--quiet", "--initial-branch=main")

    def release(self, tag: str, preset: str) -> str:
        """Release a version of the preset; return the commit."""
        change(self.folder, {"preset.yml": preset})
        git(self.folder, "add", "--all")
        git(self.folder, "commit", "--quiet", f"--message={tag}")
        git(self.folder, "tag", tag)
        return git(self.folder, "rev-parse", "HEAD").strip()

    @property
    def preset(self) -> str:
        """How projects name it."""
        return f"git+{self.folder.as_uri()}"


@pytest.fixture
def team(tmp_path: Path) -> Team:
    """Make a team that has released its preset once."""
    team = Team(tmp_path / "standard")
    team.release("v1", FIRST)
    return team


@pytest.fixture
def made(project: MakeProject, team: Team, template: Template) -> Project:
    """Make a project that follows the preset, of a template that is found without a network."""
    made = project(FILES, {}, beside={"copier.yml": COPIER_YML})
    preset = load_preset(team.preset, template_root())
    answers = yaml.safe_load(made[".copier-answers.yml"]) | preset.answers | preset.recorded
    answers["_src_path"] = template.folder.as_posix()
    made.edit({".copier-answers.yml": yaml.safe_dump(answers)})
    return made


def answers_of(made: Project) -> dict[str, object]:
    """Return what a project records."""
    content: dict[str, object] = yaml.safe_load(made[".copier-answers.yml"])
    return content


def test_what_the_preset_has_changed_arrives_and_what_the_project_has_chosen_stays(
    made: Project, team: Team
) -> None:
    own = made[".copier-answers.yml"].replace("extension: none", "extension: cpp")
    made.edit({".copier-answers.yml": own})
    commit = team.release("v2", SECOND)
    update = made.update()
    answers = answers_of(made)
    assert (answers["docs"], answers["external"], answers["extension"]) == (
        True,
        ["numpy", "flask"],
        "cpp",
    )
    assert (answers["preset"], answers["preset_version"]) == (
        f"{team.preset[: -0 or None]}@v2",
        commit,
    )
    assert answers["preset_fixed"] == {"docs": True}
    assert "preset_owners" not in answers
    assert "docs/index.md" in made
    assert "docs: False becomes True, for the preset fixes it" in update.notes


def test_an_answer_of_the_preset_that_nobody_asks_for_is_told(made: Project, team: Team) -> None:
    team.release("v2", f"{FIRST}extensions: c\n")
    update = made.update()
    assert any(note.startswith("extensions: answered by the preset") for note in update.notes)


def test_a_wrong_answer_of_the_preset_stops_the_update(made: Project, team: Team) -> None:
    team.release("v2", FIRST.replace("numpy", "nmpy"))
    with pytest.raises(TemplateFailed, match=r"^Preset git.*: external: nmpy is not a choice\."):
        made.update()


def test_the_preset_may_name_a_fork_of_the_template(
    made: Project, team: Team, tmp_path: Path
) -> None:
    fork = tmp_path / "fork.git"
    git(tmp_path, "clone", "--quiet", made.template.folder, fork)
    Template(fork).release("v5", {"more": "of the fork\n"})
    team.release("v2", f"{FIRST}_template: {fork.as_uri()}\n")
    made.update()
    assert made["more"] == "of the fork\n"
    answers = answers_of(made)
    assert (answers["_src_path"], answers["_commit"]) == (fork.as_uri(), "v5")
    assert made.prepare() is None


def test_a_project_without_a_newer_preset_is_up_to_date(made: Project) -> None:
    made.update("v2")
    assert made.prepare() is None


def test_an_answer_that_the_preset_fixes_cannot_be_given(made: Project) -> None:
    with pytest.raises(UsageFailed, match=r"docs: the preset \S+ fixes it to False\."):
        made.prepare(docs="true")


@pytest.mark.full
def test_a_preset_that_cannot_be_had_stops_nobody(made: Project, team: Team, run_here: Run) -> None:
    team.folder.rename(team.folder.with_name("elsewhere"))
    finished = run_here("update", made.folder, "--no-check")
    assert finished.returncode == 0, finished.stderr
    assert "The preset is taken as it was recorded" in finished.stderr
    assert answers_of(made)["docs"] is False


@pytest.mark.full
def test_who_is_behind_is_told(made: Project, team: Team, run_here: Run) -> None:
    def told() -> object:
        said = json.loads(run_here("status", made.folder, "--format", "json").stdout)
        return said["projects"][0]["preset_is_newer"]

    assert told() is False
    team.release("v2", SECOND)
    assert told() is True
    team.folder.rename(team.folder.with_name("elsewhere"))
    assert told() is None
