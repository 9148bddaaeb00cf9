"""The modules that are programs: they are started, and nobody imports them for what they define."""

import ast
import re

from modwright_check.index.evidence import Evidence
from modwright_check.model.module_names import is_of_tests
from modwright_check.static.docstrings import docstring
from modwright_check.static.source import Source, Where
from modwright_check.static.started_files import started_files
from modwright_check.wheel.entry_point_groups import entry_point_groups
from modwright_check.wheel.entry_points import COMMANDS


def programs(evidence: Evidence) -> frozenset[str]:
    """Return each `__main__`, and what commands begin with, that no module imports at its import.

    So is a module with a main guard whose file another one starts: the project runs it by its path;
    and such a module that tells in its own text that it is started by `python -m`.
    What such a module does to its process is the program's own business. Other programs may import
    it, and tests.

    Args:
        evidence: All that is known of the project.
    """
    alone = {name for name, groups in _groups(evidence).items() if groups <= COMMANDS}
    begun = alone & evidence.read.keys()
    found = {name for name in evidence.read if name.rpartition(".")[2] == "__main__"}
    found |= begun | _run_by_path(evidence)
    found |= {name for name, source in evidence.read.items() if _says_how_it_is_run(source)}
    while imported := {name for name in found if _is_imported(name, found, evidence)}:
        found -= imported
    return frozenset(found)


def tells_to_run(text: str, module: str) -> bool:
    """Return whether a text tells people to run a module: `python -m module`.

    Args:
        text: Of a description or a docstring, say.
        module: Its dotted name; of a `__main__` that of its package.
    """
    said = rf"-m\s+{re.escape(module)}(?![\w.-])"
    return module in text and re.search(said, text) is not None


def is_recommended(program: str, source: Source, evidence: Evidence) -> bool:
    """Return whether the project's description, or the docstring, says `python -m program`.

    Args:
        program: The dotted name.
        source: Of the module.
        evidence: All that is known of the project.
    """
    own = docstring(source)
    return any(tells_to_run(text, program) for text in (evidence.about.description or "", own))


def _groups(evidence: Evidence) -> dict[str, set[str]]:
    return entry_point_groups(str(evidence.about.name), evidence.environment.site_packages)


def with_their_modules(found: frozenset[str], evidence: Evidence) -> frozenset[str]:
    """Return programs, and the modules that nothing but these programs imports.

    That is so only where the package leads elsewhere: if it leads nowhere, users import each of
    its modules themselves. A package inside it is theirs if all that it holds is.

    Args:
        found: The programs.
        evidence: All that is known of the project.
    """
    packages = {name for name, source in evidence.read.items() if source.is_package}
    tops = {name for name in packages if "." not in name}
    fronted = {
        name.partition(".")[0]
        for name, group in evidence.importers.items()
        if name not in found and any(each.source.module in tops for each in group)
    }
    candidates = {name for name in evidence.read if name.partition(".")[0] in fronted} - tops
    theirs = set(found)
    while more := {name for name in candidates - theirs if _is_theirs(name, theirs, evidence)}:
        theirs |= more
    return frozenset(theirs)


def _is_theirs(module: str, programs: set[str], evidence: Evidence) -> bool:
    prefix = f"{module}."
    importers = {each.source.module for each in evidence.importers.get(module, ())}
    outside = {name for name in importers if not name.startswith(prefix)}
    if not all(each in programs or is_of_tests(each) for each in outside):
        return False
    named = {name for name in evidence.names if name.startswith(prefix)}
    inside = {name for name in named if not _is_empty(evidence.read.get(name))}
    return bool(outside or inside) and inside <= programs


def _is_empty(source: Source | None) -> bool:
    """Return whether a module holds nothing but comments and texts, as that of a folder of data."""
    body = source.tree.body if source and source.tree else None
    return body is not None and all(
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) for node in body
    )


def _run_by_path(evidence: Evidence) -> set[str]:
    sources = {name: each for name, each in evidence.read.items() if not is_of_tests(name)}
    files = {
        name: name.rpartition(".")[2]
        for name, source in sources.items()
        if source.main_guard is not None
    }
    started = started_files(sources.values(), {*files.values()} - {"__main__"})
    return {name for name, file in files.items() if file in started}


def _says_how_it_is_run(source: Source) -> bool:
    return source.main_guard is not None and tells_to_run(source.text, source.module)


def _is_imported(module: str, programs: set[str], evidence: Evidence) -> bool:
    """Return whether others than programs import a module, or what lies in it.

    A package that lies in another one is loaded by its own modules as well: these do not count.
    """
    is_inside_another = evidence.read[module].is_package and "." in module
    inside = f"{module}." if is_inside_another else None
    names = [module, *(name for name in evidence.importers if inside and name.startswith(inside))]
    return any(
        each.statement.where is Where.AT_IMPORT
        and not each.statement.main
        and each.source.module not in programs
        and not (inside and each.source.module.startswith(inside))
        and not is_of_tests(each.source.module)
        for name in names
        for each in evidence.importers.get(name, ())
    )


def loaded_by_setuptools(evidence: Evidence) -> frozenset[str]:
    """Return the modules that setuptools loads by entry points: there, distutils is its own.

    Args:
        evidence: All that is known of the project.
    """
    asking = {"setuptools", "distutils", "egg_info"}
    return frozenset(
        module
        for module, names in _groups(evidence).items()
        if any(name.partition(".")[0] in asking for name in names)
    )
