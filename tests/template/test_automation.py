"""The trade automation: jobs that are run as their users run them, and judged from outside."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from uv import find_uv_bin

from tests.template.answers import presets
from tests.template.conftest import Render, succeed

UV = find_uv_bin()

needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd is not installed here"
)


def test_nothing_of_it_is_left_without_it(render: Render) -> None:
    project = render({})
    for file in (path for path in project.rglob("*") if path.is_file()):
        if file.name not in {".copier-answers.yml", "LICENSE"}:
            text = file.read_text("utf-8").lower()
            assert not {"jobs", "jobs.toml", "cron", "systemd", "requests"} & set(text.split()), (
                file
            )


def test_json_is_fetched_in_one_module_whatever_was_picked(render: Render) -> None:
    project = render({"trade": "automation", "external": ["requests", "numpy"]})
    package = project / "src" / "hello"
    made = [path for path in package.rglob("*.py") if "def fetch_json" in path.read_text("utf-8")]
    assert made == [package / "fetching.py"]
    modules = {path.name for path in (package / "integrations").iterdir()}
    assert modules == {"__init__.py", "numpy.py"}


def test_requests_alone_needs_no_folder_of_integrations(render: Render) -> None:
    project = render({"trade": "automation", "external": ["requests"]})
    assert not (project / "src" / "hello" / "integrations").exists()


@pytest.fixture
def program(render: Render, tmp_path: Path) -> Path:
    """The preset's program, installed from its wheel."""
    project = render(presets()["automation"])
    environment = tmp_path / "environment"
    succeed(UV, "venv", "--quiet", "--python", sys.executable, environment, cwd=tmp_path)
    succeed(UV, "pip", "install", "--quiet", "--python", environment, project, cwd=tmp_path)
    return environment / ("Scripts" if os.name == "nt" else "bin") / "hello"


@pytest.mark.full
@needs_systemd
def test_systemd_accepts_the_units_of_a_folder_with_an_awkward_name(
    program: Path, tmp_path: Path
) -> None:
    folder = tmp_path / '50% "of" $HOME\'s'
    folder.mkdir()
    (folder / "jobs.toml").touch()
    succeed(program, "migrate", cwd=folder)
    command = ("schedule", "--format", "systemd", "--config", "jobs.toml")
    service, timer = succeed(program, *command, cwd=folder).split("# hello-feed.timer\n")
    units = {"hello-feed.service": service, "hello-feed.timer": timer}
    for name, text in units.items():
        (tmp_path / name).write_text(text, "utf-8")
    said = subprocess.run(
        ["systemd-analyze", "verify", *units],
        cwd=tmp_path,
        check=False,
        capture_output=True,
        text=True,
    )
    assert (said.returncode, said.stderr) == (0, "")


@pytest.mark.full
@needs_systemd
def test_systemd_reads_the_time_of_a_schedule(program: Path, tmp_path: Path) -> None:
    code = "import sys; from hello.schedules import on_calendar; print(on_calendar(sys.argv[1]))"
    for schedule in (
        "* * * * *",
        "*/30 * * * *",
        "5 4 * * 5-7",
        "0 0 1,15 */6 *",
        "*/7 1-5/2 * * 0",
    ):
        calendar = succeed(program.with_name("python"), "-c", code, schedule, cwd=tmp_path).strip()
        succeed("systemd-analyze", "calendar", calendar, cwd=tmp_path)
