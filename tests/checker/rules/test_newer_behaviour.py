"""MW701 and MW703 of what Python 3.14 does otherwise: annotations, `asyncio.get_event_loop()`."""

import sys

import pytest

from modwright_check.model.import_result import Outcome
from modwright_check.rules.newer_behaviour import judge
from tests.checker.rules.conftest import Judged

EVERY = "Requires-Python: >=3.11\n"
LOADED = Outcome(loaded=True, exit_code=0, time_limit=30)
TYPES = "from typing import TYPE_CHECKING"
FAILED = Outcome(loaded=False, exit_code=0, time_limit=30, error="RuntimeError")


def said(
    judged: Judged,
    source: str,
    *,
    python: str = "3.14.0",
    metadata: str = EVERY,
    outcome: Outcome = LOADED,
) -> list[str]:
    found = judged(
        judge, {"pkg.py": source}, metadata=metadata, python=python, outcomes={"pkg": outcome}
    )
    return [f"{each.code}:{each.line}" for each in found]


def run(source: str) -> None:
    exec(compile(source, "pkg", "exec", dont_inherit=True), {"__name__": "pkg"})  # noqa: S102 (ours)


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("def f(x: Late): ...\nclass Late: ...\n", 1),
        ("async def f(\n    x: int,\n    *more: list[Late],\n): ...\nLate = int\n", 3),
        ("def f() -> Late | None: ...\nLate = int\n", 1),
        ("class A:\n    def clone(self) -> A: ...\n", 2),
        ("class A:\n    next: A | None = None\n", 2),
        ("x: Late = 1\nLate = int\n", 1),
        (f"{TYPES}\nif TYPE_CHECKING:\n    import os\ndef f(x: os.P): ...\n", 4),
        ("def f(x: Nowhere): ...\n", 1),
    ],
)
def test_an_annotation_that_older_pythons_fail_at_is_found(
    judged: Judged, source: str, line: int
) -> None:
    assert said(judged, source) == [f"MW701:{line}"]
    if sys.version_info < (3, 14):  # then this very Python fails at it
        with pytest.raises(NameError):
            run(source)


@pytest.mark.parametrize(
    "source",
    [
        "from __future__ import annotations\ndef f(x: Late): ...\nclass Late: ...\n",
        "def f(x: 'Late'): ...\nclass Late: ...\n",
        "class Early: ...\ndef f(x: Early, y: int) -> list[Early]: ...\n",
        "def outer():\n    def f(x: Late): ...\n    y: Late = 1\nclass Late: ...\n",
        "class A:\n    B = int\n    def f(self, x: B) -> B: ...\n",
        "class A:\n    class B: ...\n    def f(self, x: B): ...\n",
        "try:\n    from os import Late\nexcept ImportError:\n    Late = int\ndef f(x: Late): ...\n",
        "import sys\nif sys.version_info >= (3, 14):\n    def f(x: Late): ...\nLate = int\n",
        "if __name__ == '__main__':\n    def f(x: Late): ...\nLate = int\n",
        "from os import *\ndef f(x: PathLike): ...\n",
        "globals()['Late'] = int\ndef f(x: Late): ...\n",
        f"{TYPES}\nif TYPE_CHECKING:\n    def f(x: Late): ...\nLate = int\n",
        "for Item in (int, str):\n    def f(x: Item): ...\n",
    ],
)
def test_an_annotation_that_every_python_can_read_is_left_alone(
    judged: Judged, source: str
) -> None:
    assert said(judged, source) == []


@pytest.mark.skipif(sys.version_info < (3, 12), reason="only Python 3.12 and newer parse them")
def test_type_parameters_are_bound_where_they_stand(judged: Judged) -> None:
    source = "def f[T](x: T) -> T: ...\nclass A[U]:\n    def f(self, x: U): ...\n"
    assert said(judged, source) == []


def test_what_the_environments_python_has_met_itself_is_not_told(judged: Judged) -> None:
    source = "def f(x: Late): ...\nclass Late: ...\n"
    assert said(judged, source, python="3.13.0") == []
    assert said(judged, source, metadata="Requires-Python: >=3.14\n") == []
    assert said(judged, source, metadata="") == []


LOOPS = [
    ("import asyncio\nloop = asyncio.get_event_loop()\n", 2),
    ("from asyncio import get_event_loop\n\nloop = get_event_loop()\n", 3),
    ("import asyncio\nclass A:\n    def f(self, loop=asyncio.get_event_loop()): ...\n", 3),
    ("import asyncio\ndef f(): return asyncio.get_event_loop()\nx = f()\n", 2),
    ("import asyncio\ndef f():\n  return asyncio.get_event_loop()\ndef g(): f()\ng()\n", 3),
    (
        "import asyncio\nclass A:\n  def __init__(self):\n"
        "    self.loop = asyncio.get_event_loop()\nx = A()\n",
        4,
    ),
    (
        "import asyncio\ndef f():\n  loop = asyncio.get_event_loop()\n"
        "  loop.run_until_complete(g())\nasync def g(): ...\nf()\n",
        3,
    ),
]


@pytest.mark.parametrize(("source", "line"), LOOPS)
def test_a_loop_that_is_asked_for_at_import_is_found(
    judged: Judged, source: str, line: int
) -> None:
    assert said(judged, source, python="3.11.0") == [f"MW703:{line}"]
    assert said(judged, source, outcome=FAILED) == [f"MW703:{line}"]
    if sys.version_info >= (3, 14):  # then this very Python fails at it
        with pytest.raises(RuntimeError, match="no current event loop"):
            run(source)


@pytest.mark.parametrize(
    "source",
    [
        "import asyncio\ndef loop(): return asyncio.get_event_loop()\n",
        "import asyncio\nloop = lambda: asyncio.get_event_loop()\n",
        "import asyncio\nask = asyncio.get_event_loop\n",
        "from asyncio import get_event_loop\n",
        "import asyncio\ntry:\n    loop = asyncio.get_event_loop()\nexcept RuntimeError: ...\n",
        "import asyncio\nasyncio.set_event_loop(MINE)\nasyncio.get_event_loop()\n",
        "import asyncio, sys\nif sys.version_info < (3, 14):\n    asyncio.get_event_loop()\n",
        "import asyncio\nif __name__ == '__main__':\n    asyncio.get_event_loop()\n",
        "import asyncio\ndef f(): asyncio.get_event_loop()\nif x:\n  f()\n",
        "import asyncio\ndef f(): asyncio.get_event_loop()\ntry: f()\nexcept RuntimeError: ...\n",
        "import asyncio\nasync def f(): asyncio.get_event_loop()\nx = f()\n",
        "import asyncio\ndef f():\n  yield asyncio.get_event_loop()\nx = f()\n",
        "import asyncio\n@later\ndef f(): asyncio.get_event_loop()\nf()\n",
        "import asyncio\ndef f():\n  if x: return\n  asyncio.get_event_loop()\nf()\n",
        "import asyncio\ndef f():\n  def g(): asyncio.get_event_loop()\n  return g\nf()\n",
        "import asyncio\ndef f(): return asyncio.get_event_loop()\ndef g(): f()\n",
    ],
)
def test_a_loop_that_may_be_there_is_left_alone(judged: Judged, source: str) -> None:
    assert said(judged, source, python="3.11.0") == []


def test_a_loop_is_there_for_pythons_before_3_14(judged: Judged) -> None:
    source, _ = LOOPS[0]
    assert said(judged, source, python="3.11.0", metadata="Requires-Python: <3.14\n") == []
    assert said(judged, source) == []  # it has imported: somebody has set one
