"""Which findings are reported: codes selected and ignored, by module, and on a line of source."""

import io
import re
import tokenize
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from fnmatch import fnmatchcase
from functools import cache

from modwright.checking.advice import advice, shown
from modwright.checking.catalogue import CODES
from modwright.checking.configuration import Configuration
from modwright.checking.report import Finding
from modwright.errors import UsageFailed

# The source of a file that a finding names; None when it has none that can be read.
TextOf = Callable[[str], str | None]

_COMMENT = re.compile(r"#\s*modwright:\s*ignore\b(?P<codes>\[[^\]]*\])?")
_LAYOUT = {tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
_LIKE_THIS = "Say which codes: # modwright: ignore[MW501]"


def selected(
    findings: Iterable[Finding], configuration: Configuration, text_of: TextOf
) -> tuple[Finding, ...]:
    """Return the findings that the project wants to be told, in their order.

    The longest code, or beginning of a code, that a finding matches in `select` and `ignore`
    decides; when both are equally long, it is ignored. What is ignored for its module or on its
    line is ignored whatever is selected.

    Args:
        findings: All that the rules have found.
        configuration: Of the project, with what the command line changes in it.
        text_of: Gives the source of a file that a finding names. It is asked once a file.

    Raises:
        UsageFailed: A comment that ignores names no code, or an unknown one.
    """

    @cache
    def ignored_in(file: str) -> Mapping[int, frozenset[str]]:
        return _ignored_on_lines(text_of(file) or "", file)

    def is_ignored_on_its_line(finding: Finding) -> bool:
        if finding.file is None or finding.line is None:
            return False
        return finding.code in ignored_in(finding.file).get(finding.line, ())

    return tuple(
        finding
        for finding in findings
        if _is_selected(finding.code, configuration)
        and not _is_ignored_for_its_module(finding, configuration)
        and not is_ignored_on_its_line(finding)
    )


def _is_selected(code: str, configuration: Configuration) -> bool:
    return _longest(code, configuration.select) > _longest(code, configuration.ignore)


def _longest(code: str, beginnings: Iterable[str]) -> int:
    return max((len(start) for start in beginnings if code.startswith(start)), default=0)


def _is_ignored_for_its_module(finding: Finding, configuration: Configuration) -> bool:
    return any(
        finding.code.startswith(codes) and fnmatchcase(finding.module, pattern)
        for pattern, codes in configuration.per_module_ignores.items()
    )


def _ignored_on_lines(text: str, file: str) -> dict[int, frozenset[str]]:
    """Return which codes are ignored on which lines; a comment speaks for its whole statement."""
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
    """Yield the tokens of a source up to where it is no Python any more."""
    lines = io.StringIO(text, newline=None)
    with suppress(tokenize.TokenError, SyntaxError):
        yield from tokenize.generate_tokens(lines.readline)


def _codes(comment: str, file: str, line: int) -> Iterator[str]:
    """Yield the codes that a comment ignores.

    Whole codes only: with a beginning, a line would ignore what its author has not seen.
    """
    for found in _COMMENT.finditer(comment):
        if found["codes"] is None:
            raise UsageFailed(f"{file}:{line}: this ignores no code. {_LIKE_THIS}")
        for part in found["codes"].strip("[]").split(","):
            if (code := part.strip()) not in CODES:
                near = [known for known in CODES if known.startswith(code)]
                meant = advice(code, near or list(CODES), _LIKE_THIS)
                raise UsageFailed(f"{file}:{line}: {shown(code)}: no such code. {meant}")
            yield code
