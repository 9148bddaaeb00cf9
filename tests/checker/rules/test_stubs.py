"""MW603: stubs that name what is not there."""

import pytest

from modwright_check.model.import_result import Outcome
from modwright_check.rules.stubs import judge
from tests.checker.rules.conftest import Judged

# What another stub of the project defines for types.
KINDS = """\
from typing import TypedDict
class _Common(TypedDict): ...
class Options(_Common): ...
"""


def said(judged: Judged, module: str, stub: str, **options: object) -> list[int | None]:
    files = {"pkg/__init__.py": "", "pkg/mod.py": module, "pkg/mod.pyi": stub}
    files["pkg/kinds.py"] = ""
    files["pkg/kinds.pyi"] = KINDS
    return [each.line for each in judged(judge, files, **options) if each.code == "MW603"]


@pytest.mark.parametrize(
    "stub",
    [
        "def gone() -> None: ...\n",
        "class Gone: ...\n",
        "gone: int\n",
        "__all__ = ['gone']\n",
        "from os import gone as gone\n",
        "class Gone(Exception): ...\n",
        "class Gone(list[int]): ...\n",
        "Gone: type[int]\n",
    ],
)
def test_a_name_that_the_module_does_not_have_is_found(judged: Judged, stub: str) -> None:
    assert said(judged, "def here(): ...\n", stub) == [1]


@pytest.mark.parametrize(
    "stub",
    [
        "def here(x: int) -> int: ...\ndef here(x: str) -> str: ...\n",
        "from os import path\nimport sys\n",
        "from typing import TypeVar\nT = TypeVar('T')\nAlias = int | str\n",
        "from typing import TypeAlias\nAlias: TypeAlias = int\n",
        "from typing import Protocol\nclass Readable(Protocol): ...\nclass _P(Protocol): ...\n",
        "from typing import TypedDict\nclass Options(TypedDict): ...\n",
        "import typing as t\nclass A(t.TypedDict): ...\nclass B(A, total=False): ...\n",
        "from typing_extensions import TypedDict as TD\nclass _A(TD): ...\nclass B(_A): ...\n",
        "from typing import Generic, Protocol, TypeVar\nT = TypeVar('T')\n"
        "class A(Protocol[T]): ...\nclass B(A[int]): ...\n",
        "class _OnlyHere: ...\nclass B(_OnlyHere): ...\n",
        "from typing_extensions import TypeAlias as _TypeAlias\nAlias: _TypeAlias = int\n",
        "import typing\nAlias: 'typing.TypeAlias' = 'int'\n",
        "from typing import TypeVar\nT: TypeVar\n",
        "from _typeshed import SupportsRead\nclass A(SupportsRead[str]): ...\n",
        "from typing import Any as Any\n",
        "from typing import TypedDict\n__all__ = ['A']\nclass A(TypedDict): ...\n",
        "from .kinds import Options\nclass A(Options): ...\n",
        "from . import kinds\nclass A(kinds.Options): ...\n",
        "from pkg.kinds import Options as Options\n",
        "from typing import type_check_only\n@type_check_only\nclass Gone: ...\n",
        "import sys\nif sys.platform == 'win32':\n    def gone(): ...\n",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    class Gone: ...\n",
        "def _private(): ...\n",
        "def broken(:\n",
    ],
)
def test_what_is_there_or_for_type_checkers_only_is_left_alone(judged: Judged, stub: str) -> None:
    assert said(judged, "def here(): ...\n", stub) == []


@pytest.mark.parametrize(
    "module",
    [
        "def __getattr__(name): ...\n",
        "globals()['gone'] = 1\n",
        "from os import *\n",
        "if x:\n    def gone(): ...\nelse:\n    gone = 1\n",
        "for gone in range(3): ...\n",
        "with open('x') as gone: ...\n",
        "import os as gone\n",
    ],
)
def test_a_module_that_may_have_the_name_is_left_alone(judged: Judged, module: str) -> None:
    assert said(judged, module, "gone: int\n") == []


def test_what_an_imported_module_holds_counts(judged: Judged) -> None:
    seen = Outcome(True, 0, 30, attributes=frozenset({"made"}))
    stub = "made: int\ngone: int\n"
    assert said(judged, "globals()['made'] = 1\n", stub, outcomes={"pkg.mod": seen}) == [2]


def test_what_a_module_has_for_those_who_have_a_library_counts(judged: Judged) -> None:
    seen = Outcome(True, 0, 30, attributes=frozenset({"needles"}))
    module = "try:\n    import needles\n    made = 1\nexcept ImportError:\n    needles = None\n"
    assert said(judged, module, "made: int\ngone: int\n", outcomes={"pkg.mod": seen}) == [2]


def test_submodules_of_a_package_are_there(judged: Judged) -> None:
    files = {"pkg/__init__.py": "", "pkg/__init__.pyi": "from . import part as part\n"}
    assert judged(judge, {**files, "pkg/part.py": ""}) == []


def test_a_distribution_of_stubs_is_left_alone(judged: Judged) -> None:
    assert judged(judge, {"other-stubs/__init__.pyi": "gone: int\n"}) == []
