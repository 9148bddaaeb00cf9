"""A module in the place of another: of the standard library's, or of its own package (MW311-312).

A module named like one of the standard library is harmless as long as its folder is not on
sys.path: `pkg/types.py` and `pkg/logging.py` are common. It bites in a folder whose scripts are
run by their paths, and where somebody takes the one for the other.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import PurePosixPath

from modwright_check.index.evidence import Evidence
from modwright_check.model.codes import finding
from modwright_check.model.facts import Fact
from modwright_check.model.questions import HasAttributes
from modwright_check.model.report import Finding
from modwright_check.rules.by_path import invites, package_that_loads
from modwright_check.static.names import mentions
from modwright_check.static.script import acts
from modwright_check.static.source import Source, Where, read_source
from modwright_check.static.standard_library import availabilities
from modwright_check.static.standard_modules import StandardModules
from modwright_check.static.stdlib_usage import uses
from modwright_check.wheel.extension_names import SUFFIXES
from modwright_check.wheel.modules import Module

# Frozen into Python (3.11 on) or imported before any script: nothing on sys.path hides these, nor
# what is built in.
_FIRST = {"abc", "codecs", "encodings", "genericpath", "io", "ntpath", "os", "posixpath"}
_FIRST |= {"runpy", "site", "stat", "zipimport"}
_MISSES = re.compile(
    r"module '(?P<module>\w+)' has no attribute"
    r"|cannot import name '\w+' from (?:partially initialized module )?'(?P<source>\w+)'"
)
_RELATIVE = re.compile(r"^\s*from\s+\.", re.MULTILINE)


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Yield modules that hide, or are taken for, one of the standard library, or a package."""
    yield from _hidden_from_scripts(evidence)
    yield from _taken_for_neighbours(evidence)
    yield from _beside_packages(evidence)


def questions(evidence: Evidence) -> Iterator[HasAttributes]:
    """Ask whether the standard library has what is used of it and only a neighbour seems to have.

    Args:
        evidence: What is known of the project.
    """
    for source, name, neighbour, _ in _beside_neighbours(evidence):
        if unseen := _unseen(source, name, evidence.read[neighbour], evidence.standard):
            yield HasAttributes(name, tuple(unseen))


def _hidden_from_scripts(evidence: Evidence) -> Iterator[Finding]:
    """Yield modules that stand in a script's way to the standard library.

    A script is what nobody imports, nor does its package load it by its name. `python
    pkg/script.py` puts `pkg` first on sys.path, so `import random` in the script, or in anything
    that it imports, gets `pkg/random.py`.
    """
    neighbours = _standard_names(evidence)
    imported = evidence.importers
    told = set()
    first = _FIRST | evidence.standard.builtin
    for source in evidence.read.values():
        folder = _package(source)
        hidden = {name: module for name, module in neighbours[folder].items() if name not in first}
        hidden.pop(source.module.rpartition(".")[2], None)
        if not (folder and hidden and _runs_by_path(source)) or imported.get(source.module):
            continue
        if package_that_loads(source.module, evidence):
            continue
        for name, line in sorted(_reached(source, evidence.standard).items()):
            if name in hidden and hidden[name] not in told:
                told.add(hidden[name])
                yield _hides(
                    source, evidence.read[hidden[name]], name, line, invites(source, evidence)
                )


def _standard_names(evidence: Evidence) -> dict[str, dict[str, str]]:
    """Return by package its modules that are named like one of the standard library."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for module in evidence.read:
        package, _, name = module.rpartition(".")
        if name in evidence.standard.names and not name.startswith("__"):
            found[package][name] = module
    return found


def _package(source: Source) -> str:
    return source.module if source.is_package else source.module.rpartition(".")[0]


def _runs_by_path(source: Source) -> bool:
    """Return whether a module is a script that gets as far as its first import by path.

    A relative import fails before anything can be hidden.
    """
    if source.tree is None or source.is_package or source.module.endswith("__main__"):
        return False
    runs = source.main_guard or (source.text.startswith("#!") and acts(source.tree))
    return bool(runs) and not _RELATIVE.search(source.text)


def _reached(source: Source, standard: StandardModules) -> dict[str, int]:
    """Return the modules of the standard library that a script's imports reach, and from where."""
    reached: dict[str, int] = {}
    for statement in source.imports:
        top = statement.module.partition(".")[0]
        if statement.where is Where.AT_IMPORT and top in standard.names:
            for name in (top, *_behind(top, standard)):
                reached.setdefault(name, statement.line)
    return reached


def _behind(module: str, standard: StandardModules) -> set[str]:
    """Return what a module of the standard library imports, and what that imports."""
    first = _FIRST | standard.builtin
    found: set[str] = set()
    waiting = [module]
    while waiting:
        new = _imported_at_once(standard.tree(waiting.pop())) - found - first
        found |= new
        waiting += new
    return found


@cache
def _imported_at_once(tree: ast.Module) -> frozenset[str]:
    """Return the top-level modules that a module imports at its top."""
    names: set[str] = set()
    for node in tree.body:
        match node:
            case ast.Import(aliases):
                names.update(alias.name.partition(".")[0] for alias in aliases)
            case ast.ImportFrom(str(name), _, 0):
                names.add(name.partition(".")[0])
    return frozenset(names)


def _hides(script: Source, hiding: Source, name: str, line: int, facts: frozenset[Fact]) -> Finding:
    return finding(
        "MW311",
        hiding.module,
        f"hides {name} of the standard library when {script.file} is run by its path: the import "
        f"in line {line} of that file finds this one",
        f"Rename {hiding.file}, or run the script with `python -m {script.module}`.",
        hiding.file,
        1,
        facts=facts if Fact.UNINVITED in facts or not script.text.startswith("#!") else (),
    )


def _taken_for_neighbours(evidence: Evidence) -> Iterator[Finding]:
    """Yield imports that get the standard library's module where the neighbour is meant."""
    for source, name, neighbour, line in _beside_neighbours(evidence):
        unseen = _unseen(source, name, evidence.read[neighbour], evidence.standard)
        answers = evidence.answers.to(HasAttributes(name, tuple(unseen))).answers
        lacking = next((answer[1] for answer in answers if answer[0] == "lacks"), None)
        if lacking or _failed_for_want_of(name, source, evidence):
            yield _taken(source, name, neighbour, unseen[lacking] if lacking else line, lacking)


def _beside_neighbours(evidence: Evidence) -> Iterator[tuple[Source, str, str, int]]:
    """Yield imports of the standard library beside a neighbour of its name.

    Each with its module, what it imports, the neighbour and the line.
    """
    neighbours = _standard_names(evidence)
    for source in evidence.read.values():
        beside = neighbours[_package(source)]
        imported = {
            one.module: one.line
            for one in source.imports
            if one.module in beside and one.where is not Where.FOR_TYPES
        }
        for name, line in imported.items():
            if beside[name] != source.module:
                yield source, name, beside[name], line


def _unseen(
    source: Source, name: str, neighbour: Source, standard: StandardModules
) -> dict[str, int]:
    """Return what is used of a module, its neighbour has and it mentions nowhere, with the lines.

    It may have it all the same: what an extension brings, no source mentions.
    """
    wanted = {f"{name}:{defined}" for defined in neighbour.definitions}
    found: dict[str, int] = {}
    for use in uses(source, wanted):
        attribute = use.key.partition(":")[2]
        if not use.context.may_lack_names and not _mentions(name, attribute, standard):
            found.setdefault(attribute, use.line)
    return found


def _mentions(module: str, attribute: str, standard: StandardModules) -> bool:
    """Return whether a module of the standard library may have an attribute, by what is read."""
    if f"{module}:{attribute}" in availabilities():
        return True
    file = standard.file(module)
    return file is None or mentions(file, attribute)


def _failed_for_want_of(name: str, source: Source, evidence: Evidence) -> bool:
    outcome = evidence.outcomes.get(source.module)
    found = _MISSES.search(outcome.message) if outcome and not outcome.loaded else None
    place = evidence.blamed(outcome) if outcome else None
    return bool(found and place and name in found.groups() and place[0] == source.file)


def _taken(source: Source, name: str, neighbour: str, line: int, attribute: str | None) -> Finding:
    what = f", which has no {attribute}" if attribute else ""
    return finding(
        "MW311",
        source.module,
        f"imports {name} of the standard library{what}, not {neighbour}",
        f"Write `from {neighbour.rpartition('.')[0]} import {name}`, or rename {neighbour}.",
        source.file,
        line,
    )


def _beside_packages(evidence: Evidence) -> Iterator[Finding]:
    """Yield modules beside a folder of modules of the same name: one of the two is dead (MW312).

    A folder with `__init__.py` wins over the module; without, the module wins over the folder.
    An extension beside a module in Python is a fallback and no harm.
    """
    files = evidence.files
    inside = defaultdict[PurePosixPath, set[str]](set)
    for path in files:
        if path.suffix == ".py" or path.suffix in SUFFIXES:
            inside[path.parent].add(path.name)
    for path in files:
        folder = path.parent / path.name.partition(".")[0]
        if path.suffix not in {".py", *SUFFIXES} or not inside.get(folder):
            continue
        if not all(part.isidentifier() for part in folder.parts):
            continue  # no import can name either of them: both are there by their paths
        name = ".".join(folder.parts)
        place = f"{path} is beside the"
        if "__init__.py" not in inside[folder]:
            message = f"{place} folder {folder}/: the modules in {folder.name}/ are never imported"
            hint, facts = f"Move {path.name} into it as its `__init__.py`.", set[Fact]()
        elif _is_left_over(Module(name, path), evidence):
            message = f"{place} package {folder}/, which defines all that it does"
            hint, facts = f"Delete {path.name}, and build from a clean folder.", {Fact.GOES_ON}
        else:
            message = f"{place} package {folder}/: {path.name} is never imported"
            hint, facts = (
                f"Rename one of them, or move what {path.name} defines into the other.",
                set(),
            )
        file = evidence.sources.in_project(path)
        yield finding("MW312", name, message, hint, file, facts=facts)


def _is_left_over(dead: Module, evidence: Evidence) -> bool:
    """Return whether the package in its place has all that a module that is dead defines.

    An older build has left it, or a file was forgotten as the module became a package.
    """
    own, package = read_source(dead, evidence.sources), evidence.read.get(dead.name)
    defined = own.definitions.keys() if own else set[str]()
    return bool(defined) and package is not None and defined <= package.definitions.keys()
