"""The imports of a source that nobody here can parse, as far as its lines tell them."""

import ast
import re
from collections.abc import Iterator

from modwright_check.static.imports import Import
from modwright_check.static.source import Source
from modwright_check.static.walker import Walk

_STATEMENT = re.compile(
    r"^[ \t]*(?:lazy[ \t]+)?"
    r"(from[ \t]+[.\w]+[ \t]+import[ \t]*(?:\([^()]*\)|[^\n#;(]+)|import[ \t]+[^\n#;]+)",
    re.MULTILINE,
)


def imports_by_lines(source: Source) -> Iterator[Import]:
    """Yield what may be the imports of a source, each as if it stood at the top of its module.

    Args:
        source: Without a syntax tree. So nothing is known of what stands around its imports.
    """
    for found in _STATEMENT.finditer(source.text):
        try:
            tree = ast.parse(found[1].strip())
        except SyntaxError:
            continue  # of a text, perhaps
        ast.increment_lineno(tree, source.text.count("\n", 0, found.start(1)))
        yield from Walk(tree, "", source.module, source.package).imports
