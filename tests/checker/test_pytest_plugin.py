"""`pytest --modwright`: one more test for each module of the project."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.conftest import PATIENCE, MakeProject, Run, WriteFiles

RunPytest = Callable[..., subprocess.CompletedProcess[str]]

# Without what only our own tests need, which takes a second to load.
PYTEST = [sys.executable, "-P", "-m", "pytest", "-p", "no:cacheprovider"]
PYTEST += ["-p", "no:copie", "-p", "no:hypothesispytest"]

BROKEN = {"pkg/__init__.py": "", "pkg/bad.py": "import json\nraise ValueError('no')"}
PATIENT = "[tool.modwright.check]\ntime-limit = 500\n"
A_TEST = {"tests/test_sum.py": "def test_sum():\n    assert 1 + 1 == 2\n"}
# Says what pytest is told of the place of each test.
TELL_PLACES = """
    def pytest_runtest_logreport(report):
        if report.when == "call":
            print("at", *report.location)
"""


@pytest.fixture
def run_pytest() -> RunPytest:
    """Run pytest on a project, as its author would."""

    def run_pytest(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*PYTEST, *arguments],
            cwd=project,
            check=False,
            env={k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
        )

    return run_pytest


def outcomes(finished: subprocess.CompletedProcess[str]) -> list[tuple[str, str]]:
    """Return each test of ours with its outcome, as `pytest -v` shows them."""
    return re.findall(r"^(modwright::\S+) (PASSED|FAILED)", finished.stdout, re.MULTILINE)


def test_pytest_finds_the_plugin_by_itself() -> None:
    [plugin] = entry_points(group="pytest11", name="modwright")
    assert plugin.value == "modwright_check.pytest_plugin"


def test_the_plugin_loads_nothing_that_pytest_has_not_loaded_already() -> None:
    """Every start of pytest pays for it, in projects that have never asked for a check, too."""
    source = (
        "import sys, pytest; before = set(sys.modules)\n"
        "import modwright_check.pytest_plugin; print(*sorted(set(sys.modules) - before))"
    )
    loaded = subprocess.run([sys.executable, "-c", source], capture_output=True, check=True)
    assert loaded.stdout.split() == [b"modwright_check", b"modwright_check.pytest_plugin"]


def test_without_the_option_nothing_is_checked(
    run_pytest: RunPytest, make_project: MakeProject, write_files: WriteFiles
) -> None:
    finished = run_pytest(write_files(make_project(BROKEN), A_TEST), "-v")
    assert finished.returncode == 0
    assert "1 passed" in finished.stdout
    assert "modwright::" not in finished.stdout


def test_each_module_is_a_test_that_fails_with_its_findings(
    run_pytest: RunPytest, make_project: MakeProject, write_files: WriteFiles
) -> None:
    project = write_files(make_project(BROKEN), A_TEST | {"conftest.py": TELL_PLACES})
    finished = run_pytest(project, "--modwright", "-v", "-s")
    assert finished.returncode == 1
    assert "1 failed, 3 passed" in finished.stdout
    assert re.findall(r"^(?:modwright::\S+) ", finished.stdout, re.MULTILINE) == [
        "modwright::(project) ",
        "modwright::pkg ",
        "modwright::pkg.bad ",
    ]
    assert "at src/pkg/bad.py 1 import pkg.bad\n" in finished.stdout.replace("\\", "/")
    assert (
        "\nsrc/pkg/bad.py:2: error: MW101 pkg.bad: raises ValueError: no\n    " in finished.stdout
    )
    assert "pytest_plugin.py" not in finished.stdout


@pytest.mark.full
def test_what_is_about_no_module_has_a_test_of_its_own(
    run_pytest: RunPytest, make_project: MakeProject
) -> None:
    finished = run_pytest(make_project({"words.txt": ""}), "--modwright", "-v")
    assert finished.returncode == 1
    assert outcomes(finished) == [("modwright::(project)", "FAILED")]
    assert "MW402" in finished.stdout


@pytest.mark.full
def test_tests_are_selected_among_as_among_any_others(
    run_pytest: RunPytest, make_project: MakeProject
) -> None:
    finished = run_pytest(make_project(BROKEN), "--modwright", "-v", "-k", "pkg and not bad")
    assert finished.returncode == 0
    assert outcomes(finished) == [("modwright::pkg", "PASSED")]


@pytest.mark.full
def test_what_the_project_ignores_fails_no_test(
    run_pytest: RunPytest, make_project: MakeProject
) -> None:
    ignored = '[tool.modwright.check]\nper-module-ignores = {"pkg.bad" = ["MW101"]}\n'
    finished = run_pytest(make_project(BROKEN, pyproject=ignored), "--modwright", "-v")
    assert finished.returncode == 0
    assert outcomes(finished)[-1] == ("modwright::pkg.bad", "PASSED")


@pytest.mark.full
def test_what_is_in_the_baseline_fails_no_test(
    run_pytest: RunPytest, make_project: MakeProject, run: Run, write_files: WriteFiles
) -> None:
    configured = '[tool.modwright.check]\nbaseline = "known.json"\n'
    project = make_project(BROKEN, pyproject=configured)
    assert run("check", project, "--write-baseline").returncode == 0
    write_files(project, {"src/pkg/worse.py": "raise KeyError('de')"})
    finished = run_pytest(project, "--modwright", "-v")
    assert finished.returncode == 1
    assert outcomes(finished)[-2:] == [
        ("modwright::pkg.bad", "PASSED"),
        ("modwright::pkg.worse", "FAILED"),
    ]


@pytest.mark.full
def test_workers_of_xdist_share_one_check(
    run_pytest: RunPytest, make_project: MakeProject, write_files: WriteFiles, tmp_path: Path
) -> None:
    project = write_files(make_project(BROKEN), A_TEST)
    builds = tmp_path / "builds"
    with (project / "back_end.py").open("a", encoding="utf-8") as back_end:
        back_end.write(f"\nopen({str(builds)!r}, 'a').write('built\\n')\n")
    assert run_pytest(project, "--modwright").returncode == 1
    alone = builds.read_text("utf-8")
    builds.unlink()
    finished = run_pytest(project, "--modwright", "-n2")
    assert finished.returncode == 1
    assert "1 failed, 3 passed" in finished.stdout
    assert builds.read_text("utf-8") == alone


@pytest.mark.full
def test_workers_of_xdist_find_what_one_process_finds(
    run_pytest: RunPytest, make_project: MakeProject, tmp_path: Path
) -> None:
    project = make_project(
        {
            "pkg/__init__.py": "",
            **{f"pkg/page{number}.py": f"raise ValueError('{number}')" for number in range(5)},
            "pkg/loud.py": "from pkg import page1\n",
            "utils/__init__.py": "print('utils')",
        }
    )
    found = []
    for number, workers in enumerate(("-n0", "-n4")):
        written = tmp_path / f"{number}.xml"
        assert run_pytest(project, "--modwright", workers, f"--junit-xml={written}").returncode == 1
        cases = ET.parse(written).iter("testcase")  # noqa: S314 (our own)
        found.append({case.get("name"): "".join(case.itertext()) for case in cases})
    assert found[0] == found[1]
    assert sum("MW101" in text for text in found[0].values()) == 6


@pytest.mark.full
@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_a_project_that_cannot_be_built_is_one_line(
    workers: str, run_pytest: RunPytest, make_project: MakeProject
) -> None:
    project = make_project(BROKEN)
    (project / "back_end.py").write_text("raise OSError('no compiler')", encoding="utf-8")
    finished = run_pytest(project, "--modwright", workers)
    assert finished.returncode in {1, 2}  # as for any error of collection, with xdist or without
    [complaint] = re.findall(r"^modwright: .*$", finished.stdout, re.MULTILINE)
    assert complaint == "modwright: error: The wheel cannot be built: OSError: no compiler"
    assert "Traceback" not in finished.stdout + finished.stderr
    assert "INTERNALERROR" not in finished.stdout + finished.stderr


@pytest.mark.full
def test_a_configuration_that_is_wrong_is_told_before_anything_is_built(
    run_pytest: RunPytest, make_project: MakeProject
) -> None:
    project = make_project(BROKEN, pyproject="[tool.modwright.check]\nignroe = []\n")
    (project / "back_end.py").unlink()
    finished = run_pytest(project, "--modwright")
    assert "ignroe: no such key. Did you mean ignore?" in finished.stdout


@pytest.mark.full
def test_files_at_the_root_of_a_project_stand_in_no_way(
    run_pytest: RunPytest, make_project: MakeProject, write_files: WriteFiles
) -> None:
    shadows = {"click.py": "raise SystemExit(5)", "modwright.py": "raise SystemExit(5)"}
    project = write_files(make_project({"pkg/__init__.py": ""}), shadows)
    finished = run_pytest(project, "--modwright", "-v")
    assert outcomes(finished)[-1] == ("modwright::pkg", "PASSED"), finished.stdout


@pytest.mark.full
@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals for others")
def test_an_interruption_ends_the_check_and_leaves_nothing_behind(
    make_project: MakeProject, tmp_path: Path
) -> None:
    (temporary := tmp_path / "temporary").mkdir()
    started = tmp_path / "started"
    source = f"import time; open({str(started)!r}, 'w').close(); time.sleep(600)"
    process = subprocess.Popen(
        [*PYTEST, "--modwright"],
        cwd=make_project({"hangs.py": source}, pyproject=PATIENT),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "TMPDIR": str(temporary)},
        start_new_session=True,  # so that the signal reaches the check as Ctrl-C does
    )
    while not started.exists() and process.poll() is None:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    try:
        stdout, _ = process.communicate(timeout=60)  # less than the module's own limit
    finally:
        process.kill()
    assert process.returncode == pytest.ExitCode.INTERRUPTED
    assert "KeyboardInterrupt" in stdout
    assert list(temporary.iterdir()) == []
