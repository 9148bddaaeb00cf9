"""MW701 to MW703: what the admitted Pythons do not know or do not have."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.specifiers import SpecifierSet

from modwright_check.model.import_result import Outcome
from modwright_check.model.python_versions import admitted_minors, read_utf8
from modwright_check.model.report import Severity
from modwright_check.rules import syntax
from modwright_check.rules.versions import expected_elsewhere, judge
from tests.checker.rules.conftest import EvidenceOf, Judged

PYTHON_39 = "Requires-Python: >=3.9\n"


def said(judged: Judged, source: str, metadata: str = PYTHON_39, **others: str) -> list[str]:
    files = {"pkg/__init__.py": "", "pkg/mod.py": source, **others}
    return [f"{each.code}:{each.line}" for each in judged(judge, files, metadata=metadata)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("match 1:\n    case 1:\n        pass\n", "MW701:1"),
        ("try:\n    pass\nexcept* ValueError:\n    pass\n", "MW701:3"),
        ("x = {}\nx[*'ab']\n", "MW701:2"),
        ("def f(*args: *tuple[int]): ...\n", "MW701:1"),
        ("def f(x: int | None = None): ...\n", "MW701:1"),
        ("class A:\n    x: 'A' = 1\n    y: list[int] | None = None\n", "MW701:3"),
        ("Number = int | float\n", "MW701:1"),
        ("import tomllib\n", "MW702:1"),
        ("from typing import Self\n", "MW702:1"),
        ("import asyncio as aio\ngroup = aio.TaskGroup\n", "MW702:2"),
        ("import os.path\nimport enum\nclass A(enum.StrEnum): ...\n", "MW702:3"),
        ("from importlib import resources\nresources.abc\n", "MW702:2"),
        ("from dataclasses import dataclass\n@dataclass(slots=True)\nclass A: ...\n", "MW702:2"),
        ("raise ExceptionGroup('', [])\n", "MW702:1"),
        ("pairs = list(zip('ab', 'cd', strict=True))\n", "MW702:1"),
        ("import sys\nif sys.version_info >= (3, 10):\n    import tomllib\n", "MW702:3"),
        ("try:\n    import tomllib\nexcept ValueError:\n    pass\n", "MW702:2"),
        ("import telnetlib\n", "MW703:1"),
        ("from distutils.version import LooseVersion\n", "MW703:1"),
        ("from collections import Mapping\n", "MW703:1"),
        ("import unittest\nsuite = unittest.makeSuite\n", "MW703:2"),
        ("import ast\nast.Num\n", "MW703:2"),
        ("import pkgutil\npkgutil.find_loader\n", "MW703:2"),
        ("from http.server import CGIHTTPRequestHandler\n", "MW703:1"),
        ("import sre_parse\n", "MW703:1"),
        ("from compression import zstd\n", "MW702:1"),
        ("from math import integer\n", "MW702:1"),
        ("import math\nmath.integer.lcm\n", "MW702:2"),
        ("import sqlite3\nsqlite3.version\n", "MW703:2"),
        ("from urllib.parse import Quoter\n", "MW703:1"),
        ("import compression.zstd as z\nimport compression\n", "MW702:1"),
        ("from datetime import date\ndate.strptime('1', '%d')\n", "MW702:2"),
        ("import datetime as dt\n\ndt.time.strptime\n", "MW702:3"),
        ("import pathlib\npathlib.Path.from_uri('file:///')\n", "MW702:2"),
        ("x = float.from_number(1)\n", "MW702:1"),
        ("import json\njson.loads('[]', array_hook=tuple)\n", "MW702:2"),
        ("import os.path\nos.path.getsize(filename='x')\n", "MW703:2"),
    ],
)
def test_what_an_admitted_python_lacks_is_found(judged: Judged, source: str, expected: str) -> None:
    assert said(judged, source) == [expected]


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("x = [*row for row in y]\n", 1),
        ("x = {**table\n     for table in y}\n", 1),
        ("x = f(\n    *row\n    for row in y\n)\n", 2),
        ("async def f():\n    return {*row async for row in y}\n", 2),
    ],
)
def test_unpacking_in_a_comprehension_is_found_by_every_python(
    evidence_of: EvidenceOf, source: str, line: int
) -> None:
    outcomes = {"pkg": Outcome(False, 0, 30, error="SyntaxError")}
    evidence = evidence_of({"pkg.py": source}, metadata=PYTHON_39, outcomes=outcomes)
    (found,) = (*judge(evidence), *syntax.judge(evidence))
    assert (found.code, found.line) == ("MW701", line)
    assert "uses unpacking in a comprehension, syntax of Python 3.15" in found.message


@pytest.mark.parametrize(
    "source",
    [
        "import sys\nif sys.version_info >= (3, 11):\n    import tomllib\nelse:\n    tomllib = 0\n",
        "import sys\nif sys.version_info < (3, 11):\n    tomllib = 0\nelse:\n    import tomllib\n",
        "import sys\nPY311 = sys.version_info[:2] >= (3, 11)\nif PY311:\n    import tomllib\n",
        "import sys\nif sys.version_info.minor >= 11:\n    from typing import Self\n",
        "import sys\nif sys.hexversion >= 0x030b0000:\n    from typing import Self\n",
        "import sys\nif sys.version_info < (3, 12):\n    import distutils\n",
        "import sys\nif sys.version_info < (3, 11):\n    raise ImportError\nimport tomllib\n",
        "import sys\nx = ExceptionGroup if sys.version_info >= (3, 11) else Exception\n",
        "from ._compat import PY311\nif PY311:\n    import tomllib\n",
        "try:\n    import tomllib\nexcept ImportError:\n    import tomli as tomllib\n",
        "try:\n    from typing import Self\nexcept ImportError:\n    Self = object\n",
        "try:\n    import ujson\nexcept ImportError:\n    import telnetlib\n",
        "import contextlib\nwith contextlib.suppress(ImportError):\n    import tomllib\n",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from typing import Self\n",
        "import ast\nif hasattr(ast, 'Num'):\n    ast.Num\n",
        "import ast\nx = hasattr(ast, 'Num') and ast.Num\n",
        "import asyncio\nx = getattr(asyncio, 'TaskGroup', None)\n",
        "from __future__ import annotations\ndef f(x: int | None) -> int | None: ...\n",
        "def f(x: 'int | None'): ...\n",
        "def f():\n    x: int | None = None\n",
        "import re\nflags = re.A | re.I\n",
        "from datetime import datetime\ndatetime.strptime('1', '%d')\n",
        "class date:\n    strptime = 1\ndate.strptime\n",
        "import datetime\ndef f(date):\n    return date.strptime\n",
        "float = dict\nfloat.from_number\n",
        "def ExceptionGroup(): ...\nExceptionGroup()\n",
        "def zip(*a, strict): ...\nzip(strict=True)\n",
        "def f(tomllib, aiter): return tomllib.loads, aiter\n",
        "for anext in range(3):\n    print(anext)\n",
        "def f(x=(sentinel := object())): return x is sentinel\nsentinel\n",
        "class asyncio:\n    TaskGroup = 1\nasyncio.TaskGroup\n",
        "from pkg import asyncio\nasyncio.TaskGroup\n",
        "import asyncio\ntry:\n    asyncio = None\nfinally:\n    asyncio.TaskGroup\n",
        "match = type = 1\nmatch, type\n",
        "print(*[1], [x for x in (1, 2)])\n",
    ],
)
def test_what_no_admitted_python_runs_is_left_alone(judged: Judged, source: str) -> None:
    assert said(judged, source) == []


def test_without_requires_python_nothing_is_promised(judged: Judged) -> None:
    assert said(judged, "import tomllib, telnetlib\n", metadata="") == []


def test_an_upper_bound_keeps_newer_pythons_out(judged: Judged) -> None:
    source = "import telnetlib\n"
    assert said(judged, source, "Requires-Python: >=3.9,<3.13\n") == []
    assert said(judged, source, "Requires-Python: >=3.9,<3.14\n") == ["MW703:1"]


@pytest.mark.parametrize(
    ("python", "expected"), [("3.11.0", {"pkg._new"}), ("3.14.0", set()), ("3.99.0", set())]
)
def test_a_module_for_newer_pythons_need_not_import_on_an_older_one(
    evidence_of: EvidenceOf, python: str, expected: set[str]
) -> None:
    guarded = "import sys\nif sys.version_info {}:\n    from . import {}\n"
    files = {
        "pkg/__init__.py": guarded.format(">= (3, 14)", "_new") + guarded.format("in OK", "_odd"),
        "pkg/_new.py": "page = t'{name}'\n",
        "pkg/_odd.py": "",
    }
    assert expected_elsewhere(evidence_of(files, python=python)) == expected


def test_in_a_function_it_is_a_warning(judged: Judged) -> None:
    files = {"pkg.py": "def f():\n    import tomllib\n"}
    (found,) = judged(judge, files, metadata=PYTHON_39)
    assert (found.code, found.severity, found.line) == ("MW702", Severity.WARNING, 2)


@pytest.mark.parametrize(
    "source",
    [
        '"""For all."""\ndef f():\n    "For Python 3.11 and newer."\n    import tomllib\n',
        "try:\n    import tomllib\nexcept ImportError: ...\ndef f():\n    import tomllib\n",
        "import unittest\n@unittest.skipIf(OLD, '')\ndef f():\n    import tomllib\n",
        "import sys\nif sys.version_info >= (3, 11):\n    def f():\n        import tomllib\n",
    ],
)
def test_a_function_that_knows_where_it_runs_is_left_alone(judged: Judged, source: str) -> None:
    assert said(judged, source) == []


def test_a_try_around_a_definition_guards_nothing_that_runs_later(judged: Judged) -> None:
    source = "try:\n    def f():\n        import tomllib\nexcept ImportError:\n    pass\n"
    assert said(judged, source) == ["MW702:3"]


def test_a_module_for_newer_pythons_may_be_as_new_as_its_importers_say(judged: Judged) -> None:
    new = {"pkg/_new.py": "import tomllib\nmatch 1:\n    case 1: pass\n"}
    guarded = "import sys\nif sys.version_info >= (3, 11):\n    from . import _new\n"
    too_early = guarded.replace("11", "10")
    assert said(judged, guarded, **new) == []
    assert said(judged, too_early, **new) == ["MW702:1"]
    assert set(said(judged, "from . import _new\n", **new)) == {"MW701:2", "MW702:1"}


@pytest.mark.parametrize("newer", ["", "page = t'{1}'\n", "lazy import json\n"])
def test_what_a_module_for_newer_pythons_alone_imports_may_be_as_new(
    judged: Judged, evidence_of: EvidenceOf, newer: str
) -> None:
    guarded = "import sys\nif sys.version_info >= (3, 15):\n    from . import _new\n"
    files = {"pkg/_new.py": f"{newer}from ._helper import (\n    tags,\n)\n"}
    files |= {"pkg/_helper.py": "import tomllib, annotationlib\n"}
    assert said(judged, guarded, **files) == []
    evidence = evidence_of({"pkg/__init__.py": guarded, **files}, python="3.11.0")
    assert expected_elsewhere(evidence) == {"pkg._new", "pkg._helper"}
    files |= {"pkg/user.py": "from . import _helper\n"}
    assert set(said(judged, guarded, **files)) == {"MW702:1"}


@pytest.mark.parametrize("requirement", ["legacy-cgi; python_version>='3.13'", "standard-cgi"])
def test_what_a_declared_distribution_brings_back_is_not_missed(
    judged: Judged, requirement: str
) -> None:
    metadata = f"{PYTHON_39}Requires-Dist: {requirement}\n"
    assert said(judged, "import cgi\n", metadata) == []


def test_a_module_of_the_project_is_not_the_standard_librarys(judged: Judged) -> None:
    assert said(judged, "import parser\n", **{"parser.py": ""}) == []


@pytest.mark.skipif(sys.version_info < (3, 12), reason="only Python 3.12 and newer parse them")
@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("type X = int\n", ["MW701:1"]),
        ("def f[T](x: T): ...\n", ["MW701:1"]),
        ("x = f'{'a'}'\n", ["MW701:1"]),
        ("x = f'{\"\\n\".join('ab')}'\n", ["MW701:1"]),
        ("x = f'{\"a\"}' + f\"{'b'}\\n\"\n", []),
    ],
)
def test_syntax_of_python_3_12_is_found(judged: Judged, source: str, expected: list[str]) -> None:
    assert said(judged, source) == expected


BARE = "try:\n    pass\nexcept ValueError, TypeError:\n    pass\n"


@pytest.mark.parametrize("source", [f"'''\n{BARE}'''\n", f'CODE = """{BARE}"""\n'])
def test_syntax_in_a_text_is_none(judged: Judged, source: str) -> None:
    assert said(judged, source) == []


@pytest.mark.parametrize("types", ["(ValueError, TypeError)", "(ValueError,\n  TypeError)", "()"])
def test_exceptions_in_parentheses_are_as_old_as_any(judged: Judged, types: str) -> None:
    assert said(judged, f"try:\n    pass\nexcept {types}:\n    pass\n") == []


def test_exceptions_without_parentheses_are_told_at_their_line(
    judged: Judged,
) -> None:
    star = BARE.replace("except", "except*")
    expected = ["MW701:3"] if sys.version_info >= (3, 14) else []  # not parsed, see MW101
    assert said(judged, BARE) == expected
    assert [each for each in said(judged, star) if each.startswith("MW701:3")][:1] == expected


@pytest.mark.parametrize(
    ("requires", "expected"),
    [
        (">=3.11", {11, 12, 13, 14, 15}),
        (">=3.9.2,<3.12", {9, 10, 11}),
        ("<3.9.5", {8, 9}),
        ("~=3.13", {13, 14, 15}),
        (">=3.12,!=3.13.*", {12, 14, 15}),
        ("==3.10.*", {10}),
        ("==3.10.7", {10}),
        (">=3.14.0rc1,<3.15", {14}),
        (">=2.7", set(range(8, 16))),
        ("<3", set()),
    ],
)
def test_requires_python_admits_what_its_specifiers_say(requires: str, expected: set[int]) -> None:
    assert admitted_minors(SpecifierSet(requires)) == expected


@given(st.integers(8, 15), st.integers(0, 30), st.integers(8, 15))
def test_a_minor_version_is_admitted_when_any_of_its_micros_is(
    oldest: int, micro: int, newest: int
) -> None:
    requires = SpecifierSet(f">=3.{oldest}.{micro},<3.{newest}")
    every = [(minor, f"3.{minor}.{each}") for minor in range(8, 16) for each in range(60)]
    assert admitted_minors(requires) == {minor for minor, each in every if each in requires}


@pytest.mark.parametrize(
    ("requires", "expected"),
    [(">=3.15", True), (">=3.11", False), ("==3.15.*", True), ("<3.15", False), (None, False)],
)
def test_text_files_are_utf_8_when_no_older_python_is_admitted(
    requires: str | None, expected: bool
) -> None:
    assert read_utf8(SpecifierSet(requires) if requires else None) is expected
