"""What modules export, asked for one by one: it is there, it is not, or asking ends the process."""

import os
from pathlib import Path

import pytest

from modwright_check.model.import_result import Outcome
from tests.checker.laid_out import Laid, lay_out

LIMIT = 3.0  # seconds
LAZY = "__all__ = ['x']\ndef __getattr__(name):\n  import os, signal, time\n  {}\n"

# Source, how it is exported, which export is not there, the beginning of what is said of it.
NOT_THERE: dict[str, tuple[str, str, str, str]] = {
    "a name": ("__all__ = ['x']", "__all__", "x", "AttributeError"),
    "a letter": ("__all__ = 'x'", "__all__", "x", "AttributeError"),
    "an empty name": ("__all__ = ['']", "__all__", "", "AttributeError"),
    "a function": ("def f(): ...\n__all__ = [f]", "object", "f", "TypeError"),
    "a list": ("__all__ = [['x']]", "object", "list", "TypeError"),
    "all of a set": ("x = 1\n__all__ = {'x'}", "list", "__all__", "TypeError"),
    "all of nothing": ("__all__ = None", "list", "__all__", "TypeError"),
    "all of a dictionary": ("x = 1\n__all__ = {'x': 1}", "list", "__all__", "KeyError"),
    "what raises": (LAZY.format("raise OSError"), "lazy", "x", "OSError"),
    "what leaves": (LAZY.format("raise SystemExit(3)"), "lazy", "x", "SystemExit"),
    "what ends the process": (LAZY.format("os._exit(0)"), "lazy", "x", "ends the interpreter"),
    "what waits": (LAZY.format("time.sleep(60)"), "lazy", "x", "does not finish within 3 s"),
}
ON_POSIX = {
    "what aborts": (LAZY.format("os.abort()"), "lazy", "x", "crashes the interpreter: SIGABRT"),
}
# Without fork the parent is the checker itself.
WITH_FORK = {
    "what kills its parent": (
        LAZY.format("os.kill(os.getppid(), signal.SIGKILL); os._exit(1)"),
        "lazy",
        "x",
        "",
    ),
}
if os.name != "nt":
    NOT_THERE |= ON_POSIX
THERE = {
    "a list": "x = 1\n__all__ = ['x']",
    "a tuple": "x = 1\n__all__ = ('x',)",
    "nothing": "__all__ = []",
    "a sequence of its own": (
        "x = 1\nclass Names:\n  def __getitem__(self, place): return ['x'][place]\n"
        "__all__ = Names()"
    ),
    "a lazy name": LAZY.format("return 1"),
}


@pytest.fixture(
    params=[
        pytest.param(
            True, marks=pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
        ),
        False,
    ],
    ids=["fork", "no fork"],
)
def fork(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def imported(project: Laid, *, fork: bool) -> dict[str, Outcome]:
    return (project if fork else project.without_fork()).imported()


@pytest.mark.full
def test_what_is_not_there_is_told_and_what_happened(fork: bool, tmp_path: Path) -> None:
    ways = NOT_THERE | (WITH_FORK if fork else {})
    files = {f"app_{place}.py": source for place, (source, *_) in enumerate(ways.values())}
    files |= {"neighbour.py": "__all__ = ['x']"}
    outcomes = imported(lay_out(tmp_path, files, time_limit=LIMIT), fork=fork)
    for place, (case, (_, how, entry, said)) in enumerate(ways.items()):
        outcome = outcomes[f"app_{place}"]
        assert outcome.loaded, case
        assert [(each.how, each.entry) for each in outcome.unresolved] == [(how, entry)], case
        failure = outcome.unresolved[0].failure
        assert (failure.error or failure.message).startswith(said), case
    assert len(outcomes["neighbour"].unresolved) == 1


@pytest.mark.full
def test_what_is_there_is_not(fork: bool, tmp_path: Path) -> None:
    files = {f"app_{place}.py": source for place, source in enumerate(THERE.values())}
    outcomes = imported(lay_out(tmp_path, files), fork=fork)
    assert {name for name, seen in outcomes.items() if seen.unresolved or not seen.loaded} == set()


@pytest.mark.full
def test_one_that_ends_the_process_hides_none_of_the_others(fork: bool, tmp_path: Path) -> None:
    files = {
        "app/__init__.py": "from app import first, middle, last",
        "app/first.py": "__all__ = ['x']",
        "app/middle.py": LAZY.format("os._exit(0)"),
        "app/last.py": "__all__ = ['x']",
    }
    outcomes = imported(lay_out(tmp_path, files), fork=fork)
    unresolved = {name for name, seen in outcomes.items() if seen.unresolved}
    assert unresolved == {"app.first", "app.middle", "app.last"}


FORKED = """
    import pool

    def __getattr__(name):
        if name == "x":
            return pool.connect()
        raise AttributeError(name)

    __all__ = ["x"]
"""
POOL = """
    import os

    owner = os.getpid()

    def connect():
        if os.getpid() != owner:
            raise RuntimeError("no connections after a fork")
        return "connected"
"""


@pytest.mark.full
@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_what_fails_in_the_tree_alone_is_not_told(tmp_path: Path) -> None:
    files = {"app/__init__.py": "", **{f"app/{letter}.py": FORKED for letter in "abc"}}
    project = lay_out(tmp_path, files, {"pool.py": POOL})
    in_tree = project.in_tree()
    assert all(in_tree[f"app.{letter}"].unresolved for letter in "abc")
    assert not any(outcome.unresolved for outcome in project.imported().values())


TABLE = (
    "from importlib import import_module\n"
    "TABLE = {'also': 'app.x', 'x': 'app.x'}\n"
    "def __getattr__(name):\n"
    "  if name not in TABLE: raise AttributeError(name)\n"
    "  found = getattr(import_module(TABLE[name]), name)\n"
    "  KEEP\n"
    "  return found\n"
)
MODULE = "def __getattr__(name):\n  from importlib import import_module\n"


@pytest.mark.full
@pytest.mark.parametrize(
    ("package", "submodule", "replaced"),
    [
        (f"{TABLE}__all__ = ['x']", "", ["x"]),
        (TABLE, "", ["x"]),
        (f"{TABLE}__all__ = ['also', 'x']", "", ["x"]),
        (TABLE.replace("KEEP", "globals()[name] = found"), "", []),
        (f"from app.x import x\n{TABLE}", "", []),
        (f"{MODULE}  return import_module('app.x')\n__all__ = ['x']", "", []),
        (f"{MODULE}  import_module('app.x')\n  return object()\n__all__ = ['x']", "", ["x"]),
        (f"{MODULE}  return object()\n__all__ = ['x']", "", []),
        (TABLE, "import sys\nx.x = x.also = x\nsys.modules[__name__] = x", []),
        (
            TABLE,
            "import sys, types\nclass Called(types.ModuleType):\n  __call__ = x\n"
            "sys.modules[__name__].__class__ = Called",
            [],
        ),
    ],
)
def test_an_export_that_a_submodule_replaces_is_told(
    fork: bool, tmp_path: Path, package: str, submodule: str, replaced: list[str]
) -> None:
    x = "def x(): ...\ndef also(): ...\n"
    files = {
        "app/__init__.py": package.replace("KEEP", "pass"),
        "app/x.py": f"{x}{submodule}",
        "app/y.py": "",
    }
    outcomes = imported(lay_out(tmp_path, files), fork=fork)
    assert all(seen.loaded for seen in outcomes.values())
    unresolved = outcomes["app"].unresolved
    assert [(each.how, each.entry) for each in unresolved] == [("replaced", x) for x in replaced]
