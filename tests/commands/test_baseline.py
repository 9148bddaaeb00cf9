"""`modwright check --baseline`: a team begins with what it has."""

import json
from pathlib import Path

import pytest

from tests.conftest import MakeProject, Run, WriteFiles

OLD = {"pkg/__init__.py": "", "pkg/bad.py": "import os\nraise ValueError(os.getpid())"}
CONFIGURED = "[tool.modwright.check]\nbaseline = 'known.json'\n"


@pytest.fixture
def project(make_project: MakeProject) -> Path:
    return make_project(OLD, pyproject=CONFIGURED)


def test_what_is_in_the_baseline_fails_no_more_and_what_is_new_does(
    run: Run, project: Path, write_files: WriteFiles
) -> None:
    finished = run("check", project)
    assert finished.returncode == 1
    assert "known.json does not exist yet: --write-baseline creates it" in finished.stdout
    finished = run("check", project, "--write-baseline")
    assert finished.returncode == 0
    assert "known.json is written and contains 1 finding: 1 added, 0 removed." in finished.stdout
    held = json.loads((project / "known.json").read_text("utf-8"))["findings"]
    assert held == [{"code": "MW101", "module": "pkg.bad", "message": "raises ValueError: …"}]

    write_files(project, {"src/pkg/bad.py": f"# moved\n\n{OLD['pkg/bad.py']}"})
    finished = run("check", project, "--strict")
    assert finished.returncode == 0
    assert "Nothing new in a wheel of 2 modules, besides 1 known finding: " in finished.stdout

    write_files(project, {"src/pkg/new.py": "raise KeyError('de')", "src/pkg/bad.py": ""})
    finished = run("check", project, "--format", "json")
    assert finished.returncode == 1
    report = json.loads(finished.stdout)
    assert [finding["module"] for finding in report["findings"]] == ["pkg.new"]
    assert report["summary"]["errors"] == 1
    assert report["baseline"] == {
        "file": "known.json",
        "known": 0,
        "gone": held,
        "written": False,
    }
    finished = run("check", project, "-v")
    assert "1 finding of known.json is gone: --write-baseline removes it." in finished.stdout
    assert "gone: MW101 pkg.bad: raises ValueError: …" in finished.stdout


@pytest.mark.full
def test_what_is_left_out_by_select_stays_in_the_baseline(run: Run, project: Path) -> None:
    assert run("check", project, "--write-baseline").returncode == 0
    before = (project / "known.json").read_bytes()
    for options in (["--select", "MW5"], ["--ignore", "MW101"]):
        finished = run("check", project, "--write-baseline", *options)
        assert finished.returncode == 0
        assert (project / "known.json").read_bytes() == before
        assert "gone" not in run("check", project, *options).stdout


@pytest.mark.full
def test_the_option_names_a_file_in_place_of_the_configuration(
    run: Run, project: Path, tmp_path: Path
) -> None:
    assert run("check", project, "--baseline", "b.json", "--write-baseline").returncode == 0
    assert (tmp_path / "b.json").exists()
    assert not (project / "known.json").exists()
    assert run("check", project, "--baseline", "b.json").returncode == 0


@pytest.mark.parametrize(
    ("content", "options", "complaint"),
    [
        ("{", [], "known.json is not a baseline: Expecting property name"),
        (
            "{}",
            ["--baseline", "nowhere/b.json"],
            "The folder of the baseline nowhere/b.json does not exist.",
        ),
        ("{}", ["--baseline", "."], "is not a regular file."),
    ],
)
def test_a_bad_baseline_is_one_line_before_anything_is_built(
    content: str, options: list[str], complaint: str, run: Run, project: Path
) -> None:
    (project / "known.json").write_text(content, "utf-8")
    (project / "back_end.py").unlink()
    finished = run("check", project, *options)
    assert finished.returncode == 2
    assert finished.stdout == ""
    [told] = finished.stderr.splitlines()
    assert told.startswith("modwright: error: ")
    assert complaint in told


def test_a_baseline_without_a_name_is_refused(run: Run, make_project: MakeProject) -> None:
    finished = run("check", make_project(OLD), "--write-baseline")
    assert finished.returncode == 2
    assert "--write-baseline needs a file: use --baseline FILE" in finished.stderr


def test_a_check_that_comes_to_no_end_writes_nothing(run: Run, project: Path) -> None:
    (project / "back_end.py").write_text("raise OSError('no compiler')", "utf-8")
    before = sorted(project.iterdir())
    assert run("check", project, "--write-baseline").returncode == 4
    assert sorted(project.iterdir()) == before
