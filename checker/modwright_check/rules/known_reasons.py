"""Hints that name the reason of a failed import, where its exception and the project tell it."""

import ast
import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import PurePosixPath

from packaging.utils import canonicalize_name

from modwright_check.index.evidence import Evidence
from modwright_check.index.files_left_out import left_out
from modwright_check.index.module_origins import Origins
from modwright_check.index.system_libraries import held_by_the_wheel, sought
from modwright_check.index.variables import variable_missed
from modwright_check.model.import_result import NO_ATTRIBUTE, Outcome
from modwright_check.model.module_names import is_of_tests, packages_around
from modwright_check.model.questions import IgnoredByGit
from modwright_check.rules.dependencies.messages import missing
from modwright_check.static.asks import asks
from modwright_check.static.definitions import definition
from modwright_check.static.for_types_only import names_for_types
from modwright_check.static.source import Source
from modwright_check.static.standard_library import availabilities
from modwright_check.wheel.modules import Module

_NO_METADATA = re.compile(r"(?:No package metadata was found for )?(?P<name>[\w.-]+)")
_NO_FILE = re.compile(r"No such file or directory: '(?P<file>[^']+)'")
_NO_NAME = re.compile(
    r"cannot import name '(?P<name>\w+)' "
    r"from (?:partially initialized module )?'(?P<module>[\w.]+)'"
)
_NO_GLOBAL = re.compile(r"name '(?P<name>\w+)' is not defined")
# How Cython says that an extension was built for another version of what it uses.
_OTHER_SIZE = re.compile(r"(?P<module>\w+)(?:\.\w+)* size changed, may indicate binary incompat")
_OPEN_BY_ITS_PATH = "Open {} by its path: the system does not look for libraries in packages."
_INSTALL = (
    "Ignore this if users install {} themselves; else use it in the function that needs it, and "
    "tell there how to get it."
)
# What describes a project to those who build it; its metadata is for those who install it.
_OF_THE_BUILD = {"pyproject.toml", "setup.cfg", "setup.py"}


def hint(outcome: Outcome, evidence: Evidence, origins: Origins) -> str | None:
    """Return what to do about a failed import; None where no reason is known.

    Args:
        outcome: What was seen of the import.
        evidence: All that is known of the project.
        origins: Where modules come from.
    """
    if library := sought(outcome, evidence):
        own = held_by_the_wheel(library, evidence)
        return _OPEN_BY_ITS_PATH.format(own) if own else _INSTALL.format(library)
    match outcome.error:
        case "EOFError" if place := evidence.at(outcome.frames):
            return _of_a_question(*place)
        case "PackageNotFoundError":
            found = _NO_METADATA.fullmatch(outcome.message)
            return _of_metadata(found["name"], evidence, origins) if found else None
        case "FileNotFoundError":
            found = _NO_FILE.search(outcome.message)
            return _of_a_file(PurePosixPath(found["file"]), evidence) if found else None
        case "ValueError":
            found = _OTHER_SIZE.match(outcome.message)
            return _of_a_build(found["module"], origins) if found else None
        case "ModuleNotFoundError" if outcome.missing:
            return _of_a_module(outcome.missing, outcome, evidence)
        case "KeyError" if variable := variable_missed(outcome, evidence):
            return f"Read {variable} in the function that needs it, or give it a default."
        case "NameError":
            found = _NO_GLOBAL.match(outcome.message)
            return _of_an_unbound_name(found["name"], outcome, evidence) if found else None
        case "ImportError":
            found = _NO_NAME.match(outcome.message)
        case "AttributeError":
            found = NO_ATTRIBUTE.search(outcome.message)
        case _:
            return None
    return _of_a_name(found["module"], found["name"], outcome, evidence) if found else None


def _of_a_question(source: Source, line: int) -> str | None:
    """Return what to do where an import asks, and nobody is there to answer."""
    there = source.at(line)
    if there is None or not asks(there[0]):
        return None
    return "Ask in a function: programs that import the module cannot answer."


def _of_metadata(name: str, evidence: Evidence, origins: Origins) -> str:
    """Return which distribution is meant by a name that none has."""
    own = evidence.about.name
    tops = {canonicalize_name(module.name.partition(".")[0]) for module in evidence.modules}
    if canonicalize_name(name) in tops:
        return f"Ask for the metadata of {own}: that is the name of the distribution."
    if others := origins.bringing(name):
        return f"Ask for the metadata of {others[0].title}: that distribution holds {name}."
    declared = missing(name, origins)
    if declared.code != "MW201" or name in evidence.pyproject.get("project", {}).get("name", ""):
        return declared.hint
    return (
        f"No distribution of this name is declared: add {name} to `dependencies`, or ask for the "
        f"metadata of {own}, if that is meant."
    )


def _of_a_build(module: str, origins: Origins) -> str | None:
    """Return that an extension and a library do not fit together."""
    library = next(iter(origins.bringing(module)), None)
    if library is None:
        return None
    return (
        f"Build the extension again for {library.title} {library.version}, which is installed, or "
        f"require the versions of {library.title} that it is built for."
    )


def _of_a_file(file: PurePosixPath, evidence: Evidence) -> str | None:
    """Return that a file of the project is not in the wheel, and what takes its place."""
    ours = next(_in_project(file, evidence), None)
    if ours is None:
        return None
    if ours.name in _OF_THE_BUILD:
        name = evidence.about.name
        return f'Ask `importlib.metadata`, as by version("{name}"): {ours} is not in the wheel.'
    if ours.suffix and any(ours.parent.parts == _inside(ours, each) for each in evidence.modules):
        if ours in _ignored_by_git(evidence):
            return f"Have git not ignore {ours}: so the build back end leaves it out of the wheel."
        return f"Configure the build back end to include {ours}: it is not in the wheel."
    return (
        f"Put {ours} into the package, and read it with `importlib.resources`: it is not in the "
        "wheel."
    )


def _ignored_by_git(evidence: Evidence) -> frozenset[PurePosixPath]:
    """Return the files that git is known to ignore, of those that the wheel lacks."""
    files = left_out(evidence, evidence.project) if evidence.project else ()
    question = IgnoredByGit(tuple(each.file for each in files))
    ignored: frozenset[PurePosixPath] = evidence.answers.known.get(question, frozenset())
    return ignored


def _inside(file: PurePosixPath, module: Module) -> tuple[str, ...]:
    """Return the folder of a module, as the project has it if a file lies in there."""
    folder = module.path.parent.parts
    return ("src", *folder) if file.parts[0] == "src" else folder


def _in_project(file: PurePosixPath, evidence: Evidence) -> Iterator[PurePosixPath]:
    """Yield the files of the project that a path ends with, the longest end first."""
    for length in range(len(file.parts), 0, -1):
        end = PurePosixPath(*file.parts[-length:])
        for folder in ("", "src"):
            ours = PurePosixPath(folder) / end
            if evidence.project and not ours.is_absolute() and (evidence.project / ours).is_file():
                yield ours


def _of_a_module(module: str, outcome: Outcome, evidence: Evidence) -> str | None:
    """Return that the wheel does not hold a module of the project's own, or what it has instead."""
    if not evidence.sources.answers_for(module) or module in evidence.names:
        return None
    package, _, name = module.rpartition(".")
    parts = (each.rpartition(".") for each in _possible(module, outcome, evidence))
    siblings = [own for around, _, own in parts if around == package]
    similar = get_close_matches(name, siblings, n=1)
    if similar:
        return f"Correct the name: {package} has {similar[0]}."
    return (
        f"Correct the name, or configure the build back end to include {module}: the wheel does "
        "not hold it."
    )


def _possible(module: str, outcome: Outcome, evidence: Evidence) -> frozenset[str]:
    """Return which modules an import can mean that fails.

    None means its own module, and what is imported from inside of a package lies in one.
    """
    file, line = evidence.blamed(outcome) or ("", 0)
    source = evidence.by_file.get(file)
    if source is None:
        return evidence.names
    inside = f"{module}."
    if any(each.line == line and each.module.startswith(inside) for each in source.imports):
        return frozenset(around for each in evidence.names for around in packages_around(each))
    return evidence.names - {source.module}


def _of_a_name(module: str, name: str, outcome: Outcome, evidence: Evidence) -> str | None:
    """Return where a name of the project is, what it is called instead, or that it is nowhere."""
    source = evidence.read.get(module)
    if source is None:
        return _of_the_standard_library(module, name)
    if source.walk is None:
        return None
    if package := _package_of(name, outcome, evidence):
        return f"Import {name} from {package}, where the module of this name lies."
    homes = [each.module for each in evidence.read.values() if definition(each, name)]
    if len(homes) == 1 and not is_of_tests(homes[0]):
        return f"Take {name} from {homes[0]}, which defines it."
    similar = get_close_matches(name, [each for each in source.definitions if each != name], n=1)
    if similar:
        return f"Correct the name: {module} has {similar[0]}."
    inside = f"{module}.{name}"
    if source.is_package and all(each.name != inside for each in evidence.modules):
        return (
            f"Define {name} in {module}, or correct the name; if it is a submodule, configure the "
            "build back end to include it: the wheel does not hold it."
        )
    return f"Define {name} in {module}, or correct the name."


def _of_the_standard_library(module: str, name: str) -> str | None:
    """Return which Python has removed a name of the standard library."""
    known = availabilities().get(f"{module}:{name}")
    if known is None or known.until is None:
        return None
    return (
        f"Replace it: Python 3.{known.until} has removed {module}.{name}; What's New in Python "
        f"3.{known.until} may say by what."
    )


def _package_of(name: str, outcome: Outcome, evidence: Evidence) -> str | None:
    """Return the package of the only module of a name, if that has any that the importer uses."""
    file, _ = evidence.blamed(outcome) or ("", 0)
    source = evidence.by_file.get(file)
    homes = [each for each in evidence.read.values() if each.module.endswith(f".{name}")]
    if source is None or source.tree is None or len(homes) != 1:
        return None
    used = {
        node.attr
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute)
        if isinstance(node.value, ast.Name) and node.value.id == name
    }
    return homes[0].module.rpartition(".")[0] if used & {*homes[0].definitions} else None


def _of_an_unbound_name(name: str, outcome: Outcome, evidence: Evidence) -> str | None:
    """Return that a module imports a name for type checkers alone, or where a library is there.

    It uses the name whenever it is run.
    """
    place = evidence.blamed(outcome)
    source = evidence.by_file.get(place[0]) if place else None
    if source is None:
        return None
    if name in names_for_types(source):
        advice = f"Import {name} outside of `if TYPE_CHECKING`"
    elif library := _optional(name, source):
        advice = f"Give {name} a value where {library} is missing, too"
    else:
        return None
    return (
        f"{advice}; of annotations alone, `from __future__ import annotations` at the beginning is "
        "enough."
    )


def _optional(name: str, source: Source) -> str | None:
    """Return the module that a name comes from by an import that may fail; None when by another."""
    found = [each for each in source.bindings if each.name == name]
    if any(each.certain or not each.imported for each in found):
        return None
    return next((each.origin[0] for each in found), None)
