"""Modules that hold nothing for what another library is set to."""

import ast
import re

from modwright_check.index.evidence import Evidence
from modwright_check.index.module_origins import Origin, Origins
from modwright_check.model.import_result import Failure, Outcome
from modwright_check.static.context import Context, Role

_VERSION = re.compile(r"version", re.IGNORECASE)


def has_none_for_a_setting(failure: Outcome | Failure, evidence: Evidence) -> bool:
    """Return whether a module has raised an exception since no branch is for a library's setting.

    Each branch before imports a back end, after a test of what another distribution is set to. That
    users do, or the machine: so nobody can import the module everywhere, and nothing is missing.
    Which versions of the library will do, the project has to declare.

    Args:
        failure: Of the import.
        evidence: All that is known of the project.
    """
    context, place = evidence.raised_in(failure.frames), evidence.at(failure.frames)
    if context is None or place is None or context.function is not None:
        return False
    origins = evidence.index(Origins)
    of_others = {
        each.name
        for each in place[0].bindings
        if each.imported and origins.of(each.origin[0]) is Origin.INSTALLED
    }
    passed = [each for each in context.chain() if each.condition]
    return bool(passed) and all(_is_another_back_end(each, of_others) for each in passed)


def _is_another_back_end(context: Context, of_others: set[str]) -> bool:
    """Return whether something runs in the place of a back end that a library is not set to."""
    condition, branch = context.condition, context.node
    if condition is None or condition.role is not Role.BRANCH or condition.holds is not False:
        return False
    asked = {each.id for each in ast.walk(condition.test) if isinstance(each, ast.Name)}
    if asked.isdisjoint(of_others) or _VERSION.search(ast.unparse(condition.test)):
        return False
    return isinstance(branch, ast.If) and any(
        isinstance(each, ast.Import | ast.ImportFrom) for each in branch.body
    )
