"""Sources that Python cannot read at all (MW704, MW705), or not yet (MW701).

What is said here takes the place of the SyntaxError that the import raises (MW101).
"""

import ast
from collections.abc import Iterator

from modwright_check.index.evidence import Evidence
from modwright_check.model.codes import finding
from modwright_check.model.facts import Fact
from modwright_check.model.python_versions import OLDER
from modwright_check.model.report import Finding
from modwright_check.static.newer_syntax import stumbled_over
from modwright_check.static.python_2 import is_for_python_2
from modwright_check.static.source import Source

# How Python, and the codecs that it asks, call what is wrong with the bytes of a source.
_ABOUT_BYTES = ("encoding", "codec", "null byte")


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Yield what is wrong with sources that do not decode, do not parse or do not compile."""
    for source in evidence.read.values():
        match source.error:
            case None:
                yield from _late_future(source)
            case UnicodeDecodeError() as error:
                yield _does_not_decode(source, error.reason, _line_of(error))
            case SyntaxError(msg=str(message)) if any(map(message.__contains__, _ABOUT_BYTES)):
                line = source.error.lineno or _undecodable_line(source, evidence)
                yield _does_not_decode(source, message, line)
            case SyntaxError() as error if not _loaded(source, evidence):
                yield from _does_not_parse(source, error, evidence)


def _late_future(source: Source) -> Iterator[Finding]:
    """Yield the first `from __future__` that does not stand at the beginning of its module."""
    late = _future_lines(source) - _lines_of_the_beginning(source)
    if late:
        yield finding(
            "MW705",
            source.module,
            "has a `__future__` import after other code",
            "Move the import to the top, after the docstring.",
            source.file,
            min(late),
        )


def _future_lines(source: Source) -> set[int]:
    return {one.line for one in source.imports if one.module == "__future__" and one.names}


def _lines_of_the_beginning(source: Source) -> set[int]:
    """Return the lines of the __future__ imports that nothing but the docstring precedes."""
    futures = _future_lines(source)
    lines = set()
    for number, statement in enumerate(source.tree.body if source.tree and futures else ()):
        if statement.lineno in futures:
            lines.add(statement.lineno)
        elif number or not _is_docstring(statement):
            break
    return lines


def _is_docstring(statement: ast.stmt) -> bool:
    match statement:
        case ast.Expr(ast.Constant(str())):
            return True
    return False


def _does_not_decode(source: Source, reason: str, line: int) -> Finding:
    return finding(
        "MW704",
        source.module,
        f"cannot be decoded: {reason}",
        "Restore the file: it holds null bytes, which no source may."
        if "null byte" in reason
        else "Save the file as UTF-8, or declare its encoding in the first line: "
        "`# coding: latin-1`.",
        source.file,
        line,
    )


def _line_of(error: UnicodeDecodeError) -> int:
    return error.object.count(b"\n", 0, error.start) + 1


def _undecodable_line(source: Source, evidence: Evidence) -> int:
    """Return the first line that is not UTF-8; the first of all when it is the cookie's fault."""
    path = next(module.path for module in evidence.modules if module.name == source.module)
    try:
        evidence.sources.installed(path).read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        return _line_of(error)
    except OSError:
        pass
    return 1


def _loaded(source: Source, evidence: Evidence) -> bool:
    """Return whether the environment's Python, which may be newer than this one, has read it."""
    outcome = evidence.outcomes.get(source.module)
    return outcome is not None and outcome.loaded


def _does_not_parse(source: Source, error: SyntaxError, evidence: Evidence) -> Iterator[Finding]:
    requires = evidence.about.requires_python
    newer = stumbled_over(error, source.text)
    reached = evidence.minors[source.module]
    if newer is None and reached == {OLDER}:
        return  # the others know that it is in the language of Python 2
    if newer is None:
        yield finding(
            "MW101",
            source.module,
            f"raises SyntaxError: {error.msg}",
            "Correct the syntax: Python 3 does not have it, or means another thing by it.",
            source.file,
            error.lineno,
            facts=_of_python_2(source, evidence),
        )
        return
    admitted = evidence.promised or frozenset({newer.since - 1})
    too_old = {minor for minor in admitted & reached if minor < newer.since}
    if too_old:
        yield finding(
            "MW701",
            source.module,
            f"uses {newer.what}, syntax of Python 3.{newer.since}, but requires-python "
            f"{requires or '(which is missing)'} admits 3.{min(too_old)}",
            f'Use the older syntax, or set `requires-python = ">=3.{newer.since}"`.',
            source.file,
            newer.line,
        )


def _of_python_2(source: Source, evidence: Evidence) -> Iterator[Fact]:
    """Yield whether a module is for a Python 2 that the project admits, and others may spare it."""
    requires = evidence.about.requires_python
    admits = requires is not None and requires.contains("2.7")
    needed = any(
        each.statement.is_first_choice for each in evidence.importers.get(source.module, ())
    )
    if admits and not needed and is_for_python_2(source.text):
        yield Fact.FOR_PYTHON_2
