"""The chain: modules are handed back, and no import shows a trace of what is not its own."""

import os
from pathlib import Path

import pytest

from modwright_check.model.loads import Loads
from tests.checker.laid_out import Laid, lay_out
from tests.checker.probe.test_tree import differences
from tests.parts import shared_out

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")

# What one module of the project may do to another one: what holds the state, what changes it, and
# how a third one would notice. In a fresh interpreter it does not, for it imports only the first.
TRACES = {
    "a registry that is a dictionary": ("HELD = {}", "core.HELD['a'] = 1", "core.HELD"),
    "a registry that is a list": ("HELD = []", "core.HELD.append(1)", "core.HELD"),
    "a set": ("HELD = set()", "core.HELD.add(1)", "core.HELD"),
    "a deque": (
        "from collections import deque\nHELD = deque()",
        "core.HELD.append(1)",
        "core.HELD",
    ),
    "an entry of a list": ("HELD = [None]", "core.HELD[0] = 'a'", "core.HELD[0]"),
    "the bytes of an array": ("HELD = bytearray(1)", "core.HELD[0] = 7", "core.HELD[0]"),
    "an attribute of a module": ("DEBUG = False", "core.DEBUG = True", "core.DEBUG"),
    "a new attribute of a module": ("", "core.debug = True", "hasattr(core, 'debug')"),
    "an attribute of a class": ("class Core: pass", "core.Core.x = 1", "hasattr(core.Core, 'x')"),
    "an attribute of a function": ("def f(): pass", "core.f.x = 1", "hasattr(core.f, 'x')"),
    "an attribute of an instance": (
        "class Core: pass\nCORE = Core()",
        "core.CORE.x = 1",
        "hasattr(core.CORE, 'x')",
    ),
    "an instance with slots": (
        "class Core:\n    __slots__ = ('x',)\nCORE = Core()",
        "core.CORE.x = 1",
        "hasattr(core.CORE, 'x')",
    ),
    "a registry of subclasses": (
        "HELD = []\nclass Core:\n    def __init_subclass__(cls): HELD.append(cls)",
        "class A(core.Core): pass",
        "core.HELD",
    ),
    "a registry of a metaclass": (
        "class Meta(type):\n    held = []\n    def __init__(cls, *_): Meta.held.append(1)\n"
        "class Core(metaclass=Meta): pass\nMeta.held.clear()",
        "class A(core.Core): pass",
        "core.Meta.held",
    ),
    "the subclasses that a class knows": (
        "class Core: pass",
        "class A(core.Core): pass",
        "core.Core.__subclasses__()",
    ),
    "a registry of weak references": (
        "from weakref import WeakValueDictionary\nHELD = WeakValueDictionary()\nclass Core: pass",
        "ONE = core.HELD['a'] = core.Core()",
        "len(core.HELD)",
    ),
    "a cache": (
        "from functools import cache\n@cache\ndef get(name): return name",
        "core.get('a')",
        "core.get.cache_info().currsize",
    ),
    "a closure": (
        "def make():\n    held = []\n    def add(one=None):\n        if one: held.append(one)\n"
        "        return held\n    return add\nadd = make()",
        "core.add(1)",
        "core.add()",
    ),
    "a single dispatch": (
        "from functools import singledispatch\n@singledispatch\ndef get(_): pass",
        "@core.get.register\ndef _(one: int): pass",
        "int in core.get.registry",
    ),
    "a counter": (
        "from itertools import count\nNUMBERS = count()",
        "next(core.NUMBERS)",
        "next(core.NUMBERS)",
    ),
    "an iterator": ("LEFT = iter([0, 1])", "next(core.LEFT)", "next(core.LEFT)"),
    "a generator": (
        "def numbers():\n    yield 0\n    yield 1\nLEFT = numbers()",
        "next(core.LEFT)",
        "next(core.LEFT)",
    ),
    "sys.modules": ("import sys", "core.sys.modules['nobody'] = core", "'nobody' in sys.modules"),
    "a registry of another distribution": (
        "import other",
        "core.other.HELD['a'] = 1",
        "core.other.HELD",
    ),
}


def with_trace(folder: Path, trace: str) -> Laid:
    holds, changes, notices = TRACES[trace]
    files = {
        "app/__init__.py": "",
        "app/core.py": holds,
        "app/a_changes.py": f"from app import core\n{changes}",
        "app/b_notices.py": f"import sys\nfrom app import core\nassert not ({notices})",
        "app/c_needs_both.py": "from app import a_changes, core",
    }
    return lay_out(folder, files, {"other.py": "HELD = {}"})


@pytest.mark.parametrize("trace", shared_out(TRACES, readme=[*TRACES][::4]))
def test_no_module_leaves_a_trace_in_the_import_of_another(trace: str, tmp_path: Path) -> None:
    project = with_trace(tmp_path, trace)
    seen = project.in_tree()
    assert {name for name, outcome in seen.items() if not outcome.loaded} == set()
    assert set(seen) == set(project.names)
    assert differences(project) == {}


@pytest.mark.full
def test_modules_that_only_define_things_are_seen_in_one_process(tmp_path: Path) -> None:
    files = {"app/__init__.py": "", "app/m0.py": "import json"}
    files |= {f"app/m{number}.py": f"from app import m{number - 1}" for number in range(1, 40)}
    project = lay_out(tmp_path, files)
    seen = project.in_tree()
    assert differences(project) == {}
    assert all(isinstance(outcome.loads, Loads) for outcome in seen.values())


def test_what_comes_with_an_import_is_told_as_a_fresh_interpreter_tells_it(tmp_path: Path) -> None:
    project = lay_out(
        tmp_path,
        {
            "app/__init__.py": "",
            "app/one.py": "import json",
            "app/inner/__init__.py": "from app.inner import core\nfrom app import one",
            "app/inner/core.py": "import email.message\nONE = 1",
            "app/two.py": "from app.inner.core import ONE\nimport json",
            "app/three.py": "import json\nfrom app import two, one",
        },
    )
    seen = project.in_tree()
    for name in ("app.one", "app.inner", "app.two", "app.three"):
        fresh = project.fresh(name)
        told = [(load.name, load.depth) for load in seen[name].loads if load.name.startswith("app")]
        assert told == [(load.name, load.depth) for load in fresh.loads if load.name[:3] == "app"]
        assert seen[name].modules_loaded == fresh.modules_loaded


def test_a_submodule_that_is_not_imported_is_missed_though_others_have_it(tmp_path: Path) -> None:
    files = {
        "app/__init__.py": "",
        "app/inner/__init__.py": "",
        "app/inner/part.py": "",
        "app/forgets.py": "import app.inner\napp.inner.part",
        "app/has.py": "import app.inner.part\napp.inner.part",
    }
    project = lay_out(tmp_path, files)
    assert not project.in_tree()["app.forgets"].loaded
    assert differences(project) == {}


def test_a_cycle_fails_where_it_fails_in_a_fresh_interpreter(tmp_path: Path) -> None:
    files = {
        "app/__init__.py": "",
        "app/a.py": "from app import b\nclass A(b.B): pass",
        "app/b.py": "import app.a\nclass B: pass",
        "app/needs_a.py": "from app import a",
        "app/needs_b.py": "from app import b",
    }
    project = lay_out(tmp_path, files)
    assert differences(project) == {}
    assert {name for name, one in project.in_tree().items() if not one.loaded} == {
        "app.b",
        "app.needs_b",
    }


@pytest.mark.full
def test_imports_too_deep_for_python_fail_as_in_a_fresh_interpreter(tmp_path: Path) -> None:
    deepest = 128
    files = {"app/__init__.py": "", "app/m0.py": ""}
    files |= {f"app/m{n}.py": f"from app import m{n - 1}" for n in range(1, deepest + 1)}
    project = lay_out(tmp_path, files)
    seen = project.imported()
    for number in (50, 90, deepest):  # Python 3.11 gets to 98, newer ones to 123
        name = f"app.m{number}"
        assert seen[name].loaded == project.fresh(name).loaded == (number != deepest)


def test_a_recursion_of_ones_own_fails_where_python_lets_it_fail(tmp_path: Path) -> None:
    deep = "def f(n):\n    return n and f(n - 1)\nf({})"
    project = lay_out(tmp_path, {"fits.py": deep.format(900), "too_deep.py": deep.format(1100)})
    assert [project.fresh(name).loaded for name in ("fits", "too_deep")] == [True, False]


def test_a_module_is_not_handed_back_when_a_function_imports_it_before_its_turn(
    tmp_path: Path,
) -> None:
    files = {
        "app/__init__.py": "",
        "app/a.py": "from importlib import import_module\nz = import_module('app.z')\nHERE = 1",
        "app/z.py": "import sys\nassert 'app.a' not in sys.modules",
        "app/needs_a.py": "from app import a",
    }
    assert differences(lay_out(tmp_path, files)) == {}


def test_effects_stay_with_the_module_that_has_them(tmp_path: Path) -> None:
    files = {
        "app/__init__.py": "",
        "app/quiet.py": "def f(): print('f')",
        "app/prints.py": "print('hello')",
        "app/calls.py": "from app import quiet\nquiet.f()",
        "app/needs.py": "from app import prints, quiet",
    }
    seen = lay_out(tmp_path, files).in_tree()
    kinds = {name: [each.kind for each in one.effects] for name, one in seen.items()}
    assert kinds["app.quiet"] == kinds["app"] == []
    assert kinds["app.prints"] == kinds["app.calls"] == kinds["app.needs"] == ["output"]


def test_dunder_import_takes_its_arguments_by_keyword(tmp_path: Path) -> None:
    asks = "ONE = __import__('app.one', globals(), fromlist=('one',), level=0).ONE"
    files = {"app/__init__.py": "", "app/one.py": "ONE = 1", "app/asks.py": asks}
    assert lay_out(tmp_path, files).in_tree()["app.asks"].loaded


# As six does: a finder that stands at the end of sys.meta_path, for modules of its own.
FINDER = """
import sys
from importlib.machinery import ModuleSpec
class Finder:
    def find_spec(self, name, path=None, target=None):
        return ModuleSpec(name, self) if name in ('other.made', 'made') else None
    def create_module(self, spec): return None
    def exec_module(self, module): module.ONE = 1
__path__ = []
sys.meta_path.append(Finder())
"""


def test_a_finder_comes_and_goes_with_the_module_that_adds_it(tmp_path: Path) -> None:
    files = {
        "app/__init__.py": "",
        "app/has.py": "import other\nfrom other.made import ONE",
        "app/has_as_well.py": "from other.made import ONE",
        "app/needs.py": "from app import has, has_as_well\nfrom other.made import ONE",
        "app/notices.py": "import sys\nassert 'Finder' not in str(sys.meta_path)",
    }
    project = lay_out(tmp_path, files, {"other.py": FINDER})
    seen = project.in_tree()
    assert differences(project) == {}
    assert all(isinstance(outcome.loads, Loads) for outcome in seen.values())
    for name, outcome in seen.items():
        told = [(each.kind, each.detail, each.own) for each in outcome.effects]
        fresh = project.fresh(name).effects
        assert told == [(each.kind, each.detail, each.own) for each in fresh]


def test_what_a_finder_finds_is_not_there_without_the_module_that_adds_it(tmp_path: Path) -> None:
    files = {
        "app/__init__.py": "",
        "app/forgets.py": "import made",
        "app/has.py": "import other, made",
        "app/has_as_well.py": "import other, made",
        "app/needs.py": "from app import has",
    }
    project = lay_out(tmp_path, files, {"other.py": FINDER})
    assert not project.in_tree()["app.forgets"].loaded
    assert differences(project) == {}


def test_a_finder_comes_with_a_package_whose_modules_ask_for_one_another(tmp_path: Path) -> None:
    files = {
        "app/__init__.py": "from app import low, high",
        "app/low.py": "import app, other",
        "app/high.py": "import app\nfrom app import low",
        "app/user.py": "import app",
        "needs.py": "from app import user",
    }
    project = lay_out(tmp_path, files, {"other.py": FINDER})
    assert project.in_tree().keys() == {"app", "app.high", "app.low", "app.user", "needs"}
    assert differences(project) == {}
