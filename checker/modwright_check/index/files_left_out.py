"""Files in the source of a wheel's packages that are not in the wheel."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from modwright_check.index.evidence import Evidence
from modwright_check.wheel.build_exclusions import Exclusions

# What is there for those who work on the project.
FOR_TESTS = {"test", "tests", "_test", "_tests", "conftest.py"}


@dataclass(frozen=True)
class LeftOut:
    """A file that the wheel does not hold.

    Args:
        file: Relative to the project.
        in_wheel: Where the wheel would have it.
        in_package: Whether the folder that it lies in is a package.
    """

    file: PurePosixPath
    in_wheel: PurePosixPath
    in_package: bool


def left_out(evidence: Evidence, project: Path) -> list[LeftOut]:
    """Return the files in the project's packages that are not in the wheel, and not on purpose.

    Files of tests, hidden ones, and those that the build back end is told to exclude are left out
    on purpose. So are folders beside the packages, whatever they hold, and what git ignores; git
    is still to be asked.

    Args:
        evidence: All that is known of the project.
        project: Its folder.
    """
    site_packages = evidence.environment.site_packages
    exclusions = Exclusions(project, evidence.pyproject)
    return [
        each
        for each in _source_files(evidence, project)
        if not (site_packages / each.in_wheel).is_file()
        and not exclusions.excluded(each.file, each.in_wheel)
    ]


def package_folders(evidence: Evidence) -> dict[PurePosixPath, PurePosixPath]:
    """Return the folders of the wheel that are packages, each with its source in the project.

    Args:
        evidence: All that is known of the project.
    """
    folders = {}
    for module in evidence.modules:
        source = PurePosixPath(evidence.sources.in_project(module.path))
        is_package = module.path.name == "__init__.py"
        if is_package and evidence.project and (evidence.project / source).is_file():
            folders[module.path.parent] = source.parent
    return folders


def _source_files(evidence: Evidence, project: Path) -> Iterator[LeftOut]:
    packages = package_folders(evidence)
    for in_wheel, folder in packages.items():
        yield from _files(project, folder, in_wheel, packages.keys())


def _files(
    project: Path,
    folder: PurePosixPath,
    in_wheel: PurePosixPath,
    packages: Container[PurePosixPath],
) -> Iterator[LeftOut]:
    in_package = (project / folder / "__init__.py").is_file()
    for entry in sorted((project / folder).iterdir()):
        name = entry.name
        if name.startswith(".") or name in FOR_TESTS or name == "__pycache__":
            continue
        if entry.is_file():
            if not name.startswith("test_") and not name.endswith("_test.py"):
                yield LeftOut(folder / name, in_wheel / name, in_package)
        elif entry.is_dir() and in_wheel / name not in packages:
            yield from _files(project, folder / name, in_wheel / name, packages)
