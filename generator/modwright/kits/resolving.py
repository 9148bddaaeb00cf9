"""Which wheels each computer needs: uv resolves for it, here, before anything is downloaded."""

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote, urlsplit

from packaging.utils import InvalidWheelFilename, parse_wheel_filename

from modwright.errors import EnvironmentFailed, UsageFailed
from modwright.kits.targets import Target
from modwright_check.run.environment import run_uv
from modwright_check.system.side_by_side import side_by_side

Tell = Callable[[int, int], None]  # how many are done, of how many

AT_ONCE = 4  # resolutions, which mostly wait for an index
TEST_GROUPS = ("test", "tests", "testing", "dev")


@dataclass(frozen=True, order=True)
class Wheel:
    """A wheel that an index has, or a file.

    Args:
        name: Of the file.
        url: Where it is to be had.
        sha256: Its hash in hexadecimal.
        size: In bytes; 0 where the index does not say.
    """

    name: str
    url: str
    sha256: str
    size: int


def resolve(
    project: Path,
    requirements: Sequence[str],
    targets: Sequence[Target],
    tell: Tell = lambda _done, _total: None,
) -> dict[Target, list[Wheel]]:
    """Return the wheels that a project needs on each target: to run, to be built, to be tested.

    Args:
        project: The folder of the project, whose settings for uv count.
        requirements: What is needed besides.
        targets: Whom for.
        tell: Told for how many it is done, of how many.

    Raises:
        EnvironmentFailed: There are not wheels for all; the message names which, and where.
    """
    with TemporaryDirectory() as folder:
        besides = Path(folder, "besides.in")
        wanted = [*requirements, *build_requirements(project)]
        wanted += [] if test_groups(project) else ["pytest"]  # an extra brings more, perhaps
        besides.write_text("".join(f"{each}\n" for each in wanted), "utf-8")

        def resolve_one(target: Target) -> list[Wheel] | str:
            try:
                return _resolve(project, besides, target)
            except EnvironmentFailed as error:
                return str(error)

        found = side_by_side(
            resolve_one, targets, AT_ONCE, tell=lambda done: tell(done, len(targets))
        )
    outcomes = dict(zip(targets, found, strict=True))
    if problems := {target: each for target, each in outcomes.items() if isinstance(each, str)}:
        raise EnvironmentFailed(_told(problems))
    return {target: each for target, each in outcomes.items() if not isinstance(each, str)}


def _resolve(project: Path, besides: Path, target: Target) -> list[Wheel]:
    locked = run_uv(
        *("pip", "compile", "pyproject.toml", str(besides), "--all-extras"),
        *(option for group in test_groups(project) for option in ("--group", group)),
        *("--python-platform", target.platform.for_uv, "--python-version", target.python),
        *("--only-binary", ":all:", "--format", "pylock.toml", "--no-header", "--quiet"),
        cwd=project,
        failure="",
        variables={"UV_PYTHON_DOWNLOADS": "never"},
    )
    packages = tomllib.loads(locked).get("packages", ())
    return sorted(_best(package, project, target) for package in packages)


def _best(package: Mapping[str, Any], project: Path, target: Target) -> Wheel:
    """Return the most fitting wheel of a package that is locked."""
    ranks = {tag: rank for rank, tag in enumerate(target.tags)}
    found: list[tuple[int, Wheel]] = []
    entries = package.get("wheels", [package["archive"]] if "archive" in package else ())
    for entry in entries:
        wheel = _wheel(entry, project)
        try:
            tags = parse_wheel_filename(wheel.name)[3]
        except InvalidWheelFilename:  # an archive of sources
            continue
        fitting = [ranks[tag] for tag in tags if tag in ranks]
        if fitting and wheel.sha256:
            found.append((min(fitting), wheel))
    if not found:
        raise EnvironmentFailed(f": {package['name']} has no wheel")
    return min(found)[1]


def _wheel(entry: Mapping[str, Any], project: Path) -> Wheel:
    url = entry.get("url") or (project / entry["path"]).resolve().as_uri()
    name = entry.get("name") or unquote(urlsplit(url).path).rpartition("/")[2]
    return Wheel(name, url, entry.get("hashes", {}).get("sha256", ""), entry.get("size", 0))


def build_requirements(project: Path) -> list[str]:
    """Return what the project is built with; setuptools where it does not say."""
    return list(pyproject_of(project).get("build-system", {}).get("requires", ["setuptools"]))


def test_groups(project: Path) -> list[str]:
    """Return the group of dependencies that the tests need, if there is one."""
    groups = pyproject_of(project).get("dependency-groups", {})
    return [group for group in TEST_GROUPS if group in groups][:1]


def pyproject_of(project: Path) -> dict[str, Any]:
    """Return what a project says of itself.

    Raises:
        UsageFailed: It cannot be read.
    """
    file = project / "pyproject.toml"
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UsageFailed(f"{file} cannot be read: {error}.") from None


def _told(problems: Mapping[Target, str]) -> str:
    """Return one line about all that has failed, the same cause once."""
    causes: dict[str, list[Target]] = {}
    for target, problem in problems.items():
        cause = problem.removeprefix(": ").partition(", we can conclude")[0].rstrip(".")
        causes.setdefault(cause, []).append(target)
    parts = [f"{cause} (for {_named(targets)})" for cause, targets in causes.items()]
    return (
        f"There are not wheels for all computers, so nothing was downloaded: {'; '.join(parts)}."
        " Leave out --platform or --python, or the dependency."
    )


def _named(targets: Iterable[Target]) -> str:
    pythons: dict[str, list[str]] = {}
    for target in targets:
        pythons.setdefault(target.platform.name, []).append(target.python)
    return ", ".join(f"{name} {'/'.join(versions)}" for name, versions in pythons.items())
