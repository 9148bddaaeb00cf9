"""File names that cannot be imported, differ only in case, or clash (MW313 to MW316, MW319)."""

import ast
import keyword
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from packaging.utils import canonicalize_name

from modwright_check.index.evidence import Evidence
from modwright_check.index.examples import strays
from modwright_check.index.plugins import is_found_by_its_place
from modwright_check.model.codes import finding
from modwright_check.model.facts import Fact
from modwright_check.model.module_names import is_of_tests
from modwright_check.model.report import Finding
from modwright_check.rules.empty_wheels import is_beside_modules, only_requires
from modwright_check.rules.platforms import claimed_systems
from modwright_check.static.names import makes_names
from modwright_check.static.reading import read_code
from modwright_check.static.source import Import, Source, Where
from modwright_check.wheel.extension_names import SUFFIXES

# Folders whose files are loaded by their paths: Django, Alembic, yoyo.
_LOADED_BY_PATH = {"migrations", "versions", "alembic"}
# Devices, whatever follows after a dot:
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_DEVICES = {"con", "prn", "aux", "nul"}.union(
    f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)
)
# A program makes such names, in the order in which it loads them: no import names them.
_STAMPED = re.compile(r"[0-9]{4}")
# Where a template has what its project is called: `{{ name }}.py`, `{{cookiecutter.name}}`.
_FILLED_IN = re.compile(r"\{.*\}")
_SEVERAL = 3  # a name or two may stand in a text for another reason
_TESTS = re.compile(r"^ *(?:async )?def test|\bTestCase\b", re.MULTILINE)
# In brackets, or on its line and the indented ones that follow.
_TOLD_OF = re.compile(r"^python_files[ \t]*=[ \t]*(\[[^\]]*\]|.*(?:\n[ \t]+.*)*)", re.MULTILINE)
_SETTINGS_OF_PYTEST = ("pyproject.toml", "pytest.ini", ".pytest.ini", "tox.ini", "setup.cfg")
_BY_ITSELF = "test_*.py *_test.py"
_LOADS = re.compile(r"import_module|__import__|spec_from_file|runpy|exec\(")
_LISTS = re.compile(r"\b(?:listdir|scandir|iterdir|i?glob|iter_modules|walk)\(")
# What many projects have beside their package. In site-packages there is one of each for all.
# fmt: off
_COMMON = frozenset({
    "benchmark", "benchmarks", "bin", "build", "ci", "common", "conf", "config", "conftest",
    "constants", "core", "data", "db", "dist", "doc", "docs", "etc", "example", "examples",
    "helper", "helpers", "lib", "libs", "logs", "main", "misc", "models", "notebooks",
    "python", "resources", "samples", "scripts", "settings", "setup", "shared", "src",
    "static", "templates", "test", "testing", "tests", "tools", "tutorials", "util", "utils",
})
# fmt: on


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Yield what is wrong with the names of a wheel's files, and with the case of imports."""
    files = evidence.files
    yield from _cannot_be_imported(files, evidence)
    yield from _differ_in_case(files, evidence)
    yield from _reserved(files, evidence)
    yield from _common(files, evidence)
    yield from _of_the_project(files, evidence)
    yield from _wrong_case(evidence)


def _cannot_be_imported(files: Iterable[PurePosixPath], evidence: Evidence) -> Iterator[Finding]:
    """Yield files and folders of code whose names no import statement can name (MW313).

    Not scripts, which are run by their paths, nor what is loaded by its path or by a name that
    is put together: migrations, commands that a framework finds, PyInstaller's hooks, files whose
    names begin with a date or a number of four digits, what lies beside a module that does so, or
    in a folder that one beside it lists, or beside several such files, and what lies in a package
    that such a name begins with; nor templates, whose names are filled in.
    """
    packages = {path.parent for path in files if path.name == "__init__.py"}
    by_name = _read_by_name(files, evidence)
    for path in files:
        is_folder = path.name == "__init__.py"
        name = path.parent.name if is_folder else path.name.removesuffix(".py")
        parent = path.parent.parent if is_folder else path.parent
        in_package = not parent.parts or parent in packages
        if path.suffix != ".py" or _can_be_imported(name) or not in_package:
            continue
        if _FILLED_IN.search(str(path)):
            continue
        if _LOADED_BY_PATH & set(path.parts) or _is_run_or_loaded(path, name, evidence):
            continue
        if not is_folder and path.parent in by_name:
            continue
        if _puts_names_together(".".join(parent.parts), evidence):
            continue
        yield finding(
            "MW313",
            ".".join(parent.parts),
            f"{'the folder ' if is_folder else ''}{path.parent.name if is_folder else path.name} "
            "cannot be imported: its name is not an identifier or is a keyword",
            "Rename it to an identifier that is not a keyword, or move it out of the package.",
            evidence.sources.in_project(path),
            facts={Fact.COLLECTED} if _is_collected(path, evidence) else (),
        )


def _is_collected(path: PurePosixPath, evidence: Evidence) -> bool:
    """Return whether a file holds tests, and pytest looks for files with such names.

    What it was told where a wheel was made is not known.
    """
    words = re.split(r"\W+", path.name.removesuffix(".py"))
    text = read_code(evidence.sources.installed(path)).decode("utf-8", "replace")
    if not any(map(is_of_tests, words)) or not _TESTS.search(text):
        return False
    return evidence.project is None or any(
        fnmatchcase(path.name, pattern) for pattern in _patterns(evidence.project)
    )


def _patterns(project: Path) -> Iterator[str]:
    """Yield the names of files that pytest looks for: what it is told, or else its own.

    https://docs.pytest.org/en/stable/reference/reference.html#confval-python_files
    """
    files = [project / name for name in _SETTINGS_OF_PYTEST]
    texts = [file.read_text("utf-8", "replace") for file in files if file.is_file()]
    told = [names for text in texts for names in _TOLD_OF.findall(text)]
    for names in told or [_BY_ITSELF]:
        yield from re.findall(r"[^\s\[\]\"',]+", names)


def _read_by_name(files: Iterable[PurePosixPath], evidence: Evidence) -> set[PurePosixPath]:
    """Return the folders of which modules name several files that no import can name.

    Whatever reads those finds the others there by names that users give it.
    """
    texts = [source.text for source in evidence.read.values()]
    named: Counter[PurePosixPath] = Counter()
    for path in files:
        name = path.name.removesuffix(".py")
        if path.suffix == ".py" and not _can_be_imported(name) and any(name in t for t in texts):
            named[path.parent] += 1
    return {folder for folder, count in named.items() if count >= _SEVERAL}


def _can_be_imported(name: str) -> bool:
    return name.isidentifier() and not keyword.iskeyword(name)


def _is_run_or_loaded(path: PurePosixPath, name: str, evidence: Evidence) -> bool:
    try:
        text = read_code(evidence.sources.installed(path)).decode("utf-8", "replace")
    except OSError:
        return True
    if text.startswith("#!") or "__main__" in text or _is_made_up(name):
        return True
    package = ".".join(path.parent.parts)
    if _is_found_by_its_place(f"{package}.{name}", text):
        return True
    return any(
        name in source.text
        or (source.package == package and _LOADS.search(source.text))
        or _loads_all_of(package, source)
        for source in evidence.read.values()
    )


def _is_found_by_its_place(name: str, text: str) -> bool:
    try:
        return is_found_by_its_place(name, ast.parse(text))
    except (SyntaxError, ValueError):
        return False


def _loads_all_of(package: str, source: Source) -> bool:
    """Return whether a module lists the files of a folder in its own package, and loads them."""
    around, _, folder = package.rpartition(".")
    return (
        source.package == around
        and _LOADS.search(source.text) is not None
        and _LISTS.search(source.text) is not None
        and re.search(rf"[\"'/]{re.escape(folder)}[\"'/]", source.text) is not None
    )


def _puts_names_together(package: str, evidence: Evidence) -> bool:
    """Return whether a module loads others by names that are put together behind a package's."""
    return any(
        begun in {package, package.removeprefix(f"{source.package}.")}
        for source in evidence.read.values()
        if source.tree and package and _LOADS.search(source.text)
        for node in ast.walk(source.tree)
        for begun in _begun(node)
    )


def _begun(node: ast.AST) -> Iterator[str]:
    """Yield the texts in a name by which a call loads a module, if it is put together."""
    match node:
        case ast.Call(ast.Name(called) | ast.Attribute(attr=called), [name, *_]):
            if called in {"import_module", "__import__"} and not isinstance(name, ast.Constant):
                for each in ast.walk(name):
                    if isinstance(each, ast.Constant) and isinstance(each.value, str):
                        yield each.value.removesuffix("%s").removesuffix("{}").strip(".")


def _is_made_up(name: str) -> bool:
    return name.startswith("hook-") or _STAMPED.match(name) is not None


def _differ_in_case(files: Iterable[PurePosixPath], evidence: Evidence) -> Iterator[Finding]:
    """Yield files and folders that are one and the same on Windows and macOS (MW314)."""
    by_folded: dict[str, set[PurePosixPath]] = defaultdict(set)
    for path in files:
        for each in (path, *path.parents[:-1]):
            by_folded[str(each).casefold()].add(each)
    for group in by_folded.values():
        first, *others = sorted(group)
        for other in others:
            if other.parent != first.parent:
                continue  # the folders are reported already
            file = evidence.sources.in_project(other)
            yield finding(
                "MW314",
                ".".join((*other.parent.parts, other.name.removesuffix(".py"))),
                f"{other} and {first} differ only in case: Windows and macOS keep only one of them",
                f"Rename {other.name}.",
                file,
            )


def _reserved(files: Iterable[PurePosixPath], evidence: Evidence) -> Iterator[Finding]:
    """Yield files and folders that Windows takes for devices (MW319).

    A project that is for other systems alone says so by its classifiers.
    """
    systems = claimed_systems(evidence)
    if systems and "windows" not in systems:
        return
    told: set[PurePosixPath] = set()
    for path in files:
        for each in (path, *path.parents[:-1]):
            if each.name.partition(".")[0].lower() in _DEVICES and each not in told:
                told.add(each)
                yield finding(
                    "MW319",
                    "",
                    f"{each} has the name of a device on Windows, where it cannot be installed",
                    "Rename it; a trailing underscore is enough.",
                    evidence.sources.in_project(path),
                    facts=() if systems else {Fact.UNCLAIMED},
                )


def _common(files: Iterable[PurePosixPath], evidence: Evidence) -> Iterator[Finding]:
    """Yield common names at the top of site-packages, where all projects meet (MW316).

    What has strayed there from the repository is told of by any name.
    """
    own = canonicalize_name(evidence.about.name).replace("-", "_")
    tops: dict[str, PurePosixPath] = {}
    modules = {module.name.partition(".")[0] for module in evidence.modules}
    for path in files:
        if len(path.parts) > 1 or path.suffix in {".py", *SUFFIXES}:
            name = path.parts[0] if len(path.parts) > 1 else path.name.partition(".")[0]
            tops.setdefault(name, path)
    common = _COMMON & tops.keys() - {own}
    for name in sorted(common | (evidence.index(strays) & tops.keys())):
        why = "a name that other distributions install too"
        if name not in common:
            why = "which the rest of it does not import"
        yield finding(
            "MW316",
            name if name in modules else "",
            f"the wheel installs a top-level {name}, {why}",
            "Move it into the package, or configure the build back end to exclude it.",
            evidence.sources.in_project(tops[name]),
        )


def _of_the_project(files: Iterable[PurePosixPath], evidence: Evidence) -> Iterator[Finding]:
    """Yield files at the top of site-packages that no module there can be meant to read (MW316)."""
    tops = {module.name.partition(".")[0] for module in evidence.modules}
    is_meant_so = bool(tops) or only_requires(evidence)
    for path in files if is_meant_so else ():  # else, the missing modules are MW402's matter
        if is_beside_modules(path) and path.name.partition(".")[0] not in tops:
            yield finding(
                "MW316",
                "",
                f"the wheel installs {path} at the top of site-packages, which all projects share",
                "Configure the build back end to exclude it; tools read the metadata instead.",
                evidence.sources.in_project(path),
            )


def _wrong_case(evidence: Evidence) -> Iterator[Finding]:
    """Yield imports that find their module only where case does not count (MW315)."""
    own = _Names(module.name for module in evidence.modules)
    site_packages = evidence.environment.site_packages
    others = _Names(_tops(site_packages) | evidence.standard.names)
    for source in evidence.read.values():
        for statement in source.imports:
            name = statement.module
            if statement.is_conditional or statement.where is Where.FOR_TYPES:
                continue
            top = name.partition(".")[0]
            right = own.otherwise(name) or (top not in own and others.otherwise(top))
            if right and (top in own or _leads_on(site_packages / right, name)):
                yield _spelt(source, statement, name, right)
            for inner in _submodules(statement, source, evidence):
                if right := own.otherwise(inner):
                    yield _spelt(source, statement, inner, right)


def _submodules(statement: Import, source: Source, evidence: Evidence) -> Iterator[str]:
    """Yield what `from package import names` can only mean as submodules of the project.

    Of a package that makes names as it runs, only the import that fails shows that it makes none.
    """
    package = evidence.read.get(statement.module)
    if package is None or not package.is_package:
        return
    if makes_names(package.text) and not _fails_at(statement, source, evidence):
        return
    if any("*" in each.names for each in package.imports):
        return
    bound = package.definitions
    yield from (f"{package.module}.{name}" for name in statement.names if name not in bound)


def _fails_at(statement: Import, source: Source, evidence: Evidence) -> bool:
    """Return whether a module does not import, and it is this statement that fails."""
    outcome = evidence.outcomes.get(source.module)
    place = evidence.blamed(outcome) if outcome and not outcome.loaded else None
    return place == (source.file, statement.line)


class _Names:
    """Names as they are spelt, and as they are spelt otherwise."""

    def __init__(self, names: Iterable[str]) -> None:
        self._exact: set[str] = set()
        for name in names:
            parts = name.split(".")
            self._exact.update(".".join(parts[:length]) for length in range(1, len(parts) + 1))
        self._folded: Mapping[str, str] = {name.casefold(): name for name in self._exact}

    def __contains__(self, name: str) -> bool:
        return name in self._exact

    def otherwise(self, name: str) -> str | None:
        """Return how a name is spelt, when it is there in another case only."""
        return None if name in self._exact else self._folded.get(name.casefold())


def _tops(site_packages: Path) -> frozenset[str]:
    """Return the names at the top of site-packages."""
    entries = site_packages.iterdir() if site_packages.is_dir() else ()
    return frozenset(entry.name.partition(".")[0] for entry in entries if _holds_code(entry))


def _leads_on(package: Path, name: str) -> bool:
    """Return whether a package has what is imported from inside it, in whatever case.

    Args:
        package: Its folder; what has none is taken at its word.
        name: What is imported, the package's name first.
    """
    folders = [package] if package.is_dir() else []
    for part in name.casefold().split(".")[1:] if folders else ():
        entries = [entry for folder in folders for entry in folder.iterdir()]
        found = [each for each in entries if each.name.partition(".")[0].casefold() == part]
        if not any(map(_holds_code, found)):
            return False
        folders = [each for each in found if each.is_dir()]
    return True


def _holds_code(entry: Path) -> bool:
    return entry.suffix in {".py", *SUFFIXES} or (
        entry.is_dir() and "." not in entry.name and entry.name != "__pycache__"
    )


def _spelt(source: Source, statement: Import, name: str, right: str) -> Finding:
    return finding(
        "MW315",
        source.module,
        f"imports {name}, but the module's name is {right}",
        f"Write {right}: imports tell upper and lower case apart on every system (PEP 235).",
        source.file,
        statement.line,
    )
