"""Does it work? Every module of the project is imported, the first test and modwright are run."""

import json
import os
import shutil
import sys
from pathlib import Path

from .editable import sources
from .programs import Failed, run
from .unpacking import Folders

SECONDS = 120  # for each of them, on a slow computer with a scanner of viruses

# Imports the modules that it is given, and writes what failed as JSON, whatever a module prints.
_IMPORTING = """
import importlib, json, os, sys
kept = os.dup(1)
os.dup2(2, 1)
failed = {}
for name in sys.argv[1:]:
    try:
        importlib.import_module(name)
    except BaseException as error:
        failed[name] = f"{type(error).__name__}: {error}"
os.write(kept, json.dumps(failed).encode())
os._exit(0)
"""
# Runs the first test that is found.
_TESTING = """
import sys, pytest
class First:
    def pytest_collection_modifyitems(self, items):
        del items[1:]
sys.exit(pytest.main(["-q", "-p", "no:cacheprovider", sys.argv[1]], plugins=[First()]))
"""
_NOT_ITS_OWN = {"tests", "test", "docs", "examples"}
_OF_IMPORTS = "test_imports.py"  # of our template: it passes in a course where nothing is solved


def import_all(project: Path, folders: Folders) -> dict[str, str]:
    """Import every module of a project, but for programs; return those that fail, and why."""
    names = modules_of(project)
    try:
        return _imported(names, project, folders)
    except Failed:  # one has ended Python for all of them
        for name in names:
            try:
                _imported([name], project, folders)
            except Failed as error:
                return {name: f"it ends Python, {error}"}
    return {}


def _imported(names: list[str], project: Path, folders: Folders) -> dict[str, str]:
    said = run([folders.python, "-I", "-c", _IMPORTING, *names], project, SECONDS)
    try:
        failed: dict[str, str] = json.loads(said)
    except ValueError:
        raise Failed("and says nothing") from None
    return failed


def modules_of(project: Path) -> list[str]:
    """Return the dotted names of a project's modules, packages first.

    Without a folder `src` they are those of the packages that lie in the project, and of the module
    that is called as the project is: other files there may be programs.
    """
    folder = sources(project)
    tops = sorted(folder.iterdir())
    if folder == project:
        tops = [top for top in tops if _is_its_own(top, project)]
    files = (file for top in tops for file in ([top] if top.is_file() else top.rglob("*.py")))
    names = (_dotted(file.relative_to(folder)) for file in files if file.suffix == ".py")
    return sorted({name for name in names if name})


def _is_its_own(top: Path, project: Path) -> bool:
    if top.is_file():
        return top.stem == project.name.replace("-", "_")
    return (top / "__init__.py").is_file() and top.name not in _NOT_ITS_OWN


def _dotted(path: Path) -> str:
    """Return the name that a file is imported by; nothing for a program, or where there is none."""
    parts = path.with_suffix("").parts
    if parts[-1] == "__init__":
        parts = parts[:-1]
    importable = parts and parts[-1] != "__main__" and all(map(str.isidentifier, parts))
    return ".".join(parts) if importable else ""


def first_test(project: Path, folders: Folders) -> str:
    """Run the first test; return what was wrong, or nothing."""
    tests: list[Path] = sorted((project / "tests").rglob("test_*.py"))
    tests.sort(key=lambda test: test.name != _OF_IMPORTS)
    if not tests:
        return ""
    try:
        run([folders.python, "-I", "-c", _TESTING, tests[0]], project, SECONDS)
    except Failed as error:
        return str(error)
    return ""


def has_modwright(folders: Folders) -> bool:
    """Return whether modwright runs."""
    return _says([folders.python, "-I", "-m", "modwright", "--version"])


def has_compiler() -> bool:
    """Return whether there is a C compiler, as far as this is to be told without using it."""
    if sys.platform == "darwin":  # whose cc asks a person to install it, when it is not there
        return _says(["xcode-select", "-p"])
    if sys.platform == "win32":
        programs = os.environ.get("PROGRAMFILES(X86)", "")
        finder = Path(programs, "Microsoft Visual Studio", "Installer", "vswhere.exe")
        tools = "Microsoft.VisualStudio.Component.VC.Tools.x86.x64"
        found = ["-products", "*", "-requires", tools, "-property", "installationPath"]
        return bool(shutil.which("cl")) or _says([finder, *found])
    return any(map(shutil.which, ("cc", "gcc", "clang")))


def _says(command: list[str | Path]) -> bool:
    """Return whether a program ends well and has something to say."""
    try:
        return bool(run(command, Path.home(), SECONDS).strip())
    except Failed:
        return False
