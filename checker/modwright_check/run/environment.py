"""A wheel of a project and a clean environment for it, through uv."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version
from uv import find_uv_bin

from modwright_check.config.configuration import Configuration
from modwright_check.model.environment import Environment, PythonInfo
from modwright_check.model.errors import EnvironmentFailed
from modwright_check.run.build_failures import last_words, reason
from modwright_check.run.build_variables import NOT_INHERITED, build_variables
from modwright_check.system.living_in import WORKS_FOR
from modwright_check.system.processes import run_to_end

_DEFAULTS = Configuration()
_MORE_TIME = ". Raise `build-time-limit` in [tool.modwright.check] of pyproject.toml."

# What an interpreter says of itself. Without `site`, sys.path is the standard library. Python 3.9
# and older know no names; nothing is imported with them.
_ABOUT = """
import _imp, json, sys
print(json.dumps({
    "version": "%d.%d.%d" % sys.version_info[:3],
    "standard": sorted(getattr(sys, "stdlib_module_names", ())),
    "builtin": sys.builtin_module_names,
    "path": sys.path,
    "suffixes": _imp.extension_suffixes(),
    "private": [name for name in dir(sys) if name.startswith("_")],
}))
"""

# The name of a distribution (PEP 508).
_NAME = re.compile(r"[A-Za-z0-9][\w.-]*")
# A link of the chain of causes that uv writes, with the lines that it is wrapped to.
_CAUSE = re.compile(r"^ *(?:error|cause): (.+(?:\n {5,}(?!cause: ).+)*)", re.MULTILINE)


def create_environment(folder: Path, requires_python: SpecifierSet) -> Environment:
    """Create an empty environment, with this very Python when the project admits it.

    Args:
        folder: Where to create it.
        requires_python: The project's `requires-python`.

    Raises:
        EnvironmentFailed: No Python is found that the project admits.
    """
    running = ".".join(map(str, sys.version_info[:3]))
    admitted = requires_python.contains(running, prereleases=True)
    wanted = sys.executable if admitted else str(requires_python)
    command = ("venv", "--no-project", "--python", wanted, str(folder))
    failure = f"No Python {wanted} is available"
    run_uv(*command, cwd=folder.parent, failure=failure, works_for=folder)
    return _read_environment(folder)


def build_wheel(
    project: Path,
    environment: Environment,
    into: Path,
    configuration: Configuration = _DEFAULTS,
) -> Path:
    """Build the wheel of a project with its own build back end, for the Python of an environment.

    It is built from a source distribution, as an index would get it: what earlier builds have
    left in the project (setuptools' `build/`) has no part in it.

    Args:
        project: Its folder.
        environment: For whose Python to build.
        into: The folder that receives the wheel.
        configuration: Says how long the build may take, and which variables it is given.

    Raises:
        EnvironmentFailed: It cannot be built, or not in time.
    """
    command = ("build", "--python", str(environment.python), "--out-dir", str(into), str(project))
    # A back end that lies in the project would leave its bytecode there.
    variables = {"PYTHONDONTWRITEBYTECODE": "1", WORKS_FOR: str(into)}
    _run_build(
        command,
        project,
        "The wheel cannot be built",
        configuration,
        variables,
        words=lambda said: reason(said, project, into),
    )
    return next(into.glob("*.whl"))


def install_wheel(
    environment: Environment,
    wheel: Path,
    project: Path,
    *,
    extra: str | None = None,
    resolution: str = "highest",
    directly: Sequence[str] = (),
    configuration: Configuration = _DEFAULTS,
) -> None:
    """Install a wheel and what it declares to depend on, from the project's own package index.

    Args:
        environment: Where to.
        wheel: The file.
        project: The folder whose settings for uv count.
        extra: One of its extras, to be installed as well.
        resolution: Which versions of the dependencies, in uv's words.
        directly: Requirements that count as direct ones, besides the wheel itself.
        configuration: Says how long it may take to build dependencies, and with which variables.

    Raises:
        EnvironmentFailed: A dependency cannot be had.
    """
    wanted = f"{wheel}[{extra}]" if extra else str(wheel)
    target = ("pip", "install", "--python", str(environment.python))
    failure = "The wheel and its dependencies cannot be installed"
    command = (*target, "--resolution", resolution, wanted, *directly)
    variables = {WORKS_FOR: str(environment.python)}
    _run_build(command, project, failure, configuration, variables)


def resolve_extras(
    environment: Environment,
    wheel: Path,
    project: Path,
    folder: Path,
    extras: Sequence[str],
    *,
    without: Collection[str] = (),
    seconds: float,
) -> dict[str, frozenset[str]]:
    """Return what would be installed with a wheel and some of its extras; nothing is built.

    Args:
        environment: Whose Python and system count.
        wheel: The file.
        project: The folder whose settings for uv count.
        folder: Where to write what is asked for.
        extras: Their names.
        without: Distributions to leave out, with what they require, whoever requires them.
        seconds: That it may take.

    Returns:
        By the normalised name of each distribution, those of the ones that require it.

    Raises:
        EnvironmentFailed: They do not fit together, an index cannot be reached, or it takes longer.
    """
    asked = folder / "extras.in"
    name = wheel.name.partition("-")[0]
    asked.write_text(f"{name}[{','.join(extras)}] @ {wheel.resolve().as_uri()}\n", encoding="utf-8")
    left_out = folder / "left-out.txt"
    never = (f"{each} ; python_version < '3'\n" for each in sorted(without))
    left_out.write_text("".join(never), encoding="utf-8")
    command = ("pip", "compile", "--quiet", "--no-build", "--no-header", "--annotation-style=line")
    target = ("--python", str(environment.python), "--override", str(left_out), str(asked))
    failure = "The extras cannot be resolved"
    listed = run_uv(
        *command, *target, cwd=project, failure=failure, works_for=asked, seconds=seconds
    )
    requiring: dict[str, frozenset[str]] = {}
    for line in listed.splitlines():
        distribution, _, via = line.partition("# via ")
        if found := _NAME.match(distribution):
            requiring[canonicalize_name(found[0])] = frozenset(
                canonicalize_name(each) for each in via.split(", ") if _NAME.fullmatch(each)
            )
    return requiring


def installed_pythons() -> list[str]:
    """Return the versions of the Pythons that are found here, such as `3.13.0`, lowest first."""
    finished = subprocess.run(  # noqa: S603
        [find_uv_bin(), "python", "list", "--only-installed", "--output-format", "json"],
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
    )
    found = json.loads(finished.stdout) if finished.returncode == 0 else []
    versions = {python["version"] for python in found if python["implementation"] == "cpython"}
    return sorted(versions, key=Version)


def _read_environment(folder: Path) -> Environment:
    windows = folder / "Scripts" / "python.exe"
    python = windows if windows.exists() else folder / "bin" / "python"
    return Environment(
        python=python,
        site_packages=next(iter(sorted(folder.glob("[Ll]ib*/**/site-packages")))),
        info=python_info(python.resolve()),
    )


@cache
def python_info(python: Path) -> PythonInfo:
    """Ask an interpreter about itself.

    Args:
        python: The interpreter, with links resolved: those of many environments are the same.

    Raises:
        EnvironmentFailed: It does not run.
    """
    command = [str(python), "-I", "-S", "-c", _ABOUT]
    finished = run_to_end(command, cwd=python.parent, env=os.environ)
    if finished.returncode:
        raise EnvironmentFailed(f"{python} cannot be started: {last_words(finished.stderr)}")
    about = json.loads(finished.stdout)
    return PythonInfo(
        version=about["version"],
        standard_modules=frozenset(about["standard"]),
        builtin_modules=frozenset(about["builtin"]),
        standard_folders=tuple(map(Path, about["path"])),
        extension_suffixes=tuple(about["suffixes"]),
        private_names=frozenset(about["private"]),
    )


def _run_build(
    command: Sequence[str],
    project: Path,
    failure: str,
    configuration: Configuration,
    variables: dict[str, str],
    words: Callable[[str], str] = last_words,
) -> None:
    """Run uv where it may build something: with a home and variables that hold no secrets."""
    with TemporaryDirectory(prefix="modwright-home-", ignore_cleanup_errors=True) as home:
        passed = build_variables(Path(home), configuration.build_environment)
        seconds = configuration.build_time_limit
        _run(command, project, failure, passed | variables, seconds, words)


def run_uv(
    *arguments: str,
    cwd: Path,
    failure: str,
    works_for: Path | None = None,
    seconds: float | None = None,
    variables: Mapping[str, str] | None = None,
) -> str:
    """Run uv; return what it has written to stdout.

    Args:
        arguments: What it shall do.
        cwd: Where it runs, and whose settings count.
        failure: What has failed when it fails.
        works_for: The file that it makes; what works for it can be found and ended.
        seconds: That it may take; None for as long as it likes.
        variables: More environment variables.

    Raises:
        EnvironmentFailed: It has failed, or takes longer; the message has the cause.
    """
    inherited = {key: value for key, value in os.environ.items() if key not in NOT_INHERITED}
    given = {WORKS_FOR: str(works_for)} if works_for else {}
    return _run(arguments, cwd, failure, {**inherited, **given, **(variables or {})}, seconds)


def _run(
    arguments: Sequence[str],
    cwd: Path,
    failure: str,
    variables: Mapping[str, str],
    seconds: float | None,
    words: Callable[[str], str] = last_words,
) -> str:
    command = [find_uv_bin(), *arguments, "--no-progress", "--color=never"]
    try:
        finished = run_to_end(command, cwd=cwd, env=variables, seconds=seconds)
    except subprocess.TimeoutExpired:
        raise EnvironmentFailed(f"{failure} within {seconds:g} s{_MORE_TIME}") from None
    if finished.returncode:
        raise EnvironmentFailed(f"{failure}: {_cause(finished.stderr, words)}")
    return finished.stdout


def _cause(stderr: str, words: Callable[[str], str]) -> str:
    """Return what is at the root of uv's report; of a failed build, the words of its back end."""
    said, begin, report = f"\n{stderr}".rpartition("\nerror: ")
    chain: list[str] = _CAUSE.findall(begin + report)
    if not chain:
        return stderr.strip() or "uv did not report a reason"
    if "returned an error" in report:
        # Of what is built on the way, uv quotes the back end; else that has spoken for itself.
        quoted = report.partition("[stderr]")[2].partition("\nhint: ")[0]
        if quoted:
            return f"{chain[0]}: {words(quoted) or chain[-1]}"
        return words(said) or chain[-1]
    if "python-build-standalone" in report:
        return "none is installed, and none could be downloaded. Install one"
    for cause in chain:
        if cause.startswith("Failed to fetch"):
            return f"{cause}: {chain[-1]}. Check the network; UV_OFFLINE=1 uses only uv's cache"
    return chain[-1]
