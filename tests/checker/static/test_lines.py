"""A line of a source is the one that the parser gives its number."""

import ast

import pytest

from modwright_check.static.lines import lines_of


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
@pytest.mark.parametrize("between", ["\x0c", "# \x1c", "# \x85", "# \u2028", "''' \x0b '''"])
def test_what_no_line_ends_at_shifts_none(between: str, end: str) -> None:
    text = f"first = 1{end}{between}{end}last = 2{end}"
    *_, last = ast.parse(text).body
    assert lines_of(text)[last.lineno - 1] == "last = 2"
