"""Tests of sys.version_info are understood as Python itself evaluates them."""

import ast
from types import SimpleNamespace
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modwright_check.model.python_versions import MINORS
from modwright_check.static.version_tests import holds


class Version(NamedTuple):
    major: int
    minor: int
    micro: int
    releaselevel: str = "final"
    serial: int = 0


LEFT = ["sys.version_info", "sys.version_info[:2]", "sys.version_info[1]", "sys.version_info.minor"]
COMPARISONS = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
PAIRS = st.tuples(st.just(3), st.integers(7, 16))


def comparison(left: str, by: str, pair: tuple[int, int]) -> str:
    return f"{left} {by} {pair if left.endswith(('info', ']')) and '[1]' not in left else pair[1]}"


TESTS = st.recursive(
    st.builds(comparison, st.sampled_from(LEFT), COMPARISONS, PAIRS),
    lambda inner: st.one_of(
        st.builds("not ({})".format, inner),
        st.builds("({}) and ({})".format, inner, inner),
        st.builds("({}) or ({})".format, inner, inner),
    ),
    max_leaves=5,
)


@given(TESTS, st.sampled_from(MINORS), st.integers(1, 30))
def test_a_test_holds_just_when_python_says_so(test: str, minor: int, micro: int) -> None:
    system = SimpleNamespace(version_info=Version(3, minor, micro))
    said = holds(ast.parse(test, mode="eval").body, minor, {})
    assert said is eval(test, {"sys": system})  # noqa: S307 (it is made of the above)


@pytest.mark.parametrize(
    "test",
    [
        "sys.version_info >= (3, 11, 4)",
        "sys.version_info > 3",
        "sys.version_info >= minimum",
        "something",
        "sys.platform == 'win32'",
        "sys.version_info >= (3, 8) and something",
    ],
)
def test_what_nobody_can_know_is_not_claimed(test: str) -> None:
    assert holds(ast.parse(test, mode="eval").body, 11, {}) is None


@pytest.mark.parametrize(
    ("flag", "test"),
    [
        ("sys.version_info[:2]", "NEW >= (3, 11)"),
        ("sys.version_info", "NEW[1] > 10"),
        ("sys.hexversion", "NEW >= 0x030b00a1"),
        ("sys.hexversion", "not NEW < 0x030b00f0"),
    ],
)
def test_a_flag_stands_for_the_version_that_is_asked_for(flag: str, test: str) -> None:
    flags = {"NEW": ast.parse(flag, mode="eval").body}
    asked = ast.parse(test, mode="eval").body
    assert [holds(asked, minor, flags) for minor in (10, 11)] == [False, True]


def test_a_flag_that_stands_for_itself_says_nothing() -> None:
    flags = {"NEW": ast.parse("NEW[:2]", mode="eval").body}
    assert holds(ast.parse("NEW >= (3, 11)", mode="eval").body, 11, flags) is None


def test_a_flag_stands_for_its_test() -> None:
    flags = {"NEW": ast.parse("sys.version_info >= (3, 11)", mode="eval").body}
    test = ast.parse("not NEW", mode="eval").body
    assert [holds(test, minor, flags) for minor in (10, 11)] == [True, False]
