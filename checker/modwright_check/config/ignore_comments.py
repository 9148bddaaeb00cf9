"""Comments that have findings ignored on their lines: `# modwright: ignore[MW501]`."""

import io
import re
import tokenize
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import lru_cache

from modwright_check.config.suggestions import advice, shown
from modwright_check.model.codes import CODES
from modwright_check.model.errors import UsageFailed

_COMMENT = re.compile(r"#\s*modwright:\s*ignore\b(?P<codes>\[[^\]]*\])?")
_LAYOUT = {tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
_LIKE_THIS = "Name the codes: # modwright: ignore[MW501]"


@lru_cache(maxsize=16)  # it is asked for each effect of a module
def ignored_on_lines(text: str, file: str) -> Mapping[int, frozenset[str]]:
    """Return which codes are ignored on which lines; a comment speaks for its whole statement.

    Args:
        text: The source.
        file: Its name, for what is said of a comment that is wrong.

    Raises:
        UsageFailed: A comment names no code, or an unknown one.
    """
    if "modwright:" not in text:
        return {}
    ignored: dict[int, frozenset[str]] = {}
    for lines, comments in _statements(text):
        codes = frozenset(code for line, text in comments for code in _codes(text, file, line))
        ignored |= dict.fromkeys(lines, codes)
    return ignored


def _statements(text: str) -> Iterator[tuple[range, list[tuple[int, str]]]]:
    """Yield the lines of each statement that has comments, with these.

    Of a compound statement, that is its header alone. What Python's grammar calls a logical line
    is known to the tokenizer, which also reads what this Python cannot parse.
    """
    comments: list[tuple[int, str]] = []
    first: int | None = None
    for token in _tokens(text):
        if token.type == tokenize.COMMENT:
            comments.append((token.start[0], token.string))
        elif token.type not in _LAYOUT and first is None:
            first = token.start[0]
        if token.type == tokenize.NEWLINE or (token.type == tokenize.NL and first is None):
            if comments:
                yield range(first or token.start[0], token.end[0] + 1), comments
            comments, first = [], None


def _tokens(text: str) -> Iterator[tokenize.TokenInfo]:
    """Yield the tokens of a source up to where it is no longer Python."""
    lines = io.StringIO(text, newline=None)
    with suppress(tokenize.TokenError, SyntaxError):
        yield from tokenize.generate_tokens(lines.readline)


def _codes(comment: str, file: str, line: int) -> Iterator[str]:
    """Yield the codes that a comment ignores.

    Whole codes only: with a beginning, a line would ignore what its author has not seen.
    """
    for found in _COMMENT.finditer(comment):
        if found["codes"] is None:
            raise UsageFailed(f"{file}:{line}: the comment ignores no code. {_LIKE_THIS}")
        for part in found["codes"].strip("[]").split(","):
            if (code := part.strip()) not in CODES:
                near = [known for known in CODES if known.startswith(code)]
                meant = advice(code, near or list(CODES), _LIKE_THIS)
                raise UsageFailed(f"{file}:{line}: {shown(code)}: no such code. {meant}")
            yield code
