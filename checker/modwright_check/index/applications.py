"""Projects that are nothing but their commands: users start these, and import nothing."""

import ast
import re

from modwright_check.index.evidence import Evidence
from modwright_check.index.programs import programs
from modwright_check.index.reach import Reach
from modwright_check.model.module_names import is_of_tests
from modwright_check.wheel.entry_point_groups import command_names, entry_point_groups
from modwright_check.wheel.entry_points import COMMANDS


def of_an_application(evidence: Evidence) -> frozenset[str]:
    """Return the modules of a project that is an application; none of one that is a library too.

    An application says what it is in its description, which speaks of a command and shows no import
    of it. It offers commands alone, these lead to most of its modules, and its package hands
    nothing on. What it does to its process is the program's own business, in whichever module.
    So may be one of several top-level packages, which the others do not import, save programs.
    A project that names end users as its audience, and no one else, has said so in as many words.

    Args:
        evidence: All that is known of the project.
    """
    tops = {name.partition(".")[0] for name in evidence.read}
    alone = [{top} for top in tops if not _is_imported_by_others(top, evidence)]
    for part in (tops, *(alone if len(tops) > 1 else ())):
        if _is_an_application(part, evidence):
            return frozenset(name for name in evidence.read if name.partition(".")[0] in part)
    return frozenset()


def _is_an_application(tops: set[str], evidence: Evidence) -> bool:
    groups = entry_point_groups(str(evidence.about.name), evidence.environment.site_packages)
    groups = {name: found for name, found in groups.items() if name.partition(".")[0] in tops}
    begun = groups.keys() & evidence.read.keys()
    if not begun or not all(found <= COMMANDS for found in groups.values()):
        return False
    if _is_shown(tops, evidence):
        return False
    if _is_for_end_users(evidence):
        return True
    if any(_hands_on(top, evidence) for top in tops - begun):
        return False
    run = evidence.index(Reach).led_to_by({*begun, *evidence.index(programs)})
    substance = {name for name in evidence.substance if name.partition(".")[0] in tops}
    return 2 * len(run & substance) > len(substance)


def _is_imported_by_others(top: str, evidence: Evidence) -> bool:
    """Return whether modules of other top-level packages import something of one, save programs."""
    others = {
        each.source.module
        for name, group in evidence.importers.items()
        if name.partition(".")[0] == top
        for each in group
        if each.source.module.partition(".")[0] != top and not is_of_tests(each.source.module)
    }
    return not others <= evidence.index(programs)


def _is_shown(tops: set[str], evidence: Evidence) -> bool:
    """Return whether a description shows how to import something, or speaks of no command."""
    text = evidence.about.description or ""
    imported = re.compile(rf"\b(?:import|from)\s+(?:{'|'.join(map(re.escape, tops))})\b")
    commands = command_names(str(evidence.about.name), evidence.environment.site_packages)
    return imported.search(text) is not None or not any(name in text for name in commands)


def _is_for_end_users(evidence: Evidence) -> bool:
    """Return whether a project says by its classifiers that it is for end users alone."""
    audiences = {
        each for each in evidence.about.classifiers or () if each.startswith("Intended Audience ::")
    }
    return audiences == {"Intended Audience :: End Users/Desktop"}


def _hands_on(top: str, evidence: Evidence) -> bool:
    """Return whether a top-level module offers functions or classes, or what its own modules do.

    To tell a version is not to offer something.
    """
    source = evidence.read.get(top)
    if source is None or source.tree is None:
        return False
    own = (each for each in source.imports if evidence.sources.answers_for(each.module))
    names = {name for each in own for name in each.names or (each.module,)}
    defined = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    names |= {node.name for node in source.tree.body if isinstance(node, defined)}
    return any(not name.startswith("_") and "version" not in name.lower() for name in names)
