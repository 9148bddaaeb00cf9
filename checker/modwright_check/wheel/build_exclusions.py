"""Files that the settings of the build back end exclude from the wheel."""

import ast
import configparser
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import Any

# Tables of pyproject.toml, and the keys in them that hold patterns of files or packages.
_SETTINGS = (
    ("tool.hatch.build", "exclude"),
    ("tool.hatch.build.targets.wheel", "exclude"),
    ("tool.hatch.build.targets.sdist", "exclude"),
    ("tool.setuptools.packages.find", "exclude"),
    ("tool.uv.build-backend", "source-exclude"),
    ("tool.uv.build-backend", "wheel-exclude"),
    ("tool.poetry", "exclude"),
    ("tool.flit.sdist", "exclude"),
    ("tool.pdm.build", "excludes"),
    ("tool.scikit-build.sdist", "exclude"),
    ("tool.scikit-build.wheel", "exclude"),
    ("tool.maturin", "exclude"),
)
# Lines of MANIFEST.in, and how many words of them stand before the patterns.
_MANIFEST = {"exclude": 1, "global-exclude": 1, "prune": 1, "recursive-exclude": 2}


class Exclusions:
    """What a project keeps out of its wheel on purpose.

    Args:
        project: Its folder.
        pyproject: The content of its pyproject.toml.
    """

    def __init__(self, project: Path, pyproject: Mapping[str, Any]) -> None:
        self._project = project
        found = (_in_pyproject(pyproject), _in_setup_files(project), _in_manifest(project))
        self._patterns = {_normal(pattern) for each in found for pattern in each}

    def excluded(self, file: PurePosixPath, in_wheel: PurePosixPath) -> bool:
        """Return whether a file, or a folder around it, fits one of the project's patterns.

        Args:
            file: Relative to the project.
            in_wheel: Where the wheel would have it.
        """
        paths = {str(part) for path in (file, in_wheel) for part in (path, *path.parents)}
        names = {*file.parts, *(path.replace("/", ".") for path in paths)}
        return any(fnmatchcase(one, pattern) for one in paths | names for pattern in self._patterns)


def _normal(pattern: str) -> str:
    """Return a pattern of whatever dialect as one for fnmatch, whose `*` goes across folders."""
    return pattern.strip().removeprefix("./").strip("/").replace("**/", "*").replace("/**", "/*")


def _in_pyproject(pyproject: Mapping[str, Any]) -> Iterator[str]:
    for name, key in _SETTINGS:
        table: object = pyproject
        for part in name.split("."):
            table = table.get(part) if isinstance(table, Mapping) else None
        patterns = table.get(key) if isinstance(table, Mapping) else None
        for pattern in patterns if isinstance(patterns, list) else ():
            # In maturin's settings it may be {path = "…", format = "sdist"}.
            path = pattern.get("path") if isinstance(pattern, Mapping) else pattern
            if isinstance(path, str):
                yield path
    tool = pyproject.get("tool")
    setuptools = tool.get("setuptools") if isinstance(tool, Mapping) else None
    data = setuptools.get("exclude-package-data") if isinstance(setuptools, Mapping) else None
    for patterns in data.values() if isinstance(data, Mapping) else ():
        yield from (each for each in patterns if isinstance(each, str))


def _in_setup_files(project: Path) -> Iterator[str]:
    """Yield what setup.cfg and setup.py leave out, the latter as far as it is literal."""
    settings = configparser.ConfigParser(interpolation=None)
    try:
        settings.read(project / "setup.cfg", encoding="utf-8")
    except (configparser.Error, UnicodeDecodeError):
        settings.clear()
    for section in filter(lambda name: name.startswith("options."), settings.sections()):
        for key, value in settings[section].items():
            if key == "exclude" or section == "options.exclude_package_data":
                yield from value.replace(",", " ").split()
    try:
        tree = ast.parse((project / "setup.py").read_bytes())
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg in {"exclude", "exclude_package_data"}:
            for part in ast.walk(node.value):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value


def _in_manifest(project: Path) -> Iterator[str]:
    try:
        lines = (project / "MANIFEST.in").read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return
    for line in lines:
        words = line.split()
        if words and words[0] in _MANIFEST:
            folder = f"{words[1]}/" if words[0] == "recursive-exclude" and len(words) > 1 else ""
            yield from (
                f"{folder}*{word}" if folder else word for word in words[_MANIFEST[words[0]] :]
            )
