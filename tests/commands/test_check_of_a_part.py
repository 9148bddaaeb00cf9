"""`modwright check --shard`, `--changed-since`: which modules are looked at, and what is said."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.conftest import MakeProject, Run, WriteFiles

FILES = {
    "pkg/__init__.py": "",
    "pkg/low.py": "",
    "pkg/middle.py": "def work():\n    from pkg import low\n",
    "pkg/high.py": "from pkg.middle import work\n",
    "pkg/other.py": "print('other')\n",
    "pkg/data/__init__.py": "",
    "pkg/data/words.txt": "old",
    "pkg/reader.py": "from pkg.data import *\n",
    "pkg/plugins.py": "NAMES = ['pkg.low']\n",
}


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "core.hooksPath=/nowhere")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(make_project: MakeProject) -> Path:
    """Make a project in a repository of its own, with one commit on the branch `main`."""
    project = make_project(FILES)
    git(project, "init", "--initial-branch", "main")
    (project / ".gitignore").write_text("dist/\n", encoding="utf-8")
    git(project, "add", "--all")
    git(project, "commit", "--message", "all")
    return project


def looked_at(run: Run, project: Path, *options: str) -> list[str]:
    finished = run("check", project, "--no-strains", "--format", "json", *options)
    assert finished.stdout, finished.stderr
    return [
        module["name"].removeprefix("pkg.") for module in json.loads(finished.stdout)["modules"]
    ]


@pytest.mark.parametrize(
    ("changed", "reached"),
    [
        ("pkg/low.py", ["high", "low", "middle", "plugins"]),
        ("pkg/other.py", ["other"]),
        pytest.param("pkg/high.py", ["high"], marks=pytest.mark.full),
        pytest.param("pkg/data/words.txt", ["data", "reader"], marks=pytest.mark.full),
        pytest.param("pkg/data/new.txt", ["data", "reader"], marks=pytest.mark.full),
    ],
)
def test_a_change_reaches_what_imports_it(
    changed: str, reached: list[str], run: Run, repository: Path
) -> None:
    with (repository / "src" / changed).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert looked_at(run, repository, "--changed-since", "main") == reached


@pytest.mark.full
@pytest.mark.parametrize(
    ("changed", "number"), [("pyproject.toml", 8), ("notes.txt", 8), ("tests/test_it.py", 0)]
)
def test_a_file_of_no_package_reaches_all_unless_it_is_a_test(
    changed: str, number: int, run: Run, repository: Path, write_files: WriteFiles
) -> None:
    file = repository / changed
    text = file.read_text("utf-8") if file.exists() else ""
    write_files(repository, {changed: f"{text}\n# changed\n"})
    assert len(looked_at(run, repository, "--changed-since", "main")) == number


def test_what_has_been_committed_since_the_branch_counts_and_what_others_did_does_not(
    run: Run, repository: Path, write_files: WriteFiles
) -> None:
    git(repository, "checkout", "-b", "work")
    write_files(repository, {"src/pkg/high.py": "from pkg import middle\n"})
    (repository / "src/pkg/other.py").unlink()
    git(repository, "commit", "--all", "--message", "work")
    git(repository, "checkout", "main")
    write_files(repository, {"src/pkg/low.py": "A = 1\n"})
    git(repository, "commit", "--all", "--message", "others")
    git(repository, "checkout", "work")
    write_files(repository, {"src/pkg/other.py": "print('again')\n"})
    git(repository, "add", "--all")
    git(repository, "commit", "--message", "back")
    assert looked_at(run, repository, "--changed-since", "main") == ["high", "other"]


@pytest.mark.full
def test_a_module_that_is_gone_reaches_its_package(run: Run, repository: Path) -> None:
    (repository / "src/pkg/data/__init__.py").unlink()
    assert "reader" in looked_at(run, repository, "--changed-since", "main")


def test_when_nothing_is_reached_nothing_is_looked_at(run: Run, repository: Path) -> None:
    finished = run("check", repository, "--changed-since", "main")
    assert finished.returncode == 0
    part, verdict = finished.stdout.splitlines()
    assert part == "Looked at what a change since main reaches: 0 of 8 modules."
    assert verdict.startswith("No module is looked at: sample 1 on Python")


@pytest.mark.parametrize(
    ("revision", "complaint"),
    [
        ("nobody", "--changed-since nobody: git knows no such commit."),
        ("--all", "--changed-since --all: git knows no such commit."),
        ("", "--changed-since : git knows no such commit."),
    ],
)
def test_an_unknown_commit_is_refused_before_anything_is_built(
    revision: str, complaint: str, run: Run, repository: Path
) -> None:
    (repository / "back_end.py").unlink()
    finished = run("check", repository, f"--changed-since={revision}")
    assert finished.returncode == 2
    assert finished.stderr.splitlines()[-1] == f"modwright: error: {complaint}"


def test_without_a_repository_nothing_can_have_changed(run: Run, make_project: MakeProject) -> None:
    project = make_project(FILES)
    (project / "back_end.py").unlink()
    finished = run("check", project, "--changed-since", "main")
    assert finished.returncode == 2
    assert finished.stderr.splitlines()[-1] == (
        f"modwright: error: --changed-since: {project} is not in a repository of git."
    )


def test_each_shard_has_its_own_modules_and_the_first_the_wheel(
    run: Run, make_project: MakeProject
) -> None:
    project = make_project({**FILES, "utils/__init__.py": ""})  # a common name at the top: MW316
    reports = []
    for number in (1, 2):
        finished = run("check", project, "--no-strains", "--format=json", f"--shard={number}/2")
        reports.append(json.loads(finished.stdout))
    names = [{module["name"] for module in report["modules"]} for report in reports]
    assert names[0].isdisjoint(names[1])
    assert len(names[0] | names[1]) == len(FILES)
    assert [report["part"] for report in reports] == [
        {"of": 9, "told": "shard 1/2"},
        {"of": 9, "told": "shard 2/2"},
    ]
    told = [{finding["code"] for finding in report["findings"]} for report in reports]
    assert ["MW501" in codes for codes in told].count(True) == 1


@pytest.mark.full
def test_a_shard_leaves_alone_what_the_baseline_has_of_the_others(
    run: Run, repository: Path
) -> None:
    known = ("--no-strains", "--baseline", repository / "known.json")
    assert run("check", repository, *known, "--write-baseline", "--strict").returncode == 0
    before = (repository / "known.json").read_text("utf-8")
    assert "MW501" in before
    for number in (1, 2, 3):
        shard = f"--shard={number}/3"
        finished = run("check", repository, *known, shard, "--write-baseline", "--strict")
        assert finished.returncode == 0, finished.stdout
        assert (repository / "known.json").read_text("utf-8") == before
