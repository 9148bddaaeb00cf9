"""What a module sets for others, and says why, or tells its users."""

import ast
import re

from modwright_check.index.evidence import Evidence
from modwright_check.static.docstrings import docstring, inner_docstrings
from modwright_check.static.process_wide import dotted, origins
from modwright_check.static.source import Source

_AT_IMPORT = re.compile(r"\bimport", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?:])\s+|\n\s*\n")


def is_told_to_users(changed: str, source: Source) -> bool:
    """Return whether a docstring says that something of another module is changed at import.

    Args:
        changed: Dotted names of attributes of modules and classes, with commas between them.
        source: The module that changes them.
    """
    texts = [docstring(source), *inner_docstrings(source)]
    said = [each for text in texts for each in _SENTENCE.split(text) if _AT_IMPORT.search(each)]
    return all(
        any(re.search(rf"(?<![\w.]){re.escape(name)}\b", each) for each in said)
        for name in changed.split(", ")
    )


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
