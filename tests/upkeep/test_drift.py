"""`modwright diff`: what a project has made of what the template made."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from modwright.errors import TemplateFailed, UsageFailed
from modwright.upkeep.arrivals import with_arrivals
from modwright.upkeep.change import recorded
from modwright.upkeep.drift import Drift, find_drift
from modwright.upkeep.rendering import Workbench
from modwright.upkeep.trees import checkout
from tests.conftest import Run
from tests.upkeep.conftest import MakeProject, Project, Template, change, git

LINES = "".join(f"line {number}\n" for number in range(20))
FILES = {"a": LINES, "b": LINES[::-1], "sub/c": "c\n", "CHANGELOG.md": "# Changes\n"}


@pytest.fixture
def made(project: MakeProject) -> Project:
    """Make a project of four files."""
    return project(FILES, {"a": f"{LINES}more\n"})


def drift_of(made: Project) -> Drift:
    """Return what is different in a project."""
    there = checkout(made.folder)
    record, _ = recorded(there)
    with Workbench(made.template.source) as workbench:
        history = workbench.history(record.url, [record.commit])
        template = workbench.template(history, history.get(record.commit))
        return with_arrivals(there, find_drift(there, workbench, template, record))


def states(made: Project) -> dict[str, str]:
    """Return what is different in each file."""
    return {departure.path: departure.state for departure in drift_of(made).departures}


def own(made: Project, lines: str) -> None:
    """Write something into the answers file, as a preset does."""
    made.edit({".copier-answers.yml": made[".copier-answers.yml"] + lines})


def test_a_new_project_is_as_the_template_makes_it(made: Project) -> None:
    assert not drift_of(made)


def test_what_is_different_is_told_whether_it_is_committed_or_not(made: Project) -> None:
    made.edit({"a": LINES.replace("line 3\n", ""), "sub/c": None})
    (made.folder / "b").rename(made.folder / "d")
    index = (made.folder / ".git" / "index").read_bytes()
    assert states(made) == {"a": "changed", "b": "moved", "sub/c": "deleted"}
    assert (made.folder / ".git" / "index").read_bytes() == index


def test_own_files_and_those_that_are_written_once_are_not_looked_at(made: Project) -> None:
    made.edit({"mine": "x\n", "CHANGELOG.md": "# Mine\n"})
    assert not drift_of(made)


def test_what_never_arrived_is_told_from_what_was_removed(made: Project) -> None:
    answers = made[".copier-answers.yml"]
    made.edit(
        {"a": LINES.replace("line 3\n", ""), ".copier-answers.yml": answers.replace("v1", "v3")}
    )
    made.template.release("v3", {"new": "new\n", "a": f"{LINES}one\ntwo\n"})
    drift = drift_of(made)
    assert {one.path: one.state for one in drift.departures} == {
        "a": "changed",
        "new": "never arrived",
    }
    assert drift.departures[0].never_arrived == ("one", "two")


def test_a_clone_without_its_past_claims_nothing_of_it(made: Project, tmp_path: Path) -> None:
    made.edit({"a": None})
    made.edit({"mine": "x\n"})
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "--quiet", "--depth=1", made.folder.as_uri(), shallow)
    assert states(replace(made, folder=shallow)) == {"a": "deleted"}


@pytest.mark.full
def test_a_project_in_a_folder_of_a_repository_is_compared_alone(project: MakeProject) -> None:
    made = project(FILES, {}, inside="here/[x]")
    change(made.folder.parents[1], {"a": "somebody else's\n"})
    change(made.folder, {"a": LINES.replace("line 3\n", "")})
    drift = drift_of(made)
    assert [(one.path, one.added, one.removed) for one in drift.departures] == [("a", 0, 1)]


def test_a_reason_sets_a_departure_apart(made: Project) -> None:
    table = '[tool.modwright.differs]\n"a" = "we count otherwise"\n"sub/*" = "ours"\n'
    made.edit({"a": "1\n", "sub/c": None, "b": "1\n", "pyproject.toml": table})
    drift = drift_of(made)
    assert [one.path for one in drift.unintended] == ["b"]
    assert [(one.path, one.reason) for one in drift.intended] == [
        ("a", "we count otherwise"),
        ("sub/c", "ours"),
    ]


def test_lines_that_a_file_must_contain_may_have_others_between(made: Project) -> None:
    own(made, "preset_owners: {a: contains, b: contains}\n")
    made.edit({"a": LINES.replace("line 3\n", "line 3\nmore\n"), "b": LINES[::-1][20:]})
    assert [(one.path, one.owner) for one in drift_of(made).departures] == [("b", "contains")]


def test_the_standard_is_what_may_not_differ(made: Project) -> None:
    own(
        made,
        "preset_owners: {'sub/*': managed}\npreset_fixed: {project_name: big}\npreset: team.yml\n",
    )
    made.edit({"a": "1\n", "sub/c": "2\n"})
    standard = drift_of(made).from_standard
    assert [one.path for one in standard.departures] == ["sub/c"]
    assert standard.answers == ("project_name is 'small'; the preset team.yml fixes 'big'",)


@pytest.mark.parametrize(
    ("lines", "table", "error", "told"),
    [
        ("preset_owners: {a: nobody}\n", "", TemplateFailed, "a is owned by 'nobody'"),
        ("preset_owners: [a]\n", "", TemplateFailed, "preset_owners is not a mapping"),
        ("", "[tool.modwright]\ndiffers = ['a']\n", UsageFailed, "why it differs"),
    ],
)
def test_rules_that_are_not_written_right_are_refused(
    made: Project, lines: str, table: str, error: type[Exception], told: str
) -> None:
    answers = made[".copier-answers.yml"] + lines
    made.edit({".copier-answers.yml": answers, "pyproject.toml": table})
    with pytest.raises(error, match=told):
        drift_of(made)


def test_an_update_makes_what_is_managed_as_the_template_has_it(made: Project) -> None:
    own(made, "preset_owners: {a: managed, b: managed, sub/c: seed}\n")
    table = '[tool.modwright.differs]\n"b" = "ours"\n'
    mine = {"a": "mine\n", "b": f"mine\n{LINES[::-1]}", "pyproject.toml": table}
    made.template.release("v3", {"b": f"{LINES[::-1]}theirs\n", "sub/c": "theirs\n"})
    made.edit(mine)
    update = made.update("v3")
    assert made["a"] == f"{LINES}more\n"
    assert made["b"] == f"mine\n{LINES[::-1]}theirs\n"
    assert made["sub/c"] == "c\n"
    assert update.notes == ("a: the template's alone, so it is as the template makes it",)


@pytest.fixture
def here(made: Project) -> Project:
    """Make a project whose template is found without a network."""
    return made.found_without_a_network()


def test_the_exit_code_tells_when_it_is_asked_for(here: Project, run: Run) -> None:
    assert run("diff", here.folder, "--exit-code").returncode == 0
    here.edit({"a": "1\n"})
    assert run("diff", here.folder).returncode == 0
    assert run("diff", here.folder, "--exit-code").returncode == 1
    assert run("diff", here.folder, "--exit-code", "--standard").returncode == 0


def test_what_is_printed_can_be_applied(
    here: Project, run: Run, everything: Callable[[Project], dict[str, bytes | None]]
) -> None:
    before = everything(here)
    change(here.folder, {"a": b"\xff mine\n", "b": None, "sub/c": b"\0"})
    (here.folder / "sub/c").rename(here.folder / "sub/d")
    patch = here.folder.with_name("patch")
    with patch.open("wb") as file:
        assert run("diff", here.folder, stdout=file.fileno()).returncode == 0
    git(here.folder, "apply", "--reverse", patch)
    (here.folder / "sub/d").unlink(missing_ok=True)
    assert everything(here) == before


@pytest.mark.full
def test_a_line_a_file_is_enough_for_a_look(here: Project, run_here: Run) -> None:
    table = '[tool.modwright.differs]\n"b" = "ours"\n'
    here.edit({"a": f"{LINES}mine\n", "b": None, "pyproject.toml": table})
    assert run_here("diff", here.folder, "--stat").stdout.splitlines() == [
        "a      +1 -0  changed",
        "",
        "On purpose:",
        "b: deleted on purpose: ours",
    ]


@pytest.mark.full
def test_json_has_all_of_it(here: Project, run_here: Run) -> None:
    here.edit({"a": f"{LINES}mine\n"})
    told = json.loads(run_here("diff", here.folder, "--format", "json").stdout)
    assert (told["schema"], told["version"], told["drift"]) == (1, "v1", True)
    [file] = told["files"]
    assert (file["path"], file["state"], file["owner"], file["added"]) == (
        "a",
        "changed",
        "shared",
        1,
    )


@pytest.mark.full
@pytest.mark.parametrize(
    ("answers", "told"),
    [("_commit: v9\n_src_path: {}\n", "has no version v9"), ("- 1\n", "not a mapping of answers")],
)
def test_an_answers_file_that_says_nothing_is_told_in_one_line(
    here: Project, run_here: Run, template: Template, answers: str, told: str
) -> None:
    here.edit({".copier-answers.yml": answers.format(template.folder.as_posix())})
    finished = run_here("diff", here.folder)
    assert finished.returncode == 3
    assert told in finished.stderr
    assert finished.stderr.count("\n") == 1
