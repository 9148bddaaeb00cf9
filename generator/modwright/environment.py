"""A wheel of a project and a clean environment for it, through uv."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from packaging.specifiers import SpecifierSet
from uv import find_uv_bin

from modwright.errors import EnvironmentFailed

# Of another project's environment; uv would take them for this one's.
NOT_INHERITED = {
    "VIRTUAL_ENV",
    "CONDA_PREFIX",
    "PYTHONHOME",
    "PYTHONPATH",
    "UV_PROJECT_ENVIRONMENT",
}

# A link of the chain of causes that uv writes.
_CAUSE = re.compile(r"^ *(?:error|cause): (.+)", re.MULTILINE)


@dataclass(frozen=True)
class Environment:
    """A virtual environment.

    Args:
        python: Its interpreter.
        site_packages: The folder that wheels are installed into.
        version: The interpreter's version, such as `3.13.0`.
    """

    python: Path
    site_packages: Path
    version: str


def build_wheel(project: Path, into: Path) -> Path:
    """Build the wheel of a project with the project's own build back end.

    Raises:
        EnvironmentFailed: It cannot be built.
    """
    command = ("build", "--wheel", "--out-dir", str(into), str(project))
    before = _left_overs(project)
    try:
        _uv(*command, cwd=project, failure="The wheel cannot be built")
    finally:
        for folder in _left_overs(project) - before:
            shutil.rmtree(folder, ignore_errors=True)
    return next(into.glob("*.whl"))


def _left_overs(project: Path) -> set[Path]:
    """Return what setuptools leaves in a project. From build/ it takes modules long removed."""
    patterns = ("build", "*.egg-info", "*/*.egg-info")
    return {folder for pattern in patterns for folder in project.glob(pattern)}


def create_environment(folder: Path, requires_python: SpecifierSet | None) -> Environment:
    """Create an empty environment, with this very Python when the project admits it.

    Args:
        folder: Where to create it.
        requires_python: The project's `requires-python`, a PEP 440 specifier set.

    Raises:
        EnvironmentFailed: No Python is found that the project admits.
    """
    running = ".".join(map(str, sys.version_info[:3]))
    admitted = requires_python is None or requires_python.contains(running, prereleases=True)
    wanted = sys.executable if admitted else str(requires_python)
    command = ("venv", "--no-project", "--python", wanted, str(folder))
    _uv(*command, cwd=folder.parent, failure=f"No environment with Python {wanted} can be made")
    return _read_environment(folder)


def install_wheel(environment: Environment, wheel: Path, project: Path) -> None:
    """Install a wheel and what it declares to depend on, from the project's own package index.

    Raises:
        EnvironmentFailed: A dependency cannot be had.
    """
    command = ("pip", "install", "--python", str(environment.python), str(wheel))
    _uv(*command, cwd=project, failure="The wheel and its dependencies cannot be installed")


def _read_environment(folder: Path) -> Environment:
    settings = (folder / "pyvenv.cfg").read_text(encoding="utf-8")
    version = re.search(r"^version_info *= *([\d.]+)", settings, re.MULTILINE)
    windows = folder / "Scripts" / "python.exe"
    return Environment(
        python=windows if windows.exists() else folder / "bin" / "python",
        site_packages=next(iter(sorted(folder.glob("[Ll]ib*/**/site-packages")))),
        version=version[1] if version else "unknown",
    )


def _uv(*arguments: str, cwd: Path, failure: str) -> None:
    finished = subprocess.run(  # noqa: S603
        [find_uv_bin(), *arguments, "--no-progress", "--color=never"],
        cwd=cwd,
        check=False,
        env={key: value for key, value in os.environ.items() if key not in NOT_INHERITED},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
    )
    if finished.returncode:
        raise EnvironmentFailed(f"{failure}: {_cause(finished.stderr)}")


def _cause(stderr: str) -> str:
    """Return what is at the root of uv's report."""
    chain = _CAUSE.findall(stderr)
    if not chain:
        return stderr.strip() or "uv does not say why"
    if "returned an error" in stderr:
        # The build back end has failed: its own last words stand before the chain.
        return stderr.partition("\nerror:")[0].strip().splitlines()[-1]
    if wanted := [
        cause for cause in chain if cause.startswith(("Failed to fetch", "Failed to down"))
    ]:
        return (
            f"{wanted[0]}: {chain[-1]}. Is there a network? UV_OFFLINE=1 makes do with uv's cache."
        )
    return str(chain[-1])
