"""`modwright status`: where projects stand, side by side."""

import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.upkeep.conftest import MakeProject, Project, change, git

LINES = "".join(f"line {number}\n" for number in range(20))


@pytest.fixture
def here(project: MakeProject) -> Project:
    """Make a project whose template is found without a network, and is newer by now."""
    made = project({"a": LINES, "b": "1\n"}, {"a": LINES.replace("line 9", "theirs")})
    return made.found_without_a_network()


def test_a_project_is_told_with_what_an_update_would_meet(here: Project, run_here: Run) -> None:
    here.edit({"a": LINES.replace("line 9", "mine")})
    change(here.folder, {"mine": "1\n"})
    headings, row = (line.split() for line in run_here("status", here.folder).stdout.splitlines())
    assert headings[4:] == ["drift", "changed", "committed", "conflicts"]
    assert row == [str(here.folder), "v1", "v2", "0", "1", "no", "1"]


def test_many_are_told_in_their_order_and_none_stops_the_others(
    here: Project, run: Run, tmp_path: Path
) -> None:
    names = [f"p{number}" for number in range(9)]
    for name in names:
        shutil.copytree(here.folder, tmp_path / name)
    shutil.rmtree(tmp_path / "p4" / ".git")
    (tmp_path / "p6" / "a").unlink()
    finished = run("status", *names, "nowhere", "--format", "json")
    told = json.loads(finished.stdout)["projects"]
    assert [one["project"] for one in told] == [*names, "nowhere"]
    assert [one["project"] for one in told if one["problem"]] == ["p4", "nowhere"]
    assert [one["project"] for one in told if one["changed"]] == ["p6"]
    assert finished.returncode == 2
    assert finished.stderr == ""


@pytest.mark.full
def test_a_preset_that_a_project_departs_from_is_told(here: Project, run_here: Run) -> None:
    answers = here[".copier-answers.yml"]
    lines = "preset_owners: {b: managed}\npreset_fixed: {project_name: big}\npreset: team.yml\n"
    here.edit({".copier-answers.yml": answers + lines, "b": "2\n"})
    [told] = json.loads(run_here("status", here.folder, "--format", "json").stdout)["projects"]
    assert told["preset"] == "team.yml"
    assert told["drift"] == [
        "project_name is 'small'; the preset team.yml fixes 'big'",
        "b: changed",
    ]


@pytest.mark.full
def test_a_table_for_a_pull_request_calls_nobody_by_name(
    here: Project, run_here: Run, tmp_path: Path
) -> None:
    here.folder.rename(tmp_path / "@ann|x")
    lines = run_here("status", "@ann|x", "--format", "markdown").stdout.splitlines()
    assert lines[1] == "| --- | --- | --- | --- | --- | --- | --- | --- |"
    assert "@ann" not in lines[2]
    assert "\\|x" in lines[2]


@pytest.mark.full
def test_ctrl_c_ends_it_and_leaves_nothing_behind(here: Project, tmp_path: Path) -> None:
    names = [f"p{number}" for number in range(40)]
    for name in names:
        shutil.copytree(here.folder, tmp_path / name)
    rest = tmp_path / "rest"
    rest.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "modwright", "status", *names],
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", "TMPDIR": str(rest)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    while not list(rest.iterdir()) and process.poll() is None:
        time.sleep(0.01)
    subprocess.run(["/bin/kill", "-INT", "--", f"-{process.pid}"], check=True)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 128 + signal.SIGINT
    assert told.decode().strip().startswith("modwright: error: interrupted")
    assert not list(rest.iterdir())


def test_what_renovate_skips_is_told(here: Project, run: Run) -> None:
    assert "Renovate" not in run("status", here.folder).stdout
    commit = git(here.template.folder, "rev-parse", "v1").strip()
    answers = here[".copier-answers.yml"].replace("_commit: v1", f"_commit: {commit}")
    here.edit({".copier-answers.yml": answers})
    assert "Renovate skips 1 project " in run("status", here.folder).stdout


@pytest.mark.full
def test_nothing_is_changed(here: Project, run_here: Run) -> None:
    head, index = git(here.folder, "rev-parse", "HEAD"), (here.folder / ".git/index").read_bytes()
    assert run_here("status", here.folder).returncode == 0
    assert git(here.folder, "rev-parse", "HEAD") == head
    assert (here.folder / ".git/index").read_bytes() == index
    assert not git(here.folder, "status", "--porcelain")
