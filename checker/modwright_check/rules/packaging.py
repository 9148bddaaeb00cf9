"""Files that are missing in the wheel, or should not be in it: MW402 to MW407."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from keyword import iskeyword
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from modwright_check.index.evidence import Evidence
from modwright_check.index.files_left_out import FOR_TESTS, LeftOut, left_out, package_folders
from modwright_check.index.hosts import Hosts
from modwright_check.index.module_origins import Origins
from modwright_check.model.codes import finding
from modwright_check.model.facts import Fact
from modwright_check.model.module_names import is_of_tests
from modwright_check.model.questions import IgnoredByGit
from modwright_check.model.report import Finding
from modwright_check.static.made_files import says_it_is_made
from modwright_check.wheel.extension_names import SUFFIXES

if TYPE_CHECKING:
    from modwright_check.wheel.modules import Module

_JOINED = frozenset({Fact.OF_PACKAGES_ALONE})  # as PEP 420 lets distributions share a folder
_TAKE_IT_IN = "Configure the build back end to include it, or exclude it explicitly."
# Sources of what is built, leftovers of builds and editors: no wheel holds them.
_NO_DATA = {
    *(".c", ".cc", ".cpp", ".cxx", ".h", ".hh", ".hpp", ".hxx", ".cu", ".s", ".asm", ".m", ".mm"),
    *(".pyx", ".pxd", ".pxi", ".pyf", ".rs", ".go", ".f", ".f77", ".f90", ".f95", ".for"),
    *(".in", ".src", ".tp", ".tmpl", ".y", ".l", ".g4", ".proto", ".i", ".def", ".inc", ".build"),
    *(*SUFFIXES, ".dll", ".dylib", ".o", ".a", ".lib", ".obj", ".pyc", ".pyo", ".cmake"),
    *(".orig", ".rej", ".bak", ".tmp", ".swp", ".log", ".lock", ".am", ".ac", ".sh", ".bat"),
    *(".md", ".rst"),
}
_NO_DATA_NAMES = {"makefile", "cmakelists.txt", "cargo.toml", "setup.py", "build", "license"}
_TYPED = "py.typed"
_PACKED = (".gz", ".bz2", ".xz", ".zst")
_OF_MODULES = {".py", ".pyi", ".pyc", *SUFFIXES}
# Names of modules that the build makes.
_MADE_NAMES = {"_version.py", "version.py", "__config__.py", "__version__.py", "_version_info.py"}
_TEMPLATES = (".in", ".tmpl", ".src", ".j2", ".jinja", ".mako", ".tp")


def questions(evidence: Evidence) -> Iterator[IgnoredByGit]:
    """Yield which files git ignores of those that only the project has, or only the wheel.

    Args:
        evidence: All that is known of the project.
    """
    if evidence.project:
        if missing := left_out(evidence, evidence.project):
            yield _ignored_of(each.file for each in missing)
        if places := _places_without_source(evidence, evidence.project):
            yield _ignored_of(places.values())


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Yield what is wrong with the content of the wheel.

    Args:
        evidence: All that is known of the project.
    """
    if evidence.project:
        files = left_out(evidence, evidence.project)
        ignored = _ignored((each.file for each in files), evidence)
        missing = [each for each in files if each.file not in ignored]
        yield from _modules(evidence, missing)
        yield from _ignored_modules(evidence, (each for each in files if each.file in ignored))
        yield from _data(evidence, missing)
        yield from _without_source(evidence, evidence.project)
        yield from _claimed(evidence)
    yield from _shared(evidence)
    yield from _without_init(evidence)


def _modules(evidence: Evidence, missing: Iterable[LeftOut]) -> Iterator[Finding]:
    """Yield modules of packages that the wheel does not hold.

    A folder without `__init__.py` may hold anything; its files are modules if some are imported.
    """
    for each in missing:
        name = _module_name(each.in_wheel)
        if name and (each.in_package or _is_imported(name, evidence)):
            yield _left_out(each, name, "is not in the wheel", _TAKE_IT_IN)


def _ignored_modules(evidence: Evidence, ignored: Iterable[LeftOut]) -> Iterator[Finding]:
    """Yield modules that git ignores, so that the wheel does not hold them, and that others need.

    A rule for what builds leave, such as `lib/`, holds for folders of that name in packages too.
    """
    for each in ignored:
        name = _module_name(each.in_wheel)
        if name and _is_needed(name, evidence):
            yield _left_out(
                each,
                name,
                "is not in the wheel, for git ignores it",
                "Have the rule in .gitignore not match it: `/lib/` is for the top folder only, and "
                "a rule that begins with ! makes an exception.",
            )


def _left_out(file: LeftOut, module: str, message: str, hint: str) -> Finding:
    return finding("MW403", module, f"{file.file} {message}", hint, file.file.as_posix())


def _data(evidence: Evidence, missing: Iterable[LeftOut]) -> Iterator[Finding]:
    """Yield data files that the wheel does not contain: each that code names, the rest by package.

    A folder that is asked for, and that the wheel does not hold at all, is told once.
    """
    groups: dict[tuple[PurePosixPath, tuple[Fact, ...]], list[LeftOut]] = defaultdict(list)
    asked = partial(_is_asked_for, texts=[source.text for source in evidence.read.values()])
    packages = package_folders(evidence)
    typed = {path.parent for path in evidence.files if path.name == _TYPED}
    for each in filter(_is_data, missing):
        path, folder = each.in_wheel, each.in_wheel.parent
        if _is_packed(evidence.environment.site_packages / path):
            continue
        if path.suffix == ".pyi" and typed.intersection(path.parents):
            groups[min(typed.intersection(path.parents)) / "*.pyi", ()].append(each)
        elif asked(path.name):
            groups[path, ()].append(each)
        elif asked(folder.name) and not (evidence.environment.site_packages / folder).exists():
            groups[folder, ()].append(each)
        else:
            package = next((one for one in path.parents if one in packages), folder)
            groups[package, (Fact.UNNAMED,)].append(each)
    for (place, facts), files in groups.items():
        more = (
            f", and {len(files) - 1} more data files of {place} are not either" if files[1:] else ""
        )
        yield finding(
            "MW404",
            "",
            f"{files[0].file} is not in the wheel{more}",
            _TAKE_IT_IN,
            files[0].file.as_posix(),
            facts=(*facts, Fact.TESTS) if is_of_tests(".".join(place.parts)) else facts,
        )


def _without_source(evidence: Evidence, project: Path) -> Iterator[Finding]:
    """Yield modules of the wheel that the project does not have, and that no build has made."""
    places = _places_without_source(evidence, project)
    ignored = _ignored(places.values(), evidence)
    for module, place in places.items():
        text = evidence.read[module.name].text
        if place not in ignored and not _is_made(text, project / place):
            yield finding(
                "MW405",
                module.name,
                "is in the wheel, but the project does not have its source",
                "Remove what the build takes it from: a setting, or what earlier builds have "
                "left, such as `build/` and `*.egg-info`.",
                evidence.read[module.name].file,
            )


def _places_without_source(evidence: Evidence, project: Path) -> dict["Module", PurePosixPath]:
    """Return modules of the wheel that the project does not have, and where they would lie.

    Where a package's source is not found at all, the build back end lays it elsewhere.
    """
    packages = package_folders(evidence)
    places = {}
    for module in evidence.modules:
        place = _place(module.path, packages)
        found = (project / evidence.sources.in_project(module.path)).is_file()
        if module.name in evidence.read and place and not found:
            places[module] = place
    return places


def _ignored_of(files: Iterable[PurePosixPath]) -> IgnoredByGit:
    return IgnoredByGit(tuple(files))


def _ignored(files: Iterable[PurePosixPath], evidence: Evidence) -> frozenset[PurePosixPath]:
    question = _ignored_of(files)
    return evidence.answers.to(question) if question.files else frozenset()


def _without_init(evidence: Evidence) -> Iterator[Finding]:
    """Yield folders inside regular packages that hold modules, and no `__init__.py`.

    A folder that holds other files as well, and that nobody imports from, is one of data.
    """
    packages = {
        module.path.parent for module in evidence.modules if _last(module.path) == "__init__"
    }
    folders: dict[PurePosixPath, list[Module]] = defaultdict(list)
    hidden = {module.path.with_suffix("") for module in evidence.modules}
    for module in evidence.modules:
        inside = (one for one in module.path.parents if one.parent in packages - {one})
        folder = next((one for one in inside if one not in packages), None)
        if folder in hidden:
            continue  # by the module of its name: MW312 tells of it
        if folder and module.path.suffix == ".py" and not set(folder.parts) & FOR_TESTS:
            folders[folder].append(module)
    hosts = evidence.index(Hosts) if folders else None
    shipped = frozenset({Fact.SHIPPED} if evidence.project is None else ())
    for folder, modules in folders.items():
        imported = any(_is_imported(module.name, evidence) for module in modules)
        run = map(hosts.of, modules) if hosts else ()
        if all(run) if imported else any(run):
            continue  # a program finds them by their path, and with one what lies beside it
        if imported or not _holds_data(evidence.environment.site_packages / folder):
            yield finding(
                "MW406",
                modules[0].name,
                f"the folder {folder} is in a package, but does not have an `__init__.py`",
                "Add an empty `__init__.py`: find_packages() and others skip a folder without.",
                evidence.sources.in_project(modules[0].path),
                facts=_JOINED if all(one.path.parent in packages for one in modules) else shipped,
            )


def _claimed(evidence: Evidence) -> Iterator[Finding]:
    """Yield each `__init__.py` of a folder that Ruff's settings call a namespace.

    No other setting says so to all build back ends; uv's own refuses to build such a wheel.
    """
    namespaces = _namespaces(evidence.pyproject)
    for module in evidence.modules:
        file = evidence.sources.in_project(module.path)
        if _last(module.path) == "__init__" and PurePosixPath(file).parent in namespaces:
            yield finding(
                "MW407",
                module.name,
                "is a namespace package of other distributions, but has an `__init__.py`",
                "Delete the file: it hides what other distributions install into the namespace.",
                file,
            )


def _shared(evidence: Evidence) -> Iterator[Finding]:
    """Yield each `__init__.py` of a folder that a dependency has a part in, and none of its own.

    One that extends its own path joins the parts: `pkgutil.extend_path`, `declare_namespace`.
    """
    origins = evidence.index(Origins)
    for name, source in evidence.read.items():
        if not source.is_package or "." in name or _joins_parts(source.text):
            continue
        others = [each for each in origins.bringing(name) if each.name in origins.declared.always]
        if others and not any(name in each.modules for each in others):
            yield finding(
                "MW407",
                name,
                f"{name} has an __init__.py, and {others[0].title} shares it as a namespace",
                "Remove the file: where the two lie in different folders, it hides the other.",
                source.file,
            )


def _joins_parts(text: str) -> bool:
    return "extend_path" in text or "declare_namespace" in text


def _namespaces(pyproject: Mapping[str, Any]) -> set[PurePosixPath]:
    setting: object = pyproject
    for key in ("tool", "ruff", "namespace-packages"):
        setting = setting.get(key) if isinstance(setting, Mapping) else None
    folders = setting if isinstance(setting, list) else []
    return {PurePosixPath(folder) for folder in folders if isinstance(folder, str)}


def _is_imported(module: str, evidence: Evidence) -> bool:
    return any(
        statement.may_name(module)
        for source in evidence.read.values()
        for statement in source.imports
    )


def _is_needed(module: str, evidence: Evidence) -> bool:
    """Return whether an import of a module, or of one inside it, runs in any case."""
    return any(
        statement.may_name(module) and statement.always_runs
        for source in evidence.read.values()
        for statement in source.imports
    )


def _is_asked_for(name: str, texts: Iterable[str]) -> bool:
    """Return whether some source names a file in a string, or type checkers look for it."""
    ends = [f"{before}{name}{after}" for before in "\"'/" for after in "\"'"]
    return name == _TYPED or any(end in text for text in texts for end in ends)


def _module_name(path: PurePosixPath) -> str | None:
    """Return the dotted name of a module; None when no import can name it."""
    parts = path.parent.parts if path.stem == "__init__" else (*path.parent.parts, path.stem)
    importable = path.suffix == ".py" and all(part.isidentifier() for part in parts)
    return ".".join(parts) if importable and not any(map(iskeyword, parts)) else None


def _is_data(file: LeftOut) -> bool:
    path = file.in_wheel
    built_from = path.suffix.lower() in _NO_DATA or path.name.lower() in _NO_DATA_NAMES
    return not built_from and path.suffix not in {"", ".py"} and not path.name.endswith("~")


def _place(
    path: PurePosixPath, packages: Mapping[PurePosixPath, PurePosixPath]
) -> PurePosixPath | None:
    """Return where the source of a module would lie, going by the packages around it."""
    for parent in path.parents:
        if parent in packages:
            return packages[parent] / path.relative_to(parent)
    return None


def _is_made(text: str, place: Path) -> bool:
    """Return whether a build makes a module: it says so, or its template lies in its place."""
    name = place.name
    template = any(place.with_name(f"{name}{end}").exists() for end in _TEMPLATES)
    return (
        says_it_is_made(text)
        or template
        or name in _MADE_NAMES
        or name.endswith(("_pb2.py", "_pb2_grpc.py"))
    )


def _is_packed(installed: Path) -> bool:
    """Return whether the build has put a file into the wheel in fewer bytes, as botocore's does."""
    return any(installed.with_name(f"{installed.name}{end}").exists() for end in _PACKED)


def _holds_data(folder: Path) -> bool:
    return any(
        file.suffix not in _OF_MODULES and file.name != _TYPED
        for file in folder.rglob("*")
        if file.is_file()
    )


def _last(path: PurePosixPath) -> str:
    return path.name.partition(".")[0]
