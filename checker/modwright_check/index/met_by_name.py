"""The libraries whose objects the project meets, and knows by the names of their classes."""

import ast
import re
from collections.abc import Iterator

from modwright_check.index.evidence import Evidence
from modwright_check.static.source import Source

# Of "tides.moon.Phase": the module lies before it.
_OF_A_CLASS = re.compile(r"(\w+)(?:\.\w+)*\.[A-Z]\w*[a-z]\w*")


def met_by_name(evidence: Evidence) -> frozenset[str]:
    """Return the top-level modules of the classes that decorators name in texts.

    `@converts("tides.moon.Phase")` says that a function is for objects of that class. Whoever has
    one has the library, which the project need not import to tell.

    Args:
        evidence: All that is known of the project.
    """
    return frozenset(top for source in evidence.read.values() for top in _named(source))


def _named(source: Source) -> Iterator[str]:
    for statement, _ in source.walk.statements if source.walk else ():
        for decorator in getattr(statement, "decorator_list", ()):
            for part in ast.walk(decorator):
                match part:
                    case ast.Constant(str(text)) if found := _OF_A_CLASS.fullmatch(text):
                        yield found[1]
