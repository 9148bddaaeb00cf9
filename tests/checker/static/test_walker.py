"""One walk over a tree: what it binds, as Python's own compiler has it, and what is lazy."""

import ast
import dis
import symtable
import sys
import warnings
from pathlib import Path
from sysconfig import get_path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modwright_check.static.context import Where
from modwright_check.static.walker import Walk
from tests.parts import shared_out

NAMES = st.sampled_from("abcdefg")
BINDING = st.one_of(
    st.builds("import {}".format, NAMES),
    st.builds("import {}.x".format, NAMES),
    st.builds("import x.y as {}".format, NAMES),
    st.builds("from x import {}".format, NAMES),
    st.builds("from x import y as {}, {}".format, NAMES, NAMES),
    st.builds("{} = {} = 1".format, NAMES, NAMES),
    st.builds("({}, [*{}]) = x".format, NAMES, NAMES),
    st.builds("{}: int = 1".format, NAMES),
    st.builds("x.{} = y[{}] = 1".format, NAMES, NAMES),
    st.builds("x = 1\nx += ({} := 1)".format, NAMES),
    st.builds("print([({} := {}) for {} in x])".format, NAMES, st.just("h"), st.just("h")),
    st.builds("print(lambda {}: ({} := 1))".format, NAMES, NAMES),
    st.builds("def {}({}, x={}):\n local = 1".format, NAMES, NAMES, NAMES),
    st.builds("async def {}(): local = 1".format, NAMES),
    st.builds("class {}:\n attribute = ({} := 1)".format, NAMES, NAMES),
    st.builds("class {}({}): import inner".format, NAMES, NAMES),
)
NESTS = st.sampled_from(
    [
        "if x:\n {}\nelif y:\n {}\nelse:\n {}",
        "for {name} in x:\n {}\nelse:\n {}",
        "while x:\n {}\n break\nelse:\n {}",
        "with x as ({name}, _), y:\n {}",
        "try:\n {}\nexcept A:\n {}\nelse:\n {}\nfinally:\n {}",
        "try:\n {}\nexcept* A:\n {}",
        "match x:\n case [{name}, *_]:\n  {}\n case {{'k': 1, **rest}} if (g := 1):\n  {}",
        "if ({name} := x):\n {}",
    ]
)


@st.composite
def nested(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    nest = draw(NESTS)
    name = draw(NAMES)
    for _ in range(nest.count("{}")):
        place = nest.index("{}")
        indent = " " * (place - nest.rindex("\n", 0, place) - 1)
        block = draw(inner).replace("\n", f"\n{indent}")
        nest = f"{nest[:place]}{block}{nest[place + 2 :]}"
    return nest.replace("{name}", name).replace("{{", "{").replace("}}", "}")


SOURCES = st.lists(st.recursive(BINDING, nested, max_leaves=12), min_size=1, max_size=5)


def walked(text: str) -> Walk:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return Walk(ast.parse(text), text, "pkg.mod", "pkg")


def bound_by_the_compiler(text: str, *, declared: bool = True) -> set[str]:
    """Return what the top level binds; with what is declared to be its own by inner scopes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        symbols = symtable.symtable(text, "mod.py", "exec").get_symbols()
        inner = _only_in_comprehensions(text)
    return {
        each.get_name()
        for each in symbols
        # `:=` in a comprehension declares its name to be the module's, `global` does so too.
        if each.is_assigned() or each.is_imported() or (declared and each.is_declared_global())
    } - inner


_STORES = {"STORE_NAME", "STORE_GLOBAL"}


def _only_in_comprehensions(text: str) -> set[str]:
    """Return the names that comprehensions keep to themselves.

    From 3.12 on they are among the symbols of what stands around (PEP 709); the code stores them
    in another way.
    """
    tree = ast.parse(text)
    targets = (each.target for each in ast.walk(tree) if isinstance(each, ast.comprehension))
    names = {node.id for each in targets for node in ast.walk(each) if isinstance(node, ast.Name)}
    stores = dis.get_instructions(compile(text, "mod.py", "exec", dont_inherit=True))
    return names - {each.argval for each in stores if each.opname in _STORES}


@given(SOURCES)
def test_the_top_level_binds_what_the_compiler_says(parts: list[str]) -> None:
    text = "\n".join(parts)
    assert {each.name for each in walked(text).bindings.found} == bound_by_the_compiler(text)


STANDARD = sorted(file for file in Path(get_path("stdlib")).glob("*.py") if file.is_file())


@pytest.mark.parametrize(
    "file",
    shared_out(STANDARD, readme=STANDARD[::8], full=3),
    ids=lambda file: file.stem,
)
def test_modules_of_the_standard_library_bind_what_the_compiler_says(file: Path) -> None:
    text = file.read_text("utf-8")
    walk = walked(text)
    for_types = {
        node
        for statement, context in walk.statements
        if context.where is Where.FOR_TYPES or _is_gone(statement)
        for node in _names_in(statement)
    }
    found = {each.name for each in walk.bindings.found} - {"*"}
    assert found <= bound_by_the_compiler(text)
    assert bound_by_the_compiler(text, declared=False) - found <= for_types


def _statements(tree: ast.Module) -> list[ast.stmt]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.stmt)]


def _is_gone(statement: ast.stmt) -> bool:
    """Return whether a statement binds names until it ends, or not at all: `name: int`."""
    if isinstance(statement, ast.AnnAssign):
        return statement.value is None
    return isinstance(statement, ast.Try | ast.Delete)


def _names_in(statement: ast.stmt) -> set[str]:
    handlers = {each.name for each in getattr(statement, "handlers", ()) if each.name}
    stored = {each.id for each in ast.walk(statement) if isinstance(each, ast.Name)}
    imported = {
        each.asname or each.name.partition(".")[0]
        for each in getattr(statement, "names", ())
        if isinstance(each, ast.alias)
    }
    return handlers if isinstance(statement, ast.Try) else stored | imported


def test_every_statement_is_placed_once_and_found_by_its_line() -> None:
    for file in STANDARD[::10]:
        text = file.read_text("utf-8")
        tree = ast.parse(text)
        walk = Walk(tree, text, "pkg.mod", "pkg")
        placed = [statement for statement, _ in walk.statements]
        assert sorted(map(id, placed)) == sorted(map(id, _statements(tree)))
        lines = [statement.lineno for statement in placed]
        assert lines == sorted(lines)
        for statement in placed[:: len(placed) // 20 + 1]:
            found = walk.at(statement.lineno)
            assert found is not None
            assert found[0].lineno == statement.lineno


LAZY = {
    "lazy import thing": (Where.IN_FUNCTION, True),
    "lazy from thing import a": (Where.IN_FUNCTION, True),
    "if x:\n  lazy import thing": (Where.IN_FUNCTION, True),
    "import thing": (Where.AT_IMPORT, False),
}
NAMED_LAZY = {
    "import thing": True,
    "from thing import a": True,
    "if x: import thing": True,
    "with x: import thing": True,
    "try: pass\nexcept ImportError: pass\nelse: import thing": True,
    "from thing import *": False,
    "try: pass\nfinally: import thing": True,
    "try: import thing\nexcept ImportError: pass": False,
    "try: import thing\nfinally: pass": False,
    "try: pass\nexcept ValueError:\n  if x: import thing": False,
    "try: pass\nexcept ImportError: import thing": False,
    "class A: import thing": False,
    "def f(): import thing": False,
    "import_module('thing')": False,
    "import thing.inner": False,
}


@pytest.mark.skipif(sys.version_info < (3, 15), reason="Python 3.15 brings the lazy statement")
@pytest.mark.parametrize("source", LAZY)
def test_a_lazy_import_runs_later(source: str) -> None:
    [statement] = walked(source).imports
    assert (statement.where, statement.lazy) == LAZY[source]


@pytest.mark.parametrize("source", NAMED_LAZY)
def test_lazy_modules_make_the_imports_lazy_that_python_defers(source: str) -> None:
    [statement] = walked(f"__lazy_modules__ = ['thing']\n{source}").imports
    assert statement.lazy is NAMED_LAZY[source]


def test_what_is_named_after_an_import_leaves_it_as_it_is() -> None:
    [statement] = walked("import thing\n__lazy_modules__ = ['thing']").imports
    assert not statement.lazy


def test_a_name_from_above_the_top_keeps_its_dots() -> None:
    [binding] = walked("from ...above import name").bindings.found
    assert binding.origin == ("...above", "name")


def test_what_type_checkers_alone_read_binds_nothing() -> None:
    text = "if not TYPE_CHECKING:\n  there = 1\nelse:\n  for_types = 2"
    assert [each.name for each in walked(text).bindings.found] == ["there"]


def test_a_use_under_a_condition_knows_what_the_names_in_it_stood_for_then() -> None:
    first = "import sys\nnew = sys.version_info >= (3, 12)\nif new:\n  import a\n"
    text = f"{first}new = x\nif new:\n  import b"
    old, later = walked(text).imports[1:]
    assert (old.versions, later.versions) == (True, False)
