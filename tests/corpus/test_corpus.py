"""Small projects, each broken in one way, and others that only look broken: see README.md."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from modwright.checking.catalogue import CODES
from tests.conftest import Run
from tests.corpus.cases import Case, Expected, cases, lacking

BROKEN, HARMLESS = cases("broken"), cases("harmless")
ALL = [*BROKEN, *HARMLESS]


@pytest.mark.slow
@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in ALL])
def test_the_check_finds_what_is_wrong_and_nothing_else(
    case: Case, run: Run, tmp_path: Path, away_from_the_network: Mapping[str, str]
) -> None:
    for need in case.needs:
        if lacking(need, tmp_path):
            pytest.skip(f"{need} is needed")
    project = case.lay_out(tmp_path)
    env = {} if "network" in case.needs else away_from_the_network

    finished = run("check", project, "--format", "json", *case.options, env=env)

    assert finished.stdout, finished.stderr
    report = json.loads(finished.stdout)
    found = _found(report, {"error", "warning"})
    assert _lines(found) == _lines(case.findings), _explained(case, report)
    assert case.infos <= _found(report, {"info"})
    errors = [finding for finding in report["findings"] if finding["severity"] == "error"]
    assert finished.returncode == bool(errors)
    if case.modules:
        assert [module["name"] for module in report["modules"]] == list(case.modules)
    for finding in report["findings"]:
        assert finding["code"] in CODES
        assert finding["message"]
        assert finding["hint"]


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in ALL])
def test_what_a_case_expects_can_be_found(case: Case) -> None:
    for place in case.findings | case.infos:
        assert place.code in CODES
        file = case.folder / (place.file or "pyproject.toml")
        if place.line is not None:
            lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
            assert place.line <= len(lines), place
            assert lines[place.line - 1].strip(), place


def test_a_broken_case_expects_a_finding_and_a_harmless_one_none() -> None:
    assert not [case.name for case in BROKEN if not case.findings]
    assert not [case.name for case in HARMLESS if case.findings]


def test_every_code_has_a_case() -> None:
    covered = {place.code for case in ALL for place in case.findings | case.infos}
    assert not sorted(set(CODES) - covered)


def test_there_are_enough_of_them() -> None:
    assert len(BROKEN) >= 110
    assert len(HARMLESS) >= 50


def _found(report: Mapping[str, Any], severities: set[str]) -> frozenset[Expected]:
    return frozenset(
        Expected(finding["code"], finding["file"], finding["line"])
        for finding in report["findings"]
        if finding["severity"] in severities
    )


def _lines(findings: frozenset[Expected]) -> list[str]:
    return sorted(map(str, findings))


def _explained(case: Case, report: Mapping[str, Any]) -> str:
    said = [
        f"{finding['severity']} {finding['code']} {finding['module']} "
        f"{finding['file']}:{finding['line']} {finding['message']}"
        for finding in report["findings"]
    ]
    return "\n".join([f"{case.about} (Python {sys.version.split()[0]})", *said])
