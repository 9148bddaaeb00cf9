"""`modwright new` where a team has a standard."""

import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest
import yaml

from modwright.git import git
from modwright.scaffold.source import template_root
from tests.conftest import MakeRepository, Repository, Run, Tree, WriteFiles

BARE = ("--defaults", "--no-check", "--no-git")
PLACE = "modwright/settings.toml"
SPELLINGS = [("--license", "MIT"), ("--data", "license=MIT")]


@pytest.fixture
def team(tmp_path: Path, write_files: WriteFiles) -> Path:
    """Write a preset that fixes an answer, below another one that leaves it alone."""
    files = {
        "company.yml": "license: proprietary\n_fixed: [license]\n",
        "team.yml": "_extends: company.yml\nci: gitlab\n",
    }
    return write_files(tmp_path, files) / "team.yml"


@pytest.fixture
def fork(make_repository: MakeRepository) -> Repository:
    """Make a team's fork of the template, with a release and a commit after it."""
    fork = make_repository("fork")
    for part in ("includes", "template"):
        copytree(template_root() / part, fork.folder / part)
    copier_yml = (template_root() / "copier.yml").read_text("utf-8")
    (fork.folder / "copier.yml").write_text(copier_yml, "utf-8")
    fork.commit({"template/RULES.md": "of the first release\n"}, "v1.0")
    fork.commit({"template/RULES.md": "of the second release\n"}, "v2.0")
    fork.commit({"template/RULES.md": "not released\n"})
    return fork


def answers(project: Path) -> dict[str, object]:
    text = (project / ".copier-answers.yml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


def complaint(finished: subprocess.CompletedProcess[str], code: int) -> str:
    """Return the last line of a failure of this code."""
    assert finished.returncode == code, finished.stderr
    assert finished.stdout == ""
    return finished.stderr.splitlines()[-1]


@pytest.mark.usefixtures("team")
@pytest.mark.parametrize("given", SPELLINGS)
def test_another_answer_than_the_one_that_is_fixed_is_refused(
    given: tuple[str, str], run_here: Run, tmp_path: Path
) -> None:
    line = complaint(run_here("new", "made", *BARE, "--preset", "team.yml", *given), 2)
    assert line.endswith("license: the preset company.yml fixes it to proprietary.")
    assert not (tmp_path / "made").exists()


@pytest.mark.usefixtures("team")
def test_the_answer_that_is_fixed_may_be_given_and_others_are_free(
    run_here: Run, tmp_path: Path
) -> None:
    given = ("--license", "proprietary", "--ci", "none")
    finished = run_here("new", "made", *BARE, "--preset", "team.yml", *given)
    assert finished.returncode == 0, finished.stderr
    told = answers(tmp_path / "made")
    assert (told["license"], told["ci"]) == ("proprietary", "none")


@pytest.mark.full
def test_a_project_records_a_file_as_it_is_found_from_there(
    run_here: Run, tmp_path: Path, team: Path
) -> None:
    for preset, project in (("team.yml", "made"), (str(team), "deep/below/made")):
        finished = run_here("new", project, *BARE, "--preset", preset)
        assert finished.returncode == 0, finished.stderr
        told = answers(tmp_path / project)
        assert str(told["preset_version"]).startswith("sha256:")
        assert (tmp_path / project / str(told["preset"])).samefile(team)


def test_a_project_records_a_repository_with_its_version(
    run_here: Run, tmp_path: Path, make_repository: MakeRepository
) -> None:
    standard = make_repository("standard")
    commit = standard.commit({"python.yml": "license: Apache-2.0\n"}, "v3")
    finished = run_here("new", "made", *BARE, "--preset", f"{standard.reference}#python.yml")
    assert finished.returncode == 0, finished.stderr
    told = answers(tmp_path / "made")
    assert told["license"] == "Apache-2.0"
    assert told["preset"] == f"{standard.reference}@v3#python.yml"
    assert told["preset_version"] == commit


def test_a_project_records_no_preset_of_ours(run_here: Run, tmp_path: Path) -> None:
    assert run_here("new", "made", *BARE, "--preset", "minimal").returncode == 0
    assert not answers(tmp_path / "made").keys() & {"preset", "preset_version"}


@pytest.mark.full
@pytest.mark.usefixtures("team")
def test_a_preset_is_named_once_for_all_projects_in_the_environment(
    run: Run, tmp_path: Path
) -> None:
    finished = run("new", "made", *BARE, "--dry-run", env={"MODWRIGHT_PRESET": "team.yml"})
    assert finished.stderr == "The preset is team.yml, which MODWRIGHT_PRESET names.\n"
    assert ".gitlab-ci.yml" in finished.stdout.splitlines()
    finished = run("new", "made", *BARE, env={"MODWRIGHT_PRESET": "team.yml"})
    assert finished.returncode == 0, finished.stderr
    assert answers(tmp_path / "made")["preset"] == "../team.yml"


@pytest.mark.full
@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep settings elsewhere")
def test_what_is_named_nearer_goes_before_what_is_named_further_away(
    run: Run, tmp_path: Path, write_files: WriteFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MODWRIGHT_PRESET")
    home = write_files(
        tmp_path / "home", {PLACE: 'preset = "at-home.yml"', "modwright/at-home.yml": "ci: none\n"}
    )
    write_files(tmp_path, {"of-shell.yml": "ci: gitlab\n", "of-line.yml": "ci: github\n"})
    settings = {"XDG_CONFIG_HOME": str(home)}
    shell = {**settings, "MODWRIGHT_PRESET": "of-shell.yml"}
    for number, (env, given, ci, told) in enumerate(
        [
            (settings, (), "none", f"at-home.yml, which {home / PLACE} names."),
            (shell, (), "gitlab", "of-shell.yml, which MODWRIGHT_PRESET names."),
            (shell, ("--preset", "of-line.yml"), "github", ""),
            ({**settings, "MODWRIGHT_PRESET": ""}, ("--ci", "none"), "none", ""),
        ]
    ):
        finished = run("new", f"made{number}", *BARE, *given, env=env)
        assert finished.returncode == 0, finished.stderr
        assert finished.stderr == (f"The preset is {told}\n" if told else "")
        assert answers(tmp_path / f"made{number}")["ci"] == ci


@pytest.mark.full
@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep settings elsewhere")
def test_a_bad_settings_file_is_told_in_one_line_and_stops_nobody_who_names_a_preset(
    run: Run, tmp_path: Path, write_files: WriteFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MODWRIGHT_PRESET")
    home = write_files(tmp_path / "home", {PLACE: "preset = team"})
    env = {"XDG_CONFIG_HOME": str(home)}
    line = complaint(run("new", "made", *BARE, env=env), 2)
    assert f"{home / PLACE}: this is not TOML: " in line
    assert "(at line 1, column 10)" in line
    assert run("new", "made", *BARE, "--preset", "minimal", env=env).returncode == 0


@pytest.mark.full
@pytest.mark.parametrize(
    ("version", "recorded", "text"),
    [
        ("", "v2.0", "of the second release\n"),
        ("@v1.0", "v1.0", "of the first release\n"),
        pytest.param("@main", None, "not released\n", marks=pytest.mark.full),
    ],
)
def test_a_project_is_made_with_the_fork_that_the_preset_names_and_records_it(
    version: str,
    recorded: str | None,
    text: str,
    run_here: Run,
    tmp_path: Path,
    fork: Repository,
    write_files: WriteFiles,
) -> None:
    write_files(tmp_path, {"team.yml": f"_template: {fork.url}{version}\nci: none\n"})
    finished = run_here("new", "made", *BARE, "--preset", "team.yml")
    assert finished.returncode == 0, finished.stderr
    named = f"The template is {fork.url}{version}, which the preset names.\n"
    assert finished.stderr == named
    assert (tmp_path / "made" / "RULES.md").read_text("utf-8") == text
    told = answers(tmp_path / "made")
    assert told["_src_path"] == fork.url
    assert told["_commit"] == (recorded or git(fork.folder, "rev-parse", "main").strip())


@pytest.mark.full
@pytest.mark.parametrize(
    ("version", "words"),
    [
        ("@v9", "has no version v9."),
        (".gone", "cannot be fetched: git clone says: fatal: "),
        ("@bare", "has no copier.yml, so it is not a template."),
    ],
)
def test_a_fork_that_cannot_be_had_is_told_in_one_line(
    version: str,
    words: str,
    run_here: Run,
    tmp_path: Path,
    make_repository: MakeRepository,
    write_files: WriteFiles,
    tree: Tree,
) -> None:
    fork = make_repository("fork")
    fork.commit({"README.md": "nothing else\n"}, "bare")
    write_files(tmp_path, {"team.yml": f"_template: {fork.url}{version}\n"})
    before = tree(tmp_path)
    line = complaint(run_here("new", "made", *BARE, "--preset", "team.yml"), 3)
    assert f"The template {fork.url}" in line
    assert words in line
    assert tree(tmp_path) == before
