"""Uses of the standard library are found wherever they run, and nowhere else."""

import ast
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from modwright_check.model.python_versions import ALL_MINORS, OLDER
from modwright_check.static.source import Source
from modwright_check.static.stdlib_usage import UNION, Use, uses
from modwright_check.static.walker import Walk

WANTED = {"asyncio:TaskGroup", "tomllib", UNION}


def found(text: str) -> tuple[Use, ...]:
    tree = ast.parse(text)
    walk = Walk(tree, text, "pkg", "pkg")
    return uses(Source("pkg", False, "pkg.py", text, tree, None, walk), WANTED)


class Nest(NamedTuple):
    """A compound statement, and what it says of the context of what stands in it."""

    code: str
    at_import: bool = True
    caught: bool = False
    minors: frozenset[int] = ALL_MINORS


NESTS = [
    Nest("if x:"),
    Nest("while x:"),
    Nest("with x:"),
    Nest("class A:"),
    Nest("for _ in x:"),
    Nest("def f():", at_import=False),
    Nest("try:\n {body}\nexcept ImportError: pass", caught=True),
    Nest("try:\n {body}\nexcept ValueError: pass"),
    Nest("if sys.version_info >= (3, 11):", minors=frozenset(range(11, 16))),
    Nest(
        "if sys.version_info >= (3, 13):\n pass\nelse:\n {body}",
        minors=frozenset({OLDER, *range(8, 13)}),
    ),
]


def nested(nests: list[Nest], statement: str) -> str:
    """Return a statement with compound ones around it, the outermost first."""
    text = statement
    for nest in reversed(nests):
        code = nest.code if "{body}" in nest.code else nest.code + "\n {body}"
        text = code.replace("{body}", text.replace("\n", "\n "))
    return text


@given(st.lists(st.sampled_from(NESTS), max_size=5))
def test_a_use_is_found_in_any_nest_with_what_stands_around_it(nests: list[Nest]) -> None:
    (use,) = found(f"import sys\n{nested(nests, 'import tomllib')}\n")
    functions = [number for number, nest in enumerate(nests) if not nest.at_import]
    inside = nests[functions[-1] :] if functions else nests  # a `try` ends where a function begins
    assert use.context.at_import is not bool(functions)
    assert bool(use.context.caught) is any(nest.caught for nest in inside)
    assert use.context.minors == ALL_MINORS.intersection(*(nest.minors for nest in nests))


NAMES = st.sampled_from(["asyncio", "TaskGroup", "a", "int", "None", "x"])
EXPRESSIONS = st.recursive(
    NAMES,
    lambda inner: st.one_of(
        st.builds("{}.TaskGroup".format, NAMES),
        st.builds("({} | {})".format, inner, inner),
        st.builds("[{} for {} in {}]".format, inner, st.just("a"), inner),
        st.builds("(lambda {}: {})".format, st.sampled_from(["a", "asyncio"]), inner),
        st.builds("({} if {} else {})".format, inner, inner, inner),
    ),
    max_leaves=8,
)


@given(st.lists(EXPRESSIONS, max_size=5))
def test_any_source_is_read_and_nothing_but_what_it_names_is_found(parts: list[str]) -> None:
    text = "import asyncio\n" + "".join(f"y = {part}\n" for part in parts)
    keys = {use.key for use in found(text)}
    assert keys <= WANTED - {"tomllib"}
    assert ("asyncio:TaskGroup" in keys) <= ("asyncio.TaskGroup" in text)
    assert (UNION in keys) <= ("|" in text)
