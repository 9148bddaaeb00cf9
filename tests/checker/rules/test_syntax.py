"""MW704, MW705 and MW701: sources that Python cannot read."""

import sys
from collections.abc import Mapping
from dataclasses import replace

import pytest

from modwright_check.model.import_result import Outcome
from modwright_check.rules.syntax import judge
from modwright_check.static.source import read_sources
from tests.checker.rules.conftest import EvidenceOf, Judged


def said(judged: Judged, source: str, metadata: str = "", **options: object) -> list[str]:
    found = judged(judge, {"pkg.py": source}, metadata=metadata, **options)
    return [f"{each.code}:{each.line}" for each in found]


def failed(*modules: str) -> Mapping[str, Outcome]:
    return {name: Outcome(False, 0, 30, error="SyntaxError") for name in modules}


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("import os\nfrom __future__ import annotations\n", 2),
        ('x = 1\n"""Not a docstring."""\nfrom __future__ import annotations\n', 3),
        ("if True:\n    from __future__ import annotations\n", 2),
        ("def f():\n    from __future__ import annotations\n", 2),
    ],
)
def test_a_late_future_import_is_found(judged: Judged, source: str, line: int) -> None:
    assert said(judged, source) == [f"MW705:{line}"]


@pytest.mark.parametrize(
    "source",
    [
        "from __future__ import annotations\n",
        '"""Docstring."""\nfrom __future__ import annotations\nfrom __future__ import division\n',
        "# comment\n\nfrom __future__ import annotations; import os\n",
        "import __future__\n",
    ],
)
def test_a_future_import_at_the_beginning_is_left_alone(judged: Judged, source: str) -> None:
    assert said(judged, source) == []


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"# fine\nx = 'caf\xe9'\n", 2),
        (b"# coding: no-such-thing\n", 1),
        (b"x = 1\ny = '\x00'\n", None),
    ],
)
def test_a_source_that_does_not_decode_is_found(
    evidence_of: EvidenceOf, content: bytes, line: int | None
) -> None:
    evidence = evidence_of({"pkg.py": ""})
    evidence.sources.installed(evidence.modules[0].path).write_bytes(content)
    evidence = replace(evidence, read=read_sources(evidence.sources))
    (found,) = judge(evidence)
    assert found.code == "MW704"
    assert line is None or found.line == line


@pytest.mark.parametrize("source", ["def f(:\n", "x = = 1\n", "print 'x'\n"])
def test_what_no_python_parses_is_told_as_the_syntax_error_that_it_is(
    judged: Judged, source: str
) -> None:
    assert said(judged, source, outcomes=failed("pkg")) == ["MW101:1"]


@pytest.mark.skipif(sys.version_info >= (3, 15), reason="of newer syntax nothing is known yet")
def test_syntax_that_this_python_does_not_know_yet_is_told_as_such(judged: Judged) -> None:
    lazy = "x = 1\nlazy import json\n"
    outcomes = failed("pkg")
    assert said(judged, lazy, "Requires-Python: >=3.9\n", outcomes=outcomes) == ["MW701:2"]
    assert said(judged, lazy, "Requires-Python: >=3.15\n", outcomes=outcomes) == []


def test_what_the_environments_newer_python_has_loaded_is_left_alone(judged: Judged) -> None:
    assert said(judged, "lazy import json\n", "Requires-Python: >=3.15\n") == []


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("print 't'\n", "MW101"),
        ("print('t' 1)\n", "MW101"),
        pytest.param(
            "try:\n    pass\nexcept ValueError, error:\n    pass\n",
            "MW101",
            marks=pytest.mark.skipif(sys.version_info >= (3, 14), reason="Python 3.14 parses it"),
        ),
        pytest.param(
            "try:\n    pass\nexcept ValueError, TypeError:\n    pass\n",
            "MW701",
            marks=pytest.mark.skipif(sys.version_info >= (3, 14), reason="Python 3.14 parses it"),
        ),
    ],
)
def test_the_language_of_python_2_is_not_taken_for_that_of_a_newer_python(
    judged: Judged, source: str, code: str
) -> None:
    outcomes = failed("pkg")
    (found,) = said(judged, source, "Requires-Python: >=3.9\n", outcomes=outcomes)
    assert found.startswith(code)
