"""From wheels that were built of two commits, with the network cut off: made, edited, updated."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from uv import find_uv_bin

from modwright.scaffold.version import checked_out
from tests.upkeep.conftest import change, git

REPOSITORY = Path(__file__).parents[2]
UTILS = "template/src/{{ package_path }}/utils.py.jinja"


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of modwright as it is on disk now, with its history where there is one."""
    folder = tmp_path_factory.mktemp("clone") / "modwright"
    if _has_history():
        git(REPOSITORY, "clone", "--quiet", "--no-local", REPOSITORY, folder)
        shutil.rmtree(folder / "template")
    unversioned = shutil.ignore_patterns(
        "__pycache__", ".venv", "build", "dist", ".*_cache", ".git"
    )
    shutil.copytree(REPOSITORY, folder, ignore=unversioned, dirs_exist_ok=True)
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet")
    _commit(folder, "As it is on disk")
    return folder


@pytest.fixture(scope="module")
def installed(clone: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The commands of two environments: one with the wheel of a commit, one with the next."""
    first = _installed(clone, tmp_path_factory.mktemp("first"))
    utils = clone / UTILS
    utils.write_text(utils.read_text("utf-8") + "\n\nLEARNED = 1\n", "utf-8")
    _commit(clone, "Learn something")
    second = _installed(clone, tmp_path_factory.mktemp("second"), through_sdist=True)
    return first, second


@pytest.mark.full
def test_an_installed_modwright_updates_a_project_without_a_network(
    clone: Path, installed: tuple[Path, Path], tmp_path: Path
) -> None:
    first, second = installed
    _offline(tmp_path, first, "new", "shop", "--defaults", "--no-check")
    project = tmp_path / "shop"
    auth = (project / "src/shop/auth.py").read_text("utf-8")
    change(project, {"src/shop/auth.py": f"{auth}# mine\n", "README.md": None})
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--message=Edit")

    _offline(tmp_path, second, "update", "shop")

    assert (project / "src/shop/utils.py").read_text("utf-8").endswith("LEARNED = 1\n")
    assert (project / "src/shop/auth.py").read_text("utf-8") == f"{auth}# mine\n"
    assert not (project / "README.md").exists()
    answers = (project / ".copier-answers.yml").read_text("utf-8")
    assert f"_commit: {git(clone, 'rev-parse', 'HEAD').strip()}" in answers
    assert "_src_path: https://" in answers
    assert not git(project, "status", "--porcelain")
    assert "Up to date." in _offline(tmp_path, second, "update", "shop")
    assert "; a newer one may." in _offline(tmp_path, first, "update", "shop", ends=3)


@pytest.mark.release  # CI has plain Copier on a smaller repository: tests/template
def test_plain_copier_updates_the_same_project(
    clone: Path, installed: tuple[Path, Path], tmp_path: Path
) -> None:
    first, _ = installed
    _offline(tmp_path, first, "new", "shop", "--defaults", "--no-check")
    project = tmp_path / "shop"
    settings = Path(os.environ["GIT_CONFIG_GLOBAL"])
    url = "https://github.com/modwright/modwright.git"
    rewritten = f'[url "{clone}"]\n\tinsteadOf = {url}\n'
    settings.write_text(settings.read_text("utf-8") + rewritten, "utf-8")
    copier = first.with_name("copier")
    command = [str(copier), "update", "--defaults", "--quiet", "--vcs-ref", "HEAD"]
    environment = {**os.environ, "COPIER_CACHE_DIR": str(tmp_path / "cache")}
    subprocess.run(command, cwd=project, check=True, env=environment)
    assert (project / "src/shop/utils.py").read_text("utf-8").endswith("LEARNED = 1\n")
    assert f"_src_path: {url}" in (project / ".copier-answers.yml").read_text("utf-8")


@pytest.mark.full
def test_a_wheel_holds_the_template_of_the_commit_that_it_names(
    clone: Path, installed: tuple[Path, Path], tmp_path: Path
) -> None:
    _, second = installed
    ask = "from modwright.scaffold.source import template_root; print(template_root())"
    python = second.with_name("python")
    said = subprocess.run([python, "-c", ask], check=True, capture_output=True, text=True)
    bundled = Path(said.stdout.strip())
    assert bundled.is_relative_to(second.parents[1])
    git(tmp_path, "clone", "--quiet", bundled / "history" / "commits.bundle", "template")
    assert git(tmp_path / "template", "rev-parse", "HEAD") == git(clone, "rev-parse", "HEAD")
    for part in ("copier.yml", "includes", "presets", "template"):
        same = subprocess.run(
            [
                "diff",
                "--recursive",
                "--exclude=__pycache__",
                tmp_path / "template" / part,
                bundled / part,
            ],
            check=False,
            capture_output=True,
            text=True,
        )
        assert (same.returncode, same.stdout) == (0, "")


def _has_history() -> bool:
    """Return whether all commits are here, as they are not in what a runner of CI has fetched."""
    if checked_out(REPOSITORY) is None:
        return False
    return git(REPOSITORY, "rev-parse", "--is-shallow-repository").strip() == "false"


def _commit(folder: Path, message: str) -> None:
    git(folder, "add", "--all")
    who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org")
    git(folder, *who, "commit", "--quiet", "--allow-empty", f"--message={message}")


def _installed(clone: Path, folder: Path, *, through_sdist: bool = False) -> Path:
    """Build what a clone has checked out, install it; return the command."""
    uv = find_uv_bin()
    kinds = [] if through_sdist else ["--wheel"]
    subprocess.run([uv, "build", "--quiet", *kinds, "--out-dir", folder, clone], check=True)
    [wheel] = folder.glob("*.whl")
    environment = folder / "environment"
    subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, environment], check=True)
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / "python"
    subprocess.run([uv, "pip", "install", "--quiet", "--python", python, wheel], check=True)
    return scripts / "modwright"


def _offline(folder: Path, command: Path, *arguments: str, ends: int = 0) -> str:
    """Run a command without a network, where that can be taken away."""
    offline = ["unshare", "--map-root-user", "--net"]
    if subprocess.run([*offline, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this user may not take the network away from a process")
    finished = subprocess.run(
        [*offline, command, *arguments], cwd=folder, check=False, capture_output=True, text=True
    )
    assert finished.returncode == ends, finished.stdout + finished.stderr
    return finished.stdout + finished.stderr
