"""Syntax that only newer Pythons know."""

import ast
import re
import sys
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

from modwright_check.static.lines import lines_of
from modwright_check.static.source import Source


@dataclass(frozen=True, slots=True)
class Newer:
    """A piece of syntax.

    Args:
        what: Its name.
        since: The second number of the first Python 3 that knows it.
        line: Where it stands.
    """

    what: str
    since: int
    line: int


# The shapes of newer syntax, without which no text holds any, each with a word that is quicker to
# look for; by the versions that brought the first and the last of what has that shape.
_SIGNS = (
    (10, 10, "match", re.compile(r"^[ \t]*match\b.*:[ \t]*(#.*)?$", re.MULTILINE)),
    (11, 11, "*", re.compile(r"except\s*\*|[\w)\]]\[(\*|[^\]\n(]*, ?\*)|\*\w+\s*:\s*\*")),
    (
        12,
        13,
        "",
        re.compile(r"^[ \t]*(type\s+\w+.*=|(async\s+)?(def|class)\s+\w+\s*\[)", re.MULTILINE),
    ),
    (14, 14, "", re.compile(r"""\b[rR]?[tT][rR]?["']|except\b[^:\n]*,""")),
    (15, 15, "lazy", re.compile(r"^[ \t]*lazy[ \t]+(import|from)\b", re.MULTILINE)),
    (15, 15, "*", re.compile(r"[\[({]\s*\*[^\n]*\s+(async\s+)?for\b")),
)
_KINDS = {
    "Match": (10, "a match statement"),  # PEP 634
    "TryStar": (11, "except*"),  # PEP 654
    "TypeAlias": (12, "a type statement"),  # PEP 695
    "TemplateStr": (14, "a template string"),  # PEP 750
}
# An f-string with a quote, a backslash or a comment inside its braces, more or less (PEP 701).
_NESTED = re.compile(r"""\b[rR]?[fF][rR]?(?P<quote>["']).*\{[^}\n]*((?P=quote)|\\|#)""")
# What an older Python stumbles over.
_STUMBLES = (
    (re.compile(r"^\s*type\s+\w+.*="), 12, "a type statement"),
    (re.compile(r"^\s*(async\s+)?(def|class)\s+\w+\s*\["), 12, "a list of type parameters"),
    # Not `except ValueError, error:`, which is Python 2.
    (
        re.compile(r"^\s*except\*?\s+[\w.]+\s*,(?!\s*[a-z_]\w*\s*:)"),
        14,
        "except without parentheses",
    ),
    (re.compile(r"""(?<![\w"'])[rR]?[tT][rR]?["']"""), 14, "a template string"),
    (re.compile(r"^\s*lazy\s+(import|from)\s"), 15, "a lazy import"),
)
_UNPACKING = "unpacking in a comprehension"  # PEP 798
# What it says itself of newer syntax.
_SAID = re.compile(r"(iterable|dict) unpacking cannot be used in (dict )?comprehension")


def newer_syntax(source: Source, oldest: int) -> Iterator[Newer]:
    """Yield the syntax of a module that Python 3.`oldest` does not know, each kind once.

    Args:
        source: A module that this Python can parse.
        oldest: The second number of a version of Python 3.
    """
    kinds: set[str] = set()
    for found in _all(source, oldest):
        if found.since > oldest and found.what not in kinds:
            kinds.add(found.what)
            yield found


def stumbled_over(error: SyntaxError, text: str) -> Newer | None:
    """Return the newer syntax that this Python cannot parse; None when it is plainly wrong.

    Args:
        error: What `ast.parse` has raised.
        text: The source.
    """
    line = error.lineno or 1
    if "f-string" in error.msg and _NESTED.search(_line(text, line)):
        return Newer("a quote or backslash nested in an f-string", 12, line)
    if _SAID.search(error.msg):
        return Newer(_UNPACKING, 15, line)
    for pattern, since, what in _STUMBLES:
        if pattern.search(_line(text, line)):
            return Newer(what, since, line)
    return None


def _all(source: Source, oldest: int) -> Iterator[Newer]:
    text = source.text
    # What a Python's parser does not know cannot stand in a tree that it has made.
    signs = (
        (word, shape)
        for first, last, word, shape in _SIGNS
        if oldest < last and (source.is_newer or first <= sys.version_info.minor)
    )
    if source.tree and any(word in text and shape.search(text) for word, shape in signs):
        yield from _nodes(source.tree)
    if hasattr(tokenize, "FSTRING_START") and _NESTED.search(text):
        yield from _nested_fstrings(text)


def _nodes(tree: ast.Module) -> Iterator[Newer]:
    for node in ast.walk(tree):
        if kind := _KINDS.get(type(node).__name__):
            place = node.handlers[0] if isinstance(node, ast.TryStar) else node
            yield Newer(kind[1], kind[0], place.lineno)  # type: ignore[attr-defined]  # all have one
        elif parameters := getattr(node, "type_params", None):
            yield Newer("a list of type parameters", 12, parameters[0].lineno)
            if any(getattr(each, "default_value", None) for each in parameters):
                yield Newer("a default of a type parameter", 13, parameters[0].lineno)  # PEP 696
        elif getattr(node, "is_lazy", False):  # of an import
            yield Newer("a lazy import", 15, node.lineno)  # type: ignore[attr-defined]  # PEP 810
        elif isinstance(node, ast.Subscript) and _is_bare(node.slice, ast.Starred):
            yield Newer("an unpacked index", 11, node.lineno)  # PEP 646
        elif isinstance(node, ast.ExceptHandler) and _is_bare(node.type, ast.expr):
            yield Newer("except without parentheses", 14, node.lineno)  # PEP 758
        elif isinstance(node, ast.arg) and isinstance(node.annotation, ast.Starred):
            yield Newer("an unpacked annotation", 11, node.lineno)  # PEP 646
        elif unpacked := _unpacked(node):
            yield Newer(_UNPACKING, 15, unpacked.lineno)


def _unpacked(node: ast.AST) -> ast.expr | None:
    """Return what a comprehension unpacks: `[*row for row in rows]`."""
    match node:
        case ast.ListComp(element) | ast.SetComp(element) | ast.GeneratorExp(element):
            return element if isinstance(element, ast.Starred) else None
        case ast.DictComp(key) if getattr(node, "value", None) is None:
            return key  # of `{**table for table in tables}`
    return None


def _is_bare(node: ast.expr | None, holding: type[ast.expr]) -> bool:
    """Return whether this is a tuple without parentheses, and holds an element of a kind.

    `x[*a]` is one; `x[(*a, b)]` has always been possible.
    """
    match node:
        case ast.Tuple(elts, lineno=line, col_offset=column) if elts:
            bare = (line, column) == (elts[0].lineno, elts[0].col_offset)
            return bare and any(isinstance(each, holding) for each in elts)
    return False


def _nested_fstrings(text: str) -> Iterator[Newer]:
    """Yield f-strings that reuse their quote, or hold a backslash or comment, in a field."""
    quotes: list[str] = []  # of the f-strings around the token
    depths: list[int] = []  # of the braces in each
    names = tokenize.tok_name
    try:
        for token in tokenize.generate_tokens(StringIO(text).readline):
            kind = names[token.type]
            in_field = bool(depths) and depths[-1] > 0
            if in_field and _is_newer(kind, token.string, quotes):
                what = "a quote or backslash nested in an f-string"
                yield Newer(what, 12, token.start[0])
            if kind == "FSTRING_START":
                quotes.append(token.string.lstrip("rRfF"))
                depths.append(0)
            elif kind == "FSTRING_END":
                quotes.pop()
                depths.pop()
            elif depths and token.string in {"{", "}"} and kind == "OP":
                depths[-1] += 1 if token.string == "{" else -1
    except (tokenize.TokenError, SyntaxError):
        return


def _is_newer(kind: str, string: str, quotes: list[str]) -> bool:
    if kind == "COMMENT":
        return True
    if kind not in {"STRING", "FSTRING_START"}:
        return False
    return "\\" in string or any(quote in string for quote in quotes)


def _line(text: str, number: int) -> str:
    lines = lines_of(text)
    return lines[number - 1] if 0 < number <= len(lines) else ""
