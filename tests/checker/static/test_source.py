"""A module's source: decoded as Python does, and each import told for what it is."""

import sys
import warnings
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modwright_check.static.source import Import, Source, Where, read_source, read_sources
from modwright_check.wheel.modules import Module
from modwright_check.wheel.source_map import SourceMap

Read = Callable[..., Source]

# Lines around `import thing`, and what they make of it: where it runs, and the flags that are set.
SETTINGS: dict[str, tuple[str, Where, set[str]]] = {
    "at the top": ("import thing", Where.AT_IMPORT, set()),
    "in a class": ("class A:\n  import thing", Where.AT_IMPORT, set()),
    "in a loop": ("for i in x:\n  import thing", Where.AT_IMPORT, set()),
    "in a with": ("with x:\n  import thing", Where.AT_IMPORT, set()),
    "in a match": ("match x:\n  case 1:\n    import thing", Where.AT_IMPORT, set()),
    "under a condition": ("if x:\n  import thing", Where.AT_IMPORT, set()),
    "in an else": ("if x:\n  pass\nelse:\n  import thing", Where.AT_IMPORT, set()),
    "in a function": ("def f():\n  import thing", Where.IN_FUNCTION, set()),
    "in a method": ("class A:\n  async def f(self):\n    import thing", Where.IN_FUNCTION, set()),
    "for types": (
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n  import thing",
        Where.FOR_TYPES,
        set(),
    ),
    "for types, by module": ("if typing.TYPE_CHECKING:\n  import thing", Where.FOR_TYPES, set()),
    "for types, renamed": (
        "from typing import TYPE_CHECKING as TC\nif TC:\n  import thing",
        Where.FOR_TYPES,
        set(),
    ),
    "for types, the old way": ("if False:\n  import thing", Where.FOR_TYPES, set()),
    "for types, in a function": (
        "if TYPE_CHECKING:\n  def f():\n    import thing",
        Where.FOR_TYPES,
        set(),
    ),
    "for types and more": ("if TYPE_CHECKING and x:\n  import thing", Where.FOR_TYPES, set()),
    "for types or more": ("if TYPE_CHECKING or x:\n  import thing", Where.AT_IMPORT, set()),
    "not for types": ("if not TYPE_CHECKING:\n  import thing", Where.AT_IMPORT, set()),
    "else of for types": (
        "if TYPE_CHECKING:\n  pass\nelse:\n  import thing",
        Where.AT_IMPORT,
        set(),
    ),
    "else of not for types": (
        "if not TYPE_CHECKING:\n  pass\nelse:\n  import thing",
        Where.FOR_TYPES,
        set(),
    ),
    "in a try": (
        "try:\n  import thing\nexcept ImportError:\n  thing = None",
        Where.AT_IMPORT,
        {"guarded", "platforms"},
    ),
    "in a try that complains": (
        "try:\n  import thing\nexcept ImportError as e:\n  raise ValueError from e",
        Where.AT_IMPORT,
        {"guarded"},
    ),
    "in a try for anything": (
        "try:\n  import thing\nexcept:\n  pass",
        Where.AT_IMPORT,
        {"guarded", "platforms"},
    ),
    "in a try for several": (
        "try:\n  import thing\nexcept (KeyError, builtins.ImportError):\n  pass",
        Where.AT_IMPORT,
        {"guarded", "platforms"},
    ),
    "in a try for something else": (
        "try:\n  import thing\nexcept KeyError:\n  pass",
        Where.AT_IMPORT,
        set(),
    ),
    "in a try in a function": (
        "def f():\n  try:\n    import thing\n  except ModuleNotFoundError:\n    return",
        Where.IN_FUNCTION,
        {"guarded", "platforms"},
    ),
    "in a function that a try defines": (
        "try:\n  def f():\n    import thing\nexcept ImportError:\n  pass",
        Where.IN_FUNCTION,
        set(),
    ),
    "in a handler": (
        "try:\n  import other\nexcept ImportError:\n  import thing",
        Where.AT_IMPORT,
        {"platforms"},
    ),
    "after all went well, more of it": (
        "try:\n  import thing.a\nexcept ImportError:\n  pass\nelse:\n  import thing",
        Where.AT_IMPORT,
        {"guarded", "platforms"},
    ),
    "after all went well": (
        "try:\n  import other\nexcept ImportError:\n  pass\nelse:\n  import thing",
        Where.AT_IMPORT,
        set(),
    ),
    "at last": (
        "try:\n  pass\nexcept ImportError:\n  pass\nfinally:\n  import thing",
        Where.AT_IMPORT,
        set(),
    ),
    "suppressed": (
        "with contextlib.suppress(ImportError):\n  import thing",
        Where.AT_IMPORT,
        {"guarded", "platforms"},
    ),
    "where it is found": (
        "if importlib.util.find_spec('thing'):\n  import thing",
        Where.AT_IMPORT,
        {"guarded"},
    ),
    "where it is loaded": (
        "def f():\n  if 'thing' in sys.modules:\n    import thing",
        Where.IN_FUNCTION,
        {"guarded"},
    ),
    "where a flag says so": (
        "try:\n  import other\n  OK = True\nexcept ImportError:\n  OK = False\n"
        "def f():\n  if not OK:\n    return\n  import thing",
        Where.IN_FUNCTION,
        {"guarded"},
    ),
    "where a flag of others says so": (
        "from .flags import HAS_THING\nif HAS_THING:\n  import thing",
        Where.AT_IMPORT,
        {"guarded"},
    ),
    "on one system": (
        "if sys.platform == 'win32':\n  import thing",
        Where.AT_IMPORT,
        {"platforms"},
    ),
    "on the others": (
        "if sys.platform.startswith('win'):\n  pass\nelse:\n  import thing",
        Where.AT_IMPORT,
        {"platforms"},
    ),
    "on one system, by os": ("if os.name == 'nt':\n  import thing", Where.AT_IMPORT, {"platforms"}),
    "on one system, by platform": (
        "if platform.system() == 'Linux':\n  import thing",
        Where.AT_IMPORT,
        {"platforms"},
    ),
    "on one system, by a flag": (
        "WIN = sys.platform == 'win32'\nif WIN:\n  import thing",
        Where.AT_IMPORT,
        {"platforms"},
    ),
    "on one system, by a flag of others": (
        "from ._compat import IS_WINDOWS\nif IS_WINDOWS:\n  import thing",
        Where.AT_IMPORT,
        {"platforms"},
    ),
    "on one system, by the project's name for it": (
        "from .systems import platform\nif platform == 'win':\n  import thing",
        Where.AT_IMPORT,
        {"platforms"},
    ),
    "on no system, by the name of something else": (
        "from .markets import platform\nif platform == 'fair':\n  import thing",
        Where.AT_IMPORT,
        set(),
    ),
    "on one system, by what it has": (
        "if hasattr(os, 'fork'):\n  import thing",
        Where.AT_IMPORT,
        {"platforms"},
    ),
    "on one system, asserted": (
        "assert sys.platform == 'win32'\nimport thing",
        Where.AT_IMPORT,
        {"platforms"},
    ),
    "on one system, left early": (
        "if sys.platform != 'win32':\n  raise ImportError\nimport thing",
        Where.AT_IMPORT,
        {"platforms"},
    ),
    "on one system, in an elif": (
        "if x:\n  pass\nelif sys.platform == 'darwin':\n  import thing",
        Where.AT_IMPORT,
        {"platforms"},
    ),
    "by version": (
        "if sys.version_info >= (3, 12):\n  import thing",
        Where.AT_IMPORT,
        {"versions"},
    ),
    "by version, else": (
        "if sys.version_info < (3, 12):\n  pass\nelse:\n  import thing",
        Where.AT_IMPORT,
        {"versions"},
    ),
    "by version, by a flag": (
        "from ._compat import PY312\nif PY312:\n  import thing",
        Where.AT_IMPORT,
        {"versions"},
    ),
    "after old versions were refused": (
        "if sys.version_info < (3, 8):\n  raise RuntimeError\nimport thing",
        Where.AT_IMPORT,
        set(),
    ),
    "when it is run": (
        "if __name__ == '__main__':\n  import thing",
        Where.AT_IMPORT,
        {"main"},
    ),
    "by a call": ("importlib.import_module('thing')", Where.AT_IMPORT, {"called"}),
    "by the oldest call": ("x = [__import__('thing').y]", Where.AT_IMPORT, {"called"}),
    "by a call in a lambda": (
        "f = lambda: import_module('thing')",
        Where.IN_FUNCTION,
        {"called"},
    ),
    "by a call in a decorator": (
        "@import_module('thing').x\ndef f(): ...",
        Where.AT_IMPORT,
        {"called"},
    ),
    "by a call in an elif": (
        "if x:\n  pass\nelif import_module('thing'):\n  pass",
        Where.AT_IMPORT,
        {"called"},
    ),
}
RELATIVE = {
    ("pkg.sub.mod", "from . import a"): "pkg.sub",
    ("pkg.sub.mod", "from .a import b"): "pkg.sub.a",
    ("pkg.sub.mod", "from .. import a"): "pkg",
    ("pkg.sub.mod", "from ..a.b import c"): "pkg.a.b",
    ("pkg.sub.mod", "from ... import a"): "...",
    ("pkg.sub.mod", "import_module('.a', __package__)"): "pkg.sub.a",
    ("pkg.sub.mod", "import_module('..a', package=__package__)"): "pkg.a",
    ("pkg.sub.mod", "import_module('.a', 'other')"): "other.a",
    ("mod", "from . import a"): ".",
}
ENCODINGS = {
    "utf-8": "x = 'é'\nimport thing\n".encode(),
    "with a byte order mark": "\ufeffx = 'é'\nimport thing\n".encode(),
    "latin-1 by cookie": "# -*- coding: latin-1 -*-\nx = 'é'; import thing\n".encode("latin-1"),
    "with the newlines of Windows": b"x = 1\r\nimport thing\r\n",
    "with the newlines of old Macs": b"x = 1\rimport thing\r",
}
UNREADABLE = {
    "not utf-8": b"x = '\xe9'\n",
    "not utf-8, far below": b"\n" * 20 + b"x = '\xe9'\n",
    "of an unknown encoding": b"# coding: klingon\n",
    "of an encoding that is none of text": b"# coding: hex\nabc\n",
    "of two encodings": b"\xef\xbb\xbf# coding: latin-1\n",
    "with a null byte": b"x = 1\0\n",
    "no Python": b"def f(:\n",
    "nested without end": b"x = " + b"(" * 100_000,
    "a sum without end": b"x = 1" + b" + 1" * 200_000,
}


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """Read a module out of its source."""
    folder = tmp_path_factory.mktemp("site-packages")

    def read(source: str | bytes, name: str = "pkg.mod", *, is_package: bool = False) -> Source:
        end = "/__init__.py" if is_package else ".py"
        path = PurePosixPath(name.replace(".", "/") + end)
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(dedent(source).encode() if isinstance(source, str) else source)
        found = read_source(Module(name, path), SourceMap(None, folder, ()))
        assert found is not None
        return found

    return read


def flags(statement: Import) -> set[str]:
    names = ("guarded", "platforms", "versions", "called", "main")
    return {name for name in names if getattr(statement, name)}


@pytest.mark.parametrize("setting", SETTINGS)
def test_an_import_is_told_for_what_stands_around_it(setting: str, read: Read) -> None:
    source, where, expected = SETTINGS[setting]
    [statement] = [each for each in read(source).imports if each.module == "thing"]
    assert (statement.where, flags(statement)) == (where, expected)
    lines = source.splitlines()
    assert "thing" in lines[statement.line - 1]


FLAGS = {
    "BUILT = False\n": "if not BUILT:\n    raise ValueError",
    "try:\n  import thing\n  ok = True\nexcept ImportError:\n  ok = False\n": "assert ok, 'sorry'",
    "try:\n  import thing\nexcept ImportError:\n  thing = None\n": "if thing is None: return",
    "def ready():\n  try:\n    import thing\n  except ImportError:\n    return False\n": (
        "if not ready(): raise ValueError"
    ),
    "from importlib.util import find_spec\ndef ready(): return bool(find_spec('thing'))\n": (
        "if not ready(): return"
    ),
    "import sys\ncan_do = sys.platform == 'linux'\n": "if not (can_do and more): return",
}
NO_FLAGS = {
    "BUILT = True\n": "if not BUILT:\n    raise ValueError",
    "BUILT = False\n": "if BUILT:\n    raise ValueError",
    "def ready(): return settings['thing']\n": "if not ready(): return",
    "BUILT = False\nif asked():\n  BUILT = True\n": "if not BUILT: return",
}
IMPORTED = (
    ("from .flags import {name}\ndef f(more):\n  ", "{name}"),
    ("from pkg.handed import {name}\ndef f(more):\n  ", "{name}"),
    ("from pkg import flags as told\ndef f(more):\n  ", "told.{name}"),
    ("def f(more):\n  import pkg.flags\n  ", "pkg.flags.{name}"),
)


@pytest.mark.parametrize("way", IMPORTED)
@pytest.mark.parametrize(
    ("flag", "test", "expected"),
    [(*each, True) for each in FLAGS.items()] + [(*each, False) for each in NO_FLAGS.items()],
)
def test_a_flag_of_another_module_tells_what_it_depends_on(
    flag: str, test: str, expected: bool, way: tuple[str, str], tmp_path: Path
) -> None:
    name = next(each for each in ("BUILT", "ok", "ready", "can_do", "thing") if each in test)
    begin, called = (part.replace("{name}", name) for part in way)
    files = {
        "__init__.py": "",
        "flags.py": flag,
        "handed.py": f"from pkg.flags import {name}",
        "user.py": f"{begin}{test.replace(name, called)}\n  import thing_of_others\n",
    }
    for file, text in files.items():
        (tmp_path / "pkg").mkdir(exist_ok=True)
        (tmp_path / "pkg" / file).write_text(text)
    modules = [
        Module(f"pkg.{file[:-3]}".removesuffix(".__init__"), PurePosixPath("pkg", file))
        for file in files
    ]
    read = read_sources(SourceMap(None, tmp_path, tuple(modules)))
    statement = read["pkg.user"].imports[-1]
    assert statement.module == "thing_of_others"
    assert (statement.guarded or statement.platforms) is expected


@pytest.mark.parametrize(("module", "statement"), RELATIVE)
def test_a_relative_import_is_resolved(module: str, statement: str, read: Read) -> None:
    [found] = read(statement, module).imports
    assert found.module == RELATIVE[module, statement]


def test_a_package_is_where_its_own_relative_imports_start(read: Read) -> None:
    [found] = read("from .a import b", "pkg.sub", is_package=True).imports
    assert (found.module, found.names) == ("pkg.sub.a", ("b",))


def test_imports_come_in_the_order_of_their_lines(read: Read) -> None:
    source = """
        import a, b.c
        def f():
            import d
        from e import (
            f as g,
            h,
        )
        from i import *
    """
    found = [(each.module, each.names, each.line) for each in read(source).imports]
    assert found == [
        ("a", (), 2),
        ("b.c", (), 2),
        ("d", (), 4),
        ("e", ("f", "h"), 5),
        ("i", ("*",), 9),
    ]


def test_a_name_that_nobody_knows_before_it_runs_is_not_an_import(read: Read) -> None:
    assert (
        read("import_module(name)\nimport_module(f'a.{b}')\nimport_module('.a', x)").imports == ()
    )


def test_what_the_top_level_binds_is_known_with_its_first_line(read: Read) -> None:
    source = """
        import a.b, c as d
        from e import f as g
        from h import *
        def i(): local = 1
        class J: attribute = 1
        k = l = 1
        m, (n, *o) = x
        p: int = 1
        q: int
        for r in x: s = 1
        with x as t: pass
        if (u := x): v = 1
        try: w = 1
        except E as error: w = 2
        if TYPE_CHECKING: import only_types
        if __name__ == "__main__": only_main = 1
        k += 1
        x.y = z[0] = 1
    """
    bound = dict(read(source).definitions)
    lines = "a2 d2 g3 i5 J6 k7 l7 m8 n8 o8 p9 r11 s11 t12 u13 v13 w14"
    assert bound == {word[0]: int(word[1:]) for word in lines.split()}


@pytest.mark.parametrize(
    ("source", "exported"),
    [
        ("x = 1", None),
        ("__all__ = []", ()),
        ("__all__ = ['a', 'b']", ("a", "b")),
        ("__all__ = ('a',)\n__all__ += ['b']", ("a", "b")),
        (
            "__all__: list[str] = ['a']\n__all__.append('b')\n__all__.extend(('c',))",
            ("a", "b", "c"),
        ),
        ("__all__ = ['a', 'b']\n__all__.remove('a')", ("b",)),
        ("__all__ = ['a'] + other.__all__ + ['b']", ("a", "b")),
        ("__all__ = [name for name in x]", ()),
        ("def f():\n  __all__ = ['a']", None),
    ],
)
def test_exports_are_known_as_far_as_they_are_literal(
    source: str, exported: tuple[str, ...] | None, read: Read
) -> None:
    assert read(source).exported == exported


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("x = 1", None),
        ("\nif __name__ == '__main__':\n  pass", 2),
        ("if '__main__' == __name__: pass", 1),
        ("if __name__ == 'other': pass", None),
        ("def f():\n  if __name__ == '__main__': pass", None),
    ],
)
def test_the_main_guard_is_found(source: str, line: int | None, read: Read) -> None:
    assert read(source).main_guard == line


@pytest.mark.parametrize("way", ENCODINGS)
def test_source_is_decoded_as_python_does(way: str, read: Read) -> None:
    found = read(ENCODINGS[way])
    assert [each.module for each in found.imports] == ["thing"]
    assert found.imports[0].line == 2
    assert "\r" not in found.text
    assert not found.text.startswith("\ufeff")


@pytest.mark.parametrize("way", UNREADABLE)
def test_what_cannot_be_read_is_told_and_does_not_raise(way: str, read: Read) -> None:
    found = read(UNREADABLE[way])
    assert found.tree is None
    assert found.error is not None
    assert found.imports == ()


def test_a_warning_about_the_source_is_not_ours_to_tell(read: Read) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert read(r"x = '\d'; y = 1 is 1").error is None


def test_many_elifs_are_not_a_deep_nest(read: Read) -> None:
    chain = "if x: import a0\n" + "".join(f"elif y{i}: import a{i}\n" for i in range(1, 900))
    assert len(read(chain).imports) == 900


def test_an_extension_has_no_source(tmp_path: Path) -> None:
    module = Module("pkg.fast", PurePosixPath("pkg/fast.abi3.so"))
    assert read_source(module, SourceMap(None, tmp_path, ())) is None


# Statements around an import, each with what it does to it.
NESTS = [
    ("if x:", set()),
    ("for x in y:", set()),
    ("while x:", set()),
    ("with x:", set()),
    ("class A:", set()),
    ("def f():", {"IN_FUNCTION"}),
    ("async def f():", {"IN_FUNCTION"}),
    ("if TYPE_CHECKING:", {"FOR_TYPES"}),
    ("if sys.platform == 'x':", {"platforms"}),
    ("if sys.version_info > (3, 9):", {"versions"}),
    ("if find_spec('x') is not None and importlib.util.find_spec('y'):", {"guarded"}),
]
IMPORTS = {
    "import a.b": ("a.b", ()),
    "import a.b as c": ("a.b", ()),
    "from a.b import c, d as e": ("a.b", ("c", "d")),
    "from a import *": ("a", ("*",)),
    "from . import c": ("pkg", ("c",)),
    "x = import_module('a.b')": ("a.b", ()),
}


@given(st.lists(st.sampled_from(NESTS), max_size=8), st.sampled_from(sorted(IMPORTS)))
def test_an_import_in_any_nest_is_told_right(
    read: Read, nest: list[tuple[str, set[str]]], statement: str
) -> None:
    lines = [" " * depth + line for depth, (line, _) in enumerate(nest)]
    found = read("\n".join([*lines, " " * len(nest) + statement]))
    does = set().union(*(effects for _, effects in nest))
    [only] = found.imports
    assert (only.module, only.names, only.line) == (*IMPORTS[statement], len(nest) + 1)
    where = "FOR_TYPES" if "FOR_TYPES" in does else "IN_FUNCTION" if "IN_FUNCTION" in does else None
    assert only.where.name == (where or "AT_IMPORT")
    assert flags(only) - {"called"} == does - {"FOR_TYPES", "IN_FUNCTION"}


@given(
    st.one_of(
        st.binary(),
        st.text().map(str.encode),
        st.text("(){}[]:=,.'\"\\\n #aif", max_size=40).map(str.encode),
    )
)
def test_no_text_ever_raises(read: Read, content: bytes) -> None:
    found = read(content)
    assert (found.tree is None) == (found.error is not None)


def test_what_another_python_cannot_parse_is_told(read: Read) -> None:
    newer = "lazy import thing" if sys.version_info < (3, 15) else "import import"
    assert isinstance(read(newer).error, SyntaxError)
