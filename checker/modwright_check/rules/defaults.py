"""Defaults that a module gives to others through the environment, and says why."""

import ast

from modwright_check.index.evidence import Evidence
from modwright_check.static.process_wide import dotted, origins
from modwright_check.static.source import Source


def is_default_for_others(place: tuple[str, int | None], evidence: Evidence) -> bool:
    """Return whether a line sets a variable that nobody has set, with a remark, and for others.

    The project itself does not name the variable anywhere else: a library reads it.

    Args:
        place: A file of the project, and the line.
        evidence: All that is known of the project.
    """
    file, line = place
    source = evidence.by_file.get(file)
    found = source.at(line) if source and line else None
    if source is None or found is None:
        return False
    match found[0]:
        case ast.Expr(ast.Call(called, [ast.Constant(str(name)), _])):
            is_default = dotted(called, origins(source)) == "os.environ.setdefault"
            mentions = sum(each.text.count(name) for each in evidence.read.values())
            return is_default and mentions == 1 and _is_remarked(found[0].lineno, source)
    return False


def _is_remarked(line: int, source: Source) -> bool:
    before, at = ["", *source.text.splitlines()][line - 1 : line + 1]
    return before.lstrip().startswith("#") or " #" in at
