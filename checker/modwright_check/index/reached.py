"""The modules that a change reaches: those that have changed, and all that import them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from modwright_check.index.evidence import Evidence
from modwright_check.model.module_names import is_of_tests, with_packages
from modwright_check.static.source import Source

_QUOTED = re.compile(r"[\"']([\w.]+)[\"':]")  # the module of "pkg.backends.redis:Backend"


def reached(changed: Iterable[PurePosixPath], evidence: Evidence) -> frozenset[str] | None:
    """Return the modules whose findings a change may have changed.

    An import in a function or for type checkers counts as any other, and so does a name in a text.
    A module imports the packages around it, and around what it imports. Files in a package that are
    no modules of the wheel, data or a module that is gone, are part of all modules of the package.

    Args:
        changed: Files of the project, relative to its folder.
        evidence: What is known before the imports.

    Returns:
        Their names; None for all, when a file has changed that is neither in a package nor a test.
    """
    begin: set[str] = set()
    packages = {
        str(PurePosixPath(evidence.sources.in_project(module.path)).parent): module.name
        for module in evidence.modules
        if module.path.name.startswith("__init__.")
    }
    for file in changed:
        if module := evidence.names_by_file.get(str(file)):
            begin.add(module)
        elif package := _package(file, packages):
            begin.update(each for each in evidence.names if f"{each}.".startswith(f"{package}."))
        elif not _is_test(file):
            return None
    return _closure(begin, _importing(evidence.read))


def _package(file: PurePosixPath, packages: Mapping[str, str]) -> str | None:
    """Return the innermost package that a file lies in."""
    around = (packages.get(str(folder)) for folder in file.parents)
    return next(filter(None, around), None)


def _is_test(file: PurePosixPath) -> bool:
    """Return whether a file is one of tests, which no wheel is made of."""
    return file.suffix == ".py" and is_of_tests(".".join(file.with_suffix("").parts))


def _importing(read: Mapping[str, Source]) -> Mapping[str, set[str]]:
    """Return for each module those that may import it."""
    importing: dict[str, set[str]] = defaultdict(set)
    for name, source in read.items():
        for wanted in (name, *_wanted(source)):
            for part in with_packages(wanted):
                if part != name and part in read:
                    importing[part].add(name)
    return importing


def _wanted(source: Source) -> Iterator[str]:
    """Yield what a module names."""
    for statement in source.imports:
        yield statement.module
        yield from (f"{statement.module}.{name}" for name in statement.names)
    yield from _QUOTED.findall(source.text)


def _closure(begin: Iterable[str], ways: Mapping[str, set[str]]) -> frozenset[str]:
    found: set[str] = set()
    waiting = list(begin)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += ways.get(name, ())
    return frozenset(found)
