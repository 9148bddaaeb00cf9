"""What a screen shows fits it, whatever the learner's code has printed."""

from collections.abc import Callable
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

Runner = Callable[[str], ModuleType]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.text(max_size=120), max_size=30),
    st.integers(min_value=5, max_value=120),
    st.integers(min_value=6, max_value=40),
)
def test_every_view_fits(runner: Runner, texts: list[str], columns: int, rows: int) -> None:
    layout = runner("layout")
    paragraphs = [layout.Text(text) for text in texts]
    view = layout.View(paragraphs[:1], paragraphs[1:], output=paragraphs, bottom=[layout.Text("q")])
    lines = layout.fitted(view, columns, rows)
    assert len(lines) <= rows
    assert all(layout.breadth(line.text) <= columns for line in lines)


@given(st.text(alphabet="ab \n", max_size=200), st.integers(min_value=2, max_value=20))
def test_wrapping_loses_nothing(runner: Runner, text: str, columns: int) -> None:
    layout = runner("layout")
    lines = layout.wrapped([layout.Text(text)], columns)
    shown = "".join(line.text for line in lines)
    assert shown.replace(" ", "") == text.replace(" ", "").replace("\n", "")


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("    code   = 'long'", 11, ["    code", "    =", "    'long'"]),
        ("    aLongNameOfCode", 9, ["    aLong", "NameOfCod", "e"]),
        ("1. one two", 8, ["1. one", "   two"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("日本語の本", 4, ["日本", "語の", "本"]),
        ("", 4, [""]),
    ],
)
def test_words_stay_whole_and_margins_are_kept(
    runner: Runner, text: str, columns: int, lines: list[str]
) -> None:
    layout = runner("layout")
    assert [line.text for line in layout.wrapped([layout.Text(text)], columns)] == lines


def test_the_last_lines_of_the_output_are_those_that_stay(runner: Runner) -> None:
    layout = runner("layout")
    output = [layout.Text(text) for text in ("Printed:", *"abcdefgh")]
    view = layout.View([layout.Text("top")], [layout.Text("middle")], output=output)
    shown = [line.text for line in layout.fitted(view, 20, 8)]
    assert shown == ["top", "middle", "", "Printed:", "f", "g", "h", ""]


def test_a_page_is_read_as_paragraphs_and_its_code_as_it_is(runner: Runner) -> None:
    page = """One
goes on.

    code = 1
    code = 2

1. An item
   goes on:
   - and one inside
     as well
2. Another

       code of an item

       and more
- last"""
    assert runner("pages").paragraphs(page) == [
        "One goes on.",
        "",
        "    code = 1",
        "    code = 2",
        "",
        "1. An item goes on:",
        "   - and one inside as well",
        "2. Another",
        "",
        "       code of an item",
        "",
        "       and more",
        "- last",
    ]


def test_a_search_does_not_need_hyphens(runner: Runner) -> None:
    matches = runner("layout").matches
    assert matches(" 6        One e-mail address", "EMAIL one")
    assert matches(" 6        One email address", "e-mail")
    assert not matches(" 6        One e-mail address", "two")


def test_a_bar_says_how_far(runner: Runner) -> None:
    bar = runner("layout").bar
    assert bar(5, 18, 79) == "[###########-----------------------------] 5 of 18"
    assert bar(0, 4, 20) == "[-----------] 0 of 4"
    assert bar(4, 4, 10) == "[#####] 4 of 4"
