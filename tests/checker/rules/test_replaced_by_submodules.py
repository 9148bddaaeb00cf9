"""MW317: names of a package that the import of a submodule replaces."""

import subprocess
import sys
from pathlib import Path

import pytest

from modwright_check.rules.replaced_by_submodules import judge
from tests.checker.rules.conftest import Judged
from tests.conftest import WriteFiles
from tests.corpus.cases import lacking

IS_A_MODULE = "import pkg, pkg.run, types; print(isinstance(pkg.run, types.ModuleType))"


def said(judged: Judged, files: dict[str, str]) -> list[str]:
    return [f"{each.code} {each.file}:{each.line}" for each in judged(judge, files)]


def replaces(folder: Path, python: str = sys.executable) -> bool:
    """Return whether a real interpreter finds the module where the package has bound a name."""
    command = [python, "-c", IS_A_MODULE]
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip() == "True"


@pytest.mark.parametrize(
    ("init", "others", "found"),
    [
        ("def run(): ...\n", {}, ["MW317 src/pkg/__init__.py:1"]),
        ("from .core import run\n", {}, ["MW317 src/pkg/__init__.py:1"]),
        ("run = 1\nfrom . import user\n", {}, ["MW317 src/pkg/__init__.py:1"]),
        ("from .run import run\n", {}, []),
        ("from . import user\nfrom .core import run\n", {}, []),
        ("from .run import other\ndef run(): ...\n", {}, []),
        ("run = 1\ndel run\nrun = 2\n", {}, ["MW317 src/pkg/__init__.py:3"]),
    ],
)
def test_a_submodule_replaces_a_name_just_when_a_real_import_does(
    judged: Judged,
    write_files: WriteFiles,
    tmp_path: Path,
    init: str,
    others: dict[str, str],
    found: list[str],
) -> None:
    files = {
        "pkg/__init__.py": init,
        "pkg/run.py": "def run(): ...\nother = 1\n",
        "pkg/core.py": "def run(): ...\n",
        "pkg/user.py": "import pkg.run\n",
        **others,
    }
    assert said(judged, files) == found
    assert replaces(write_files(tmp_path / "real", files)) is bool(found)


LAZY = '__lazy_modules__ = ["pkg.run"]\n'


@pytest.mark.parametrize(
    ("init", "found"),
    [
        (f"{LAZY}from .run import run\n", ["MW317 src/pkg/__init__.py:2"]),
        (f"{LAZY}from pkg.run import run, other\n", ["MW317 src/pkg/__init__.py:2"]),
        (f"{LAZY}from .run import run\nfrom . import user\n", ["MW317 src/pkg/__init__.py:2"]),
        (f"import pkg.run\n{LAZY}from .run import run\n", []),
        (f"{LAZY}from .run import run\nrun()\n", []),
        (f"{LAZY}import pkg.run\n", []),
        ('__lazy_modules__ = ["pkg"]\nfrom . import run\n', []),
    ],
)
def test_a_submodule_replaces_a_lazy_name_just_when_python_3_15_has_it_so(
    judged: Judged, write_files: WriteFiles, tmp_path: Path, init: str, found: list[str]
) -> None:
    files = {
        "pkg/__init__.py": init,
        "pkg/run.py": "def run(): ...\nother = 1\n",
        "pkg/user.py": "import pkg.run\n",
    }
    assert said(judged, files) == found
    if not lacking("python3.15", tmp_path):
        names_it = init.endswith("import pkg.run\n") or "from . import run" in init
        folder = write_files(tmp_path / "real", files)
        assert replaces(folder, "python3.15") is (bool(found) or names_it)


def test_that_a_name_is_replaced_on_newer_pythons_alone_is_said(judged: Judged) -> None:
    user = {"pkg/user.py": "import pkg.run\n"}
    waiting = {"pkg/__init__.py": f"{LAZY}from .run import run\n", "pkg/run.py": "run = 1\n"}
    ever = {"pkg/__init__.py": "run = 1\n", "pkg/run.py": ""}
    messages = [judged(judge, {**files, **user})[0].message for files in (waiting, ever)]
    assert ["from Python 3.15 on" in message for message in messages] == [True, False]


def test_where_no_python_waits_a_lazy_name_is_like_any_other(judged: Judged) -> None:
    files = {"pkg/__init__.py": f"{LAZY}from .run import run\n", "pkg/run.py": "run = 1\n"}
    metadata = "Requires-Python: >=3.11,<3.15\n"
    assert judged(judge, files, metadata=metadata) == []


@pytest.mark.parametrize(
    "init",
    [
        "from . import run\n",
        "import pkg.run as run\n",
        "import importlib\nrun = importlib.import_module('.run', __name__)\n",
        "def __getattr__(name): ...\n",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from .core import run\n",
        "def f():\n    run = 1\n",
        "runs = 1\n",
        "import json as run\ndel run\n",
        "if 1:\n    import json as run\n    del run\n",
        "if 1:\n    run = 1\ndel run\n",
    ],
)
def test_a_name_that_is_only_the_submodule_is_left_alone(judged: Judged, init: str) -> None:
    assert said(judged, {"pkg/__init__.py": init, "pkg/run.py": "", "pkg/core.py": ""}) == []


@pytest.mark.parametrize(
    ("submodule", "found"),
    [
        ("import sys\nfrom .core import run\nsys.modules[__name__] = run\n", []),
        ("from sys import modules\nfrom .core import run\nmodules[__name__] = run\n", []),
        ("import sys\nME = sys.modules[__name__] == 1\n", ["MW317 src/pkg/__init__.py:1"]),
    ],
)
def test_a_submodule_that_puts_the_same_object_in_its_place_replaces_nothing(
    judged: Judged, write_files: WriteFiles, tmp_path: Path, submodule: str, found: list[str]
) -> None:
    init = "from .core import run\n"
    files = {"pkg/__init__.py": init, "pkg/core.py": "def run(): ...\n", "pkg/run.py": submodule}
    assert said(judged, files) == found
    assert replaces(write_files(tmp_path / "real", files)) is bool(found)


def test_who_imports_the_submodule_is_told(judged: Judged) -> None:
    files = {
        "pkg/__init__.py": "run = 1\n",
        "pkg/run.py": "",
        "pkg/a.py": "x = 1\nimport pkg.run\n",
    }
    (found,) = judged(judge, files)
    assert "src/pkg/a.py, line 2" in found.message


@pytest.mark.parametrize(
    ("submodule", "library", "found"),
    [
        ('"""Of core."""\n\nfrom core.plugins.run import *\n', "from . import run\n", False),
        ("from core.plugins.run import *\n", "from .run import start\n", False),
        ("from core.plugins.run import *\n\ndef end(): ...\n", "from . import run\n", True),
        ("from core.plugins.run import start\n", "from . import run\n", True),
        ("from core.plugins.run import start, run\n", "from . import run\n", False),
        ("from core.plugins.run import start, run as begin\n", "from . import run\n", True),
        ("from core.plugins.run import *\n", "from .run import run\n", True),
        ("from core.plugins.run import *\n", "def run(): ...\n", True),
    ],
)
def test_a_submodule_that_hands_on_a_module_of_a_library_stands_in_for_it(
    judged: Judged, submodule: str, library: str, *, found: bool
) -> None:
    files = {"pkg/__init__.py": "from core.plugins import run\n", "pkg/run.py": submodule}
    core = {
        "core/__init__.py": "",
        "core/plugins/__init__.py": library,
        "core/plugins/run.py": "def run(): ...\ndef start(): ...\n",
    }
    told = judged(judge, files, installed={"core": {"files": core}}, metadata="Requires-Dist: core")
    assert [each.code for each in told] == ["MW317"] * found
