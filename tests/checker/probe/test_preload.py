"""Other people's modules are handed back just as a real import would have brought them."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from modwright_check.model.import_result import Effect
from tests.checker.laid_out import Laid, lay_out, verdict

pytestmark = [
    pytest.mark.full,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here"),
]

Layout = Callable[[str, str], dict[str, str]]

# So many siblings ask for a module that it is worth while to load it once for all of them.
SIBLINGS = "abc"

LAZY = """
    import importlib
    def __getattr__(name):
        if name.startswith("_"):
            raise AttributeError(name)
        return importlib.import_module(f".{name}", __name__)
"""
FINDER = """
    import importlib.abc, importlib.machinery, sys

    class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
        def find_spec(self, name, path, target=None):
            if name == "made_up":
                return importlib.machinery.ModuleSpec(name, self)

        def create_module(self, spec):
            return None

        def exec_module(self, module):
            module.ONE = 1

    sys.meta_path.append(Finder())
"""
# Name: files of others; what siblings do with them; what one module does that has forgotten part of
# it, and whether it gets away with that.
FORGOTTEN: dict[str, tuple[dict[str, str], str, str, bool]] = {
    "a submodule": (
        {"pack/__init__.py": "", "pack/part.py": ""},
        "import pack.part\npack.part",
        "import pack\npack.part",
        False,
    ),
    "a submodule that the package imports": (
        {"pack/__init__.py": "from . import part", "pack/part.py": ""},
        "import pack.part",
        "import pack\npack.part",
        True,
    ),
    "a submodule that another part imports": (
        {
            "pack/__init__.py": "",
            "pack/part.py": "",
            "pack/whole.py": "import pack.part",
        },
        "import pack.part\nimport pack.whole",
        "import pack.whole\npack.part",
        True,
    ),
    "a submodule of a submodule": (
        {"pack/__init__.py": "", "pack/in_/__init__.py": "", "pack/in_/part.py": ""},
        "import pack.in_.part",
        "import pack.in_\npack.in_.part",
        False,
    ),
    "a submodule that comes when it is asked for": (
        {"pack/__init__.py": LAZY, "pack/part.py": ""},
        "import pack.part\npack.part",
        "import pack\nassert 'part' not in vars(pack)\npack.part\nassert 'part' in vars(pack)",
        True,
    ),
    "a part of a namespace package": (
        {"space/one/__init__.py": "", "space/two.py": ""},
        "import space.one, space.two",
        "import space.one\nspace.two",
        False,
    ),
    "a module that only another one imports": (
        {"outer.py": "import inner", "inner.py": ""},
        "import outer, inner",
        "import outer, sys\nsys.modules['inner']",
        True,
    ),
    "a module that nobody imports": (
        {"outer.py": "", "inner.py": ""},
        "import outer, inner",
        "import outer, sys\nsys.modules['inner']",
        False,
    ),
    "a module that another one puts into sys.modules": (
        {"outer.py": "import sys\nsys.modules['outer.inner'] = type(sys)('outer.inner')"},
        "import outer\nimport outer.inner",
        "import sys\nsys.modules['outer.inner']",
        False,
    ),
    "a module that another one puts into sys.modules before it imports": (
        {
            "outer.py": (
                "import sys\nsys.modules['outer.inner'] = type(sys)('outer.inner')\nimport plain"
            ),
            "plain.py": "",
        },
        "import outer, plain",
        "import plain, sys\nsys.modules['outer.inner']",
        False,
    ),
    "nothing of what another one puts into sys.modules": (
        {"outer.py": "import sys\nsys.modules['outer.inner'] = type(sys)('outer.inner')"},
        "import outer",
        "import outer.inner",
        True,
    ),
    "typing, which brings modules that have no file": (
        {},
        "import typing",
        "import sys\nsys.modules['typing']",
        False,
    ),
    "an object in a module's place": (
        {"outer.py": "import sys, types\nsys.modules[__name__] = types.SimpleNamespace(a=1)"},
        "import outer\nassert outer.a == 1",
        "import outer\nouter.b",
        False,
    ),
    "a finder": (
        {"finds.py": FINDER},
        "import finds\nimport made_up\nassert made_up.ONE == 1",
        "import made_up",
        False,
    ),
    "nothing, after a finder": (
        {"finds.py": FINDER},
        "import finds",
        "import finds\nimport made_up\nassert made_up.ONE == 1",
        True,
    ),
    "half of a circle": (
        {
            "day.py": "import night\nONE = 1",
            "night.py": "import day\ndef one(): return day.ONE",
        },
        "import night\nassert night.one() == 1",
        "import day\nassert day.night.one() == 1",
        True,
    ),
    "the other half of a circle": (
        {
            "day.py": "from night import ONE\nTWO = 2",
            "night.py": "from day import TWO\nONE = 1",
        },
        "try:\n  import day\nexcept ImportError:\n  pass",
        "import night",
        False,
    ),
    "a part of an extension": (
        {},
        "import sqlite3, sqlite3.dbapi2\nsqlite3.connect(':memory:').close()",
        "import sqlite3\nsqlite3.dump",
        False,
    ),
    "an extension": (
        {},
        "import _struct, zlib, _decimal",
        "import decimal\nassert decimal.Decimal(1) + 1 == 2\nzlib",
        False,
    ),
    "a library that does without another one": (
        {"outer.py": "try:\n  import nosuch\nexcept ImportError:\n  nosuch = None"},
        "import outer\nassert outer.nosuch is None",
        "import nosuch",
        False,
    ),
    "a module that another one imports in a function": (
        {"outer.py": "def call():\n  import inner", "inner.py": ""},
        "import outer, inner",
        "import outer, sys\nouter.call()\nsys.modules['inner']",
        True,
    ),
    "a library that names a module of the project": (
        {"plug.py": "import app.base"},
        "import plug",
        "import app\napp.base",
        False,
    ),
}
# What a library may do to its user's process that others could come to rely on.
CHANGES = {
    "builtins": ("import builtins\nbuiltins.shout = print", "shout"),
    "sys.path": (
        "import os, sys\nsys.path.append(os.path.join(os.path.dirname(__file__), 'more'))",
        "import further",
    ),
    "the environment": (
        "import os\nos.environ['SHOUT'] = 'x'",
        "import os\nos.environ['SHOUT']",
    ),
    "the working directory": (
        "import os\nos.chdir('/')",
        "import os\nassert os.getcwd() == '/'",
    ),
    "stdout": (
        "import io, sys\nsys.stdout = io.StringIO()",
        "import sys\nassert sys.stdout.getvalue() == ''",
    ),
    "the import hooks of sys.path": (
        "import sys\ndef hook(path): raise ImportError\nsys.path_hooks.append(hook)",
        "import sys\nassert sys.path_hooks[-1].__name__ == 'hook'",
    ),
    "the recursion limit": (
        "import sys\nsys.setrecursionlimit(3000)",
        "import sys\nassert sys.getrecursionlimit() == 3000",
    ),
}
FAILING = {
    "raises": "raise ValueError('no such day')",
    "raises when it is half done": "import json, xml.dom\nraise ValueError('no such day')",
    "exits": "raise SystemExit(3)",
    "exits at once": "import os\nos._exit(3)",
    "exits as if all were well": "import os\nos._exit(0)",
    "crashes": "import os\nos.abort()",
    "kills its group": "import os, signal\nos.killpg(0, signal.SIGKILL)",
    "hangs": "import time\ntime.sleep(600)",
    "is no Python": "x = = 1",
    "removes itself": "import sys\ndel sys.modules[__name__]",
    "starts a thread": (
        "import threading, time\nthreading.Thread(target=time.sleep, args=(600,)).start()"
    ),
}


def in_package(siblings: str, other: str) -> dict[str, str]:
    files = {f"app/sibling_{letter}.py": siblings for letter in SIBLINGS}
    return {"app/__init__.py": "", "app/base.py": "", "app/other.py": other, **files}


def at_the_top(siblings: str, other: str) -> dict[str, str]:
    return {"other.py": other, **{f"sibling_{letter}.py": siblings for letter in SIBLINGS}}


def agrees(project: Laid) -> dict[str, bool]:
    """Return which modules load, once tree and fresh interpreters agree on it to the last word."""
    seen, fresh = project.in_tree(), project.each_fresh()
    assert {name: verdict(seen[name]) for name in seen} == {
        name: verdict(fresh[name]) for name in seen
    }
    assert set(seen) == set(project.names)
    return {name: outcome.loaded for name, outcome in fresh.items()}


@pytest.mark.parametrize("what", FORGOTTEN)
def test_what_is_forgotten_is_not_there_and_the_rest_is(what: str, tmp_path: Path) -> None:
    others, siblings, forgets, gets_away = FORGOTTEN[what]
    loads = agrees(lay_out(tmp_path, in_package(siblings, forgets), others))
    assert loads.pop("app.other") is gets_away
    assert all(loads.values())


@pytest.mark.parametrize("what", FORGOTTEN)
def test_what_is_forgotten_is_not_there_at_the_top_either(what: str, tmp_path: Path) -> None:
    others, siblings, forgets, gets_away = FORGOTTEN[what]
    if "app" in forgets:
        pytest.skip("there is no package at the top")
    loads = agrees(lay_out(tmp_path, at_the_top(siblings, forgets), others))
    assert loads.pop("other") is gets_away
    assert all(loads.values())


@pytest.mark.parametrize("layout", [in_package, at_the_top])
@pytest.mark.parametrize("what", CHANGES)
def test_what_a_library_changes_is_so_for_its_users_only(
    what: str, layout: Layout, tmp_path: Path
) -> None:
    change, relies = CHANGES[what]
    others = {"loud.py": change, "quiet.py": "", "more/further.py": ""}
    files = layout(f"import quiet\nimport loud\n{relies}", f"import quiet\n{relies}")
    loads = agrees(lay_out(tmp_path, files, others))
    assert [name.rpartition(".")[2] for name in loads if not loads[name]] == ["other"]


@pytest.mark.xfail(reason="libraries complete one another too often to load them apart for that")
def test_what_a_library_adds_to_another_one_is_there_for_its_users_only(tmp_path: Path) -> None:
    others = {"loud.py": "import quiet\nquiet.shout = print", "quiet.py": ""}
    files = in_package("import loud, quiet\nquiet.shout", "import quiet\nquiet.shout")
    assert not agrees(lay_out(tmp_path, files, others))["app.other"]


@pytest.mark.parametrize("asked", ["flags", "flags.image", "wares", "spares"])
def test_a_part_of_a_library_that_fails_is_not_handed_back(asked: str, tmp_path: Path) -> None:
    others = {
        "flags/__init__.py": "from flags.image import Image\nraise RuntimeError('no settings')",
        "flags/image.py": "class Image: ...",
        "wares.py": "from flags.image import Image",
        "spares.py": "try:\n  import flags\nexcept RuntimeError: ...",
    }
    first = {f"app/a_{number}.py": f"import {asked}" for number in range(3)}
    second = {f"app/b_{number}.py": "from flags.image import Image" for number in range(3)}
    third = {f"app/c_{number}.py": "import wares" for number in range(3)}
    project = lay_out(tmp_path, {"app/__init__.py": "", **first, **second, **third}, others)
    loaded = {name for name, outcome in project.in_tree().items() if outcome.loaded}
    assert loaded == {"app", *({"app.a_0", "app.a_1", "app.a_2"} if asked == "spares" else ())}


@pytest.mark.parametrize("layout", [in_package, at_the_top])
@pytest.mark.parametrize("way", FAILING)
def test_a_library_that_fails_spoils_it_for_its_users_only(
    way: str, layout: Layout, tmp_path: Path
) -> None:
    files = layout("import json.tool\nimport bad", "import json\njson.tool")
    files |= {
        name.replace("other", "fine"): "import json.tool" for name in files if "other" in name
    }
    time_limit = 2 if way == "hangs" else 30
    project = lay_out(tmp_path, files, {"bad.py": FAILING[way]}, time_limit=time_limit)
    seen = project.in_tree()
    users_load = project.fresh(next(name for name in project.names if "sibling" in name)).loaded
    for name, outcome in seen.items():
        assert outcome.loaded == ("other" not in name and ("sibling" not in name or users_load))


@pytest.mark.parametrize("layout", [in_package, at_the_top])
def test_a_library_that_starts_a_thread_leaves_the_others_to_the_tree(
    layout: Layout, tmp_path: Path
) -> None:
    project = lay_out(tmp_path, layout("import bad", ""), {"bad.py": FAILING["starts a thread"]})
    assert project.in_tree().keys() == set(project.names)


def test_to_be_handed_something_is_not_an_effect(tmp_path: Path) -> None:
    own = {"app/__init__.py": "", **{f"app/{letter}.py": "import plain" for letter in SIBLINGS}}
    seen = lay_out(tmp_path, own, {"plain.py": "ONE = 1"}).in_tree()
    assert len(seen) == len(own)
    assert {name: outcome.effects for name, outcome in seen.items() if outcome.effects} == {}


@pytest.mark.parametrize("asks", ["import finder", "import finder.part", "from finder import part"])
def test_a_finder_that_is_handed_back_is_the_doing_of_its_library(
    asks: str, tmp_path: Path
) -> None:
    others = {"finder/__init__.py": "import inner", "finder/part.py": "", "inner.py": FINDER}
    project = lay_out(tmp_path, in_package(asks, "import json"), others)
    seen = project.in_tree()
    effects = [outcome.effects for name, outcome in seen.items() if "sibling" in name]
    assert effects == [(Effect("hook", "finder: Finder", None, None, own=False),)] * len(SIBLINGS)
    assert project.fresh("app.sibling_a").effects == effects[0]
    assert not seen["app.other"].effects


def test_every_user_gets_it_once_though_a_package_below_asks_for_it_as_well(tmp_path: Path) -> None:
    files = {
        f"app/{package}{module}.py": "import shared.part\nassert shared.part.count == [1]"
        for package in ("", "in_/", "in_/deep/")
        for module in SIBLINGS
    }
    files |= {f"app/{package}__init__.py": "" for package in ("", "in_/", "in_/deep/")}
    others = {
        "shared/__init__.py": "count = []",
        "shared/part.py": "from shared import count\ncount.append(1)",
    }
    assert all(agrees(lay_out(tmp_path, files, others)).values())
