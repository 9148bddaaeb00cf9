"""Why a build back end has failed: what its output says, and what the project shows of it."""

import os
import re
import tarfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

# The last line of a traceback, or what compilers and setuptools write.
_ERROR = re.compile(r"^(?:(?:\w+\.)*\w*(?:Error|Exception)|.*\berror)\b: .+", re.MULTILINE)
# What gcc and clang say, with the place, before setuptools repeats their command line.
_OF_COMPILER = re.compile(r"^[^\s:][^:\n]*:\d+:(?:\d+:)? (?:fatal )?error: .+", re.MULTILINE)
# How whoever has called the program that has failed says that, and no more.
_OF_CALLER = re.compile(r"non-zero exit|exit (?:code|status)|failed with code")
# How Python, compilers, Cython, CMake, ninja and build back ends say that a file is not there.
_NO_FILE = re.compile(
    r"No such file|not found|not exist|no such|Cannot (?:open|find)|doesn't match any|missing",
    re.IGNORECASE,
)
_PATH = re.compile(r"[\w./\\+-]*\w")
_NO_MODULE = re.compile(r"ModuleNotFoundError: No module named '([\w.]+)'")
# What a project holds besides its source.
_PASSED_OVER = {"build", "dist", "node_modules", "__pycache__"}


def last_words(said: str) -> str:
    """Return the line in which a build back end says why it has failed, if it does.

    Args:
        said: What it has written.
    """
    errors: list[str] = _OF_COMPILER.findall(said)[:1] or _ERROR.findall(said)
    errors = [error for error in errors if not _OF_CALLER.search(error)] or errors
    lines = [line.strip() for line in said.splitlines() if not line.startswith("Building ")]
    return (errors or [line for line in lines if line] or [""])[-1]


def reason(said: str, project: Path, built: Path) -> str:
    """Return why a project's wheel cannot be built, in one line.

    Args:
        said: What the build back end has written.
        project: The folder.
        built: Where its source distribution lies, if that could be built.
    """
    words = last_words(said)
    lines = [words, *(line for line in said.splitlines() if _NO_FILE.search(line))]
    if lacking := next(_lacking(filter(_NO_FILE.search, lines), project, built), None):
        return (
            f"the source distribution lacks {lacking}, which the build needs. Have the build back "
            "end take it in (setuptools: `include` in MANIFEST.in)"
        )
    if missing := _NO_MODULE.match(words):
        return f"{words}. {_unimported(missing[1], project)}"
    return words


def _lacking(lines: Iterable[str], project: Path, built: Path) -> Iterator[PurePosixPath]:
    """Yield the files of a project that such lines name and its source distribution lacks."""
    sdist = next(built.glob("*.tar.gz"), None)
    if sdist is None:
        return
    held, files = _held(sdist), list(_files(project))
    for line in lines:
        for name in _PATH.findall(line):
            asked = PurePosixPath(name.replace("\\", "/"))
            ours = next((each for each in files if _is_end(asked, each)), None)
            if ours and not any(_is_end(each, ours) for each in held):
                yield ours


def _is_end(path: PurePosixPath, other: PurePosixPath) -> bool:
    """Return whether one of two paths ends with the other."""
    length = min(len(path.parts), len(other.parts))
    return path.parts[-length:] == other.parts[-length:]


def _files(project: Path) -> Iterator[PurePosixPath]:
    for folder, folders, names in os.walk(project):
        folders[:] = sorted(
            each for each in folders if not each.startswith(".") and each not in _PASSED_OVER
        )
        yield from (
            PurePosixPath(Path(folder, name).relative_to(project)) for name in sorted(names)
        )


def _held(sdist: Path) -> list[PurePosixPath]:
    with tarfile.open(sdist) as archive:
        return [PurePosixPath(name) for name in archive.getnames()]


def _unimported(module: str, project: Path) -> str:
    """Return why a build does not find a module: it runs apart, in an environment of its own."""
    top = module.partition(".")[0]
    if (project / f"{top}.py").exists() or (project / top).is_dir():
        return (
            f"A build does not look into the project's folder for {top}: say so by `backend-path` "
            "in [build-system], or read what is needed without importing it"
        )
    return (
        "A build has only what `requires` in [build-system] of pyproject.toml names: add what "
        f"brings {top}"
    )
