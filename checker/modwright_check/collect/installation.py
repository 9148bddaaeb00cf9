"""A wheel, built if need be, and installed with what it depends on in an environment of its own."""

from dataclasses import dataclass
from pathlib import Path
from shutil import disk_usage

from packaging.metadata import Metadata

from modwright_check.collect.matrix import Variant
from modwright_check.config.configuration import Configuration
from modwright_check.model.environment import Environment
from modwright_check.model.errors import EnvironmentFailed
from modwright_check.model.options import Resolution
from modwright_check.model.python_versions import OLDEST, minor_of
from modwright_check.model.report import Progress
from modwright_check.run.environment import build_wheel, create_environment, install_wheel
from modwright_check.wheel.modules import unpacked_size, wheel_modules
from modwright_check.wheel.project import Project, read_metadata
from modwright_check.wheel.source_map import SourceMap


@dataclass(frozen=True)
class Installation:
    """A wheel that is installed.

    Args:
        environment: Where.
        wheel: The file.
        about: Its core metadata.
        sources: Where its files lie.
    """

    environment: Environment
    wheel: Path
    about: Metadata
    sources: SourceMap


def install(
    project: Project,
    variant: Variant,
    folder: Path,
    *,
    configuration: Configuration,
    progress: Progress,
    first: Installation | None = None,
) -> Installation:
    """Install a project's wheel in a clean environment.

    Args:
        project: What is checked.
        variant: In which environment.
        folder: Where to create it; it must not exist.
        configuration: The project's.
        progress: Told what is being done.
        first: The installation whose wheel will do, if it fits.

    Raises:
        EnvironmentFailed: The wheel or the environment cannot be built.
    """
    folder.mkdir()
    where = f" {variant.difference}" if variant.difference else ""
    progress(f"creating a clean environment{where}", "")
    environment = create_environment(folder / "environment", variant.pythons)
    if minor_of(environment.version) < OLDEST:
        raise EnvironmentFailed(
            f"Python {environment.version} is too old: modwright imports modules on Python "
            f"3.{OLDEST} and newer."
        )
    wheel = first.wheel if first else project.wheel
    if wheel is None or (variant.rebuilt and project.folder and not _fits_every_python(wheel)):
        assert project.folder  # noqa: S101 (there is a folder or a wheel)
        progress(f"building the wheel{where}", "")
        wheel = build_wheel(project.folder, environment, folder / "wheel", configuration)
    about = read_metadata(wheel)
    _demand_room(wheel, folder)
    progress(f"installing the wheel{where}", "")
    install_wheel(
        environment,
        wheel,
        project.folder or wheel.parent,
        extra=variant.extra,
        resolution=variant.resolution,
        directly=_direct(about, variant.resolution),
        configuration=configuration,
    )
    sources = SourceMap(project.folder, environment.site_packages, tuple(wheel_modules(wheel)))
    return Installation(environment, wheel, about, sources)


def _demand_room(wheel: Path, folder: Path) -> None:
    """Refuse a wheel that would fill the disk: a zip file can hold a thousand times its size."""
    needed, free = unpacked_size(wheel), disk_usage(folder).free
    if needed > free:
        raise EnvironmentFailed(
            f"{wheel.name} takes {needed >> 20} MB once it is installed, and {folder.parent} has "
            f"{free >> 20} MB left."
        )


def _fits_every_python(wheel: Path) -> bool:
    return wheel.name.endswith("-none-any.whl")


def _direct(about: Metadata, resolution: Resolution) -> list[str]:
    """Return what counts as a direct requirement besides the wheel, which to uv is the only one."""
    if resolution is not Resolution.LOWEST_DIRECT:
        return []
    required = about.requires_dist or ()
    return [str(each) for each in required if "extra" not in str(each.marker)]
