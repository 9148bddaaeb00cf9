"""The fork tree: what it says of a module is what a fresh interpreter says."""

import json
import os
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.specifiers import SpecifierSet
from uv import find_uv_bin

from modwright_check.model.environment import Environment
from modwright_check.run.environment import create_environment
from modwright_check.run.probe_work import units
from tests.checker.laid_out import Laid, Verdict, laid, lay_out, modules_below, verdict
from tests.parts import shared_out

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")

# Distribution: what it puts at the top of site-packages.
WELL_KNOWN = {
    "attrs": ("attr", "attrs"),
    "click": ("click",),
    "flask": ("flask",),
    "httpx": ("httpx",),
    "jinja2": ("jinja2",),
    "packaging": ("packaging",),
    "pluggy": ("pluggy",),
    "requests": ("requests",),
    "rich": ("rich",),
    "urllib3": ("urllib3",),
    "werkzeug": ("werkzeug",),
}
IN_FULL = {"click"}
PARTS = 3  # of the standard library
# Tests, programs with a window, two that are there for the fun of it, and what Python starts with.
LEFT_OUT = {
    "__phello__",
    "_bootstrap",
    "_bootstrap_external",
    "antigravity",
    "idlelib",
    "test",
    "tests",
    "this",
    "turtledemo",
}

# What is often used without its import, because somebody else has imported it.
FORGOTTEN = (
    "collections.abc",
    "concurrent.futures",
    "concurrent.futures.thread",
    "email.message",
    "encodings.idna",
    "html.parser",
    "http.client",
    "importlib.metadata",
    "importlib.resources",
    "importlib.util",
    "json.decoder",
    "json.tool",
    "logging.handlers",
    "multiprocessing.pool",
    "os.path",
    "unittest.mock",
    "urllib.parse",
    "urllib.request",
    "wsgiref.util",
    "xml.dom.minidom",
    "xml.etree",
    "xml.etree.ElementTree",
)

# What a module may do to those who import it, and to those who import beside it.
ON_ITS_OWN = {
    "kills itself": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
    "faults": "import ctypes\nctypes.string_at(0)",
    "exits": "raise SystemExit(3)",
    "exits at once": "import os\nos._exit(0)",
    "exits as if it were unsound": "import os\nos._exit(75)",
    "hangs": "import time\ntime.sleep(600)",
    "hangs and ignores the alarm": (
        "import signal, time\nsignal.signal(signal.SIGALRM, signal.SIG_IGN)\ntime.sleep(600)"
    ),
    "takes the alarm away": "import signal\nsignal.setitimer(signal.ITIMER_REAL, 0)",
    "kills its parent": "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)",
    "kills its group": "import os, signal\nos.killpg(0, signal.SIGKILL)",
    "stops itself": "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)",
    "closes all descriptors": "import os\nos.closerange(0, 256)",
    "reads from all descriptors": (
        "import os\nfor d in range(256):\n  try: os.set_blocking(d, False); os.read(d, 9999)\n"
        "  except OSError: pass"
    ),
    "fills stdout": "import os\nfor _ in range(100): os.write(1, b'x' * 1_000_000)",
    "forks children that stay": (
        "import os, time\nfor _ in range(3):\n  if os.fork() == 0: time.sleep(600)"
    ),
    "forks children that go on importing": "import os\nos.fork()",
    "starts a thread that stays": (
        "import threading, time\nthreading.Thread(target=time.sleep, args=(600,)).start()"
    ),
    "deletes where it is": "import os\nos.rmdir(os.getcwd())",
    "goes elsewhere": "import os\nos.chdir('/')",
    "deletes what is around it": "import shutil, os\nshutil.rmtree('..', ignore_errors=True)",
    "replaces fork": "import os\nos.fork = os.waitpid = os._exit = None",
    "replaces open": "import builtins\nbuiltins.open = builtins.repr = builtins.len = None",
    "replaces import": "import builtins\nbuiltins.__import__ = None",
    "empties sys.modules": "import sys\nsys.modules.clear()",
    "empties sys.path": "import sys\nsys.path.clear(); sys.meta_path.clear()",
    "replaces entries of sys.modules": (
        "import sys\nfor name in ('os', '_signal', '_thread', 'time'): sys.modules[name] = None"
    ),
    "raises what cannot be told": (
        "class E(BaseException):\n  def __str__(self): raise self\nraise E"
    ),
}
ENDED_BY_TIME = {"hangs", "hangs and ignores the alarm", "stops itself"}
BYSTANDERS = {
    "app/__init__.py": "",
    "app/before.py": "import json",
    "app/inner/__init__.py": "import json",
    "app/inner/after.py": "from app import zlast",
    "app/inner/wrong.py": "import json\njson.tool",
    "app/zlast.py": "ONE = 1",
}


@pytest.fixture(scope="session")
def well_known(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    folder = tmp_path_factory.mktemp("well-known").resolve()
    environment = create_environment(folder / "environment", SpecifierSet())
    install = [find_uv_bin(), "pip", "install", "--quiet", "--python", str(environment.python)]
    installed = subprocess.run([*install, *WELL_KNOWN], check=False, capture_output=True, text=True)
    if installed.returncode:
        pytest.skip(f"no package can be had here: {installed.stderr.strip()}")
    return environment


def differences(project: Laid) -> dict[str, tuple[Verdict | None, Verdict]]:
    """Return of which modules tree and fresh interpreter say something different, and what.

    Only what fails with its package, and what a bare interpreter has loaded, needs not be seen.
    """
    seen, fresh = project.in_tree(lines=2), project.each_fresh()
    failed = tuple(f"{name}." for name in seen if not seen[name].loaded)
    return {
        name: (verdict(seen[name]) if name in seen else None, verdict(fresh[name]))
        for name in project.names
        if (
            verdict(seen[name]) != verdict(fresh[name])
            if name in seen
            else fresh[name].modules_loaded
        )
        and (name in seen or not name.startswith(failed))
    }


@needs_fork
@pytest.mark.parametrize(
    "package",
    [
        pytest.param(package, marks=pytest.mark.full if package in IN_FULL else pytest.mark.release)
        for package in WELL_KNOWN
    ],
)
def test_no_verdict_differs_from_the_fresh_interpreters_on_well_known_packages(
    package: str, well_known: Environment
) -> None:
    root = well_known.site_packages
    project = laid(well_known, modules_below(root, *WELL_KNOWN[package]), root)
    assert len(project.names) > 2
    assert differences(project) == {}


@needs_fork
@pytest.mark.release
@pytest.mark.parametrize("part", range(PARTS))
def test_no_verdict_differs_from_the_fresh_interpreters_on_the_standard_library(
    part: int, tmp_path: Path
) -> None:
    environment = create_environment(tmp_path.resolve() / "environment", SpecifierSet())
    root = _standard_library(environment)
    tops = sorted(
        path.stem
        for path in root.iterdir()
        if (path.suffix == ".py" or (path / "__init__.py").is_file())
        and path.stem.isidentifier()
        and path.stem not in LEFT_OUT
    )
    files = modules_below(root, *tops[part::PARTS], without=LEFT_OUT)
    project = laid(environment, files, root)
    assert len(project.names) > 50
    assert differences(project) == {}


def _standard_library(environment: Environment) -> Path:
    code = "import json, sysconfig; print(json.dumps(sysconfig.get_path('stdlib')))"
    shown = subprocess.run(
        [environment.python, "-I", "-c", code], check=True, capture_output=True, text=True
    )
    return Path(json.loads(shown.stdout)).resolve()


@needs_fork
@pytest.mark.full
def test_an_import_that_is_forgotten_is_seen_though_siblings_have_it(tmp_path: Path) -> None:
    files = {"app/__init__.py": ""}
    for number, name in enumerate(FORGOTTEN):
        top = name.partition(".")[0]
        files[f"app/forgets_{number}.py"] = f"import {top}\n{name}"
        files |= {f"app/has_{number}_{sibling}.py": f"import {name}\n{name}" for sibling in "abc"}
    project = lay_out(tmp_path, files)
    assert differences(project) == {}
    seen = project.in_tree()
    assert sum(not outcome.loaded for outcome in seen.values()) > len(FORGOTTEN) / 2
    assert all(seen[name].loaded for name in project.names if "has_" in name)


@needs_fork
@pytest.mark.parametrize(
    "way",
    [pytest.param(way, marks=[pytest.mark.full] * (way in ENDED_BY_TIME)) for way in ON_ITS_OWN],
)
def test_whatever_a_module_does_nothing_wrong_is_said_of_others(way: str, tmp_path: Path) -> None:
    files = {**BYSTANDERS, "app/culprit.py": ON_ITS_OWN[way]}
    project = lay_out(tmp_path, files, time_limit=2 if way in ENDED_BY_TIME else 60)
    seen = project.in_tree()
    seen.pop("app.culprit", None)
    assert {name for name, outcome in seen.items() if not outcome.loaded} <= {"app.inner.wrong"}
    assert "app.inner.wrong" not in seen or not seen["app.inner.wrong"].loaded


@needs_fork
@pytest.mark.parametrize("way", shared_out(ON_ITS_OWN, full=3))
def test_whatever_a_package_does_every_verdict_is_the_fresh_interpreters(
    way: str, tmp_path: Path
) -> None:
    files = {
        **BYSTANDERS,
        "app/culprit/__init__.py": ON_ITS_OWN[way],
        "app/culprit/child.py": "",
        "app/culprit/inner/__init__.py": "",
        "app/culprit/inner/grandchild.py": "",
    }
    project = lay_out(tmp_path, files, time_limit=2 if way in ENDED_BY_TIME else 60)
    seen = project.imported()
    fresh = project.each_fresh()
    assert {name: seen[name].loaded for name in project.names} == {
        name: fresh[name].loaded for name in project.names
    }
    assert not seen["app.inner.wrong"].loaded


def test_the_only_two_modules_are_imported_once(tmp_path: Path) -> None:
    count = tmp_path / "count"
    counts = f"with open({str(count)!r}, 'a') as file: file.write('x')"
    seen = lay_out(tmp_path, {"one.py": counts, "other.py": counts}).imported()
    assert all(outcome.loaded for outcome in seen.values())
    assert count.read_text("utf-8") == "xx"


# A library's own thread, of which Python knows nothing: it waits for signals that never come.
NATIVE_THREAD = """
import ctypes
libc = ctypes.CDLL(None)
libc.pthread_create(ctypes.byref(ctypes.c_ulong()), None, libc.pause, None)
"""


# One that says something again and again.
THREAD = """
import threading, time
def talk():
    for _ in range(2000):
        print("still there", flush=True)
        time.sleep(0.01)
threading.Thread(target=talk, daemon=True).start()
"""


@needs_fork
@pytest.mark.parametrize("thread", [THREAD, NATIVE_THREAD], ids=["of Python", "native"])
def test_what_is_in_a_package_that_starts_a_thread_is_imported_without_it(
    thread: str, tmp_path: Path
) -> None:
    files = {
        "app/__init__.py": thread,
        "app/a.py": "from app import first\nimport time\ntime.sleep(0.3)",
        "app/b.py": "from app import first",
        "app/first.py": "",
        "app/inner/__init__.py": "",
        "app/inner/c.py": "import json",
        "other.py": "",
    }
    project = lay_out(tmp_path, files)
    seen = project.in_tree()
    assert set(seen) == set(project.names)
    assert all(outcome.loaded for outcome in seen.values())
    assert not any(outcome.effects for name, outcome in seen.items() if name != "app")


@needs_fork
@pytest.mark.full
@pytest.mark.parametrize("package", ["app", "app.inner"])
def test_what_waits_for_a_thread_that_a_fork_has_left_behind_imports_afresh(
    package: str, tmp_path: Path
) -> None:
    waits = "import os, time, app\nwhile os.getpid() != app.PROCESS: time.sleep(0.1)"
    files = {
        "app/__init__.py": f"{NATIVE_THREAD}\nimport os\nPROCESS = os.getpid()",
        "app/a.py": "",
        "app/inner/__init__.py": "",
        "app/z.py": "",
        f"{package.replace('.', '/')}/m.py": waits,
        "other.py": "",
    }
    project = lay_out(tmp_path, files, time_limit=2)
    seen = project.in_tree()
    assert f"{package}.m" not in seen
    assert {"app", "app.a", "other"} <= set(seen)
    assert all(outcome.loaded for outcome in project.imported().values())


@needs_fork
def test_a_module_that_its_package_imports_needs_no_import_of_its_own(tmp_path: Path) -> None:
    files = {
        "app/__init__.py": "from . import brought",
        "app/brought.py": "import json",
        "app/other.py": "",
    }
    project = lay_out(tmp_path, files)
    seen = project.in_tree()
    assert set(seen) == {"app", "app.brought", "app.other"}
    assert seen["app.brought"].modules_loaded == project.fresh("app.brought").modules_loaded
    assert seen["app.brought"].import_ms == seen["app"].import_ms


@needs_fork
def test_what_fails_while_its_package_goes_on_has_failed(tmp_path: Path) -> None:
    files = {
        "app/__init__.py": "try:\n  import app.inner\nexcept ImportError:\n  pass",
        "app/inner/__init__.py": "from . import fine, wrong",
        "app/inner/fine.py": "",
        "app/inner/wrong.py": "import no_such_library",
        "app/other.py": "",
    }
    project = lay_out(tmp_path, files)
    seen = project.in_tree()
    assert {name for name, outcome in seen.items() if outcome.loaded} == {"app", "app.other"}


@needs_fork
@pytest.mark.parametrize("lines", [1, 2, 5])
def test_however_many_lines_share_the_work_each_module_is_seen_once(
    lines: int, tmp_path: Path
) -> None:
    files = {
        f"{package}/{module}.py": ""
        for package in ("app", "app/a", "app/a/b", "app/c", "app/c/d/e")
        for module in ("__init__", *"uvwxyz")
    }
    project = lay_out(tmp_path, files)
    seen = project.in_tree(lines=lines)
    assert set(seen) - {"app.c.d"} == set(project.names)  # which is not a module, but on the way
    assert all(outcome.loaded for outcome in seen.values())


DOTTED = st.lists(st.sampled_from(["a", "b", "a1", "ab", "c", "é", "_"]), min_size=1, max_size=4)


@given(names=st.sets(DOTTED.map(".".join)), lines=st.integers(1, 8))
def test_each_module_is_the_task_of_one_unit_or_a_package_on_the_way(
    names: set[str], lines: int
) -> None:
    work = units(names, lines)
    imported = [name for _, _, modules in work for name in modules]
    on_the_way = {place for place, _, _ in work}
    assert len(imported) == len(set(imported))
    assert not on_the_way & {*imported}
    assert names <= {*imported} | on_the_way
    assert {*imported} <= names


@given(names=st.sets(DOTTED.map(".".join)), lines=st.integers(1, 8))
def test_a_line_never_comes_back_to_a_package_that_it_has_left(names: set[str], lines: int) -> None:
    places = [place for place, _, _ in units(names, lines)]
    left: set[str] = set()
    for before, place in pairwise(places):
        left |= {around for around in _around(before) if around not in _around(place)}
        assert not left & _around(place)


def _around(package: str) -> set[str]:
    parts = package.split(".")
    return {".".join(parts[:length]) for length in range(1, len(parts) + 1)}
