"""Functions that nothing refers to, and that users have no reason to call."""

import ast
import re

from modwright_check.index.evidence import Evidence
from modwright_check.model.module_names import is_private
from modwright_check.static.source import Source
from modwright_check.wheel.entry_point_groups import entry_point_groups

_BEGINS_A_PROGRAM = "main"


def is_uncalled(name: str, source: Source, evidence: Evidence) -> bool:
    """Return whether a function is left over, or was for its author to try something.

    A function of a library is for users, whoever else calls it. One that is private is not, nor is
    the `main` of a program that nothing starts: no main guard, no entry point, no other module.

    Args:
        name: Of the function, at the top level of its module.
        source: The module.
        evidence: All that is known of the project.
    """
    if name != _BEGINS_A_PROGRAM and (not is_private(name) or name.startswith("__")):
        return False
    if not _is_plain(name, source) or len(re.findall(rf"(?<![\w.]){name}\b", source.text)) > 1:
        return False
    place = evidence.environment.site_packages
    if source.module in entry_point_groups(evidence.about.name, place):
        return False
    if is_taken_by_others(name, source.module, evidence):
        return False
    # "shop.tool:main", or what the project's description tells to run.
    named = re.compile(rf"\b{source.module.rpartition('.')[2]}[.:]{name}\b")
    texts = (evidence.about.description or "", *(each.text for each in evidence.read.values()))
    return not any(map(named.search, texts))


def is_taken_by_others(name: str, module: str, evidence: Evidence) -> bool:
    """Return whether another module takes something from one.

    Args:
        name: Of what is taken, at the top level of its module.
        module: The dotted name of that.
        evidence: All that is known of the project.
    """
    return any(
        {name, "*"} & {*each.statement.names} or re.search(rf"\.{name}\b", each.source.text)
        for each in evidence.importers.get(module, ())
    )


def _is_plain(name: str, source: Source) -> bool:
    """Return whether a module defines a function, and no decorator hands it to somebody."""
    return any(
        isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name == name
        and not node.decorator_list
        for node in (source.tree.body if source.tree else ())
    )
