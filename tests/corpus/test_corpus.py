"""Small projects, each broken in one way, and others that only look broken: see README.md."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from modwright_check.model.codes import CODES
from tests.conftest import CheckHere, Run
from tests.corpus.cases import Case, Expected, cases, lacking
from tests.corpus.style import faults
from tests.covering import covering

BROKEN, HARMLESS = cases("broken"), cases("harmless")
ALL = [*BROKEN, *HARMLESS]
# They wait for a limit of time, or make environments of other Pythons; tests/checker has both too.
SLOW = {"broken/breaks_on_another_python", "broken/computes_for_ever"}
# Each code and a sample of what is harmless; the rest takes minutes.
QUICK = [case for case in BROKEN if case.name not in SLOW]
ALWAYS = [*covering(QUICK, lambda case: case.codes), *HARMLESS[::64]]
SAMPLE = ALL[::60]
# The Pythons on which .ci/run has the full part: each takes a twelfth of the rest, the first also
# where it is another one. The others, and all on each Python, are in the release part.
PYTHONS = (11, 14, 15)
HERE = PYTHONS.index(sys.version_info.minor) if sys.version_info.minor in PYTHONS else 0


def _turn(number: int, case: Case) -> int:
    """Return on which of the Pythons a case has its turn, if on any: where it can be."""
    if any(need.startswith("python<") for need in case.needs):
        return 0
    if any(need.startswith("python>=") for need in case.needs):
        return len(PYTHONS) - 1
    return number % (len(PYTHONS) * 4)


def _marks(number: int, case: Case) -> list[pytest.MarkDecorator]:
    if case in ALWAYS:
        return []
    return [pytest.mark.full if _turn(number, case) == HERE else pytest.mark.release]


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case.name, marks=_marks(number, case))
        for number, case in enumerate(ALL)
    ],
)
def test_the_check_finds_what_is_wrong_and_nothing_else(
    case: Case, check_here: CheckHere, tmp_path: Path, away_from_the_network: Mapping[str, str]
) -> None:
    project = _laid_out(case, tmp_path)
    env = {} if "network" in case.needs else away_from_the_network
    exit_code, report = check_here(project, *case.options, env=env)
    _compare(case, exit_code, report)


@pytest.mark.full
@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in SAMPLE])
def test_the_command_in_a_process_of_its_own_says_the_same(
    case: Case, run: Run, tmp_path: Path, away_from_the_network: Mapping[str, str]
) -> None:
    project = _laid_out(case, tmp_path)
    env = {} if "network" in case.needs else away_from_the_network
    finished = run("check", project, "--format", "json", *case.options, env=env)
    assert finished.stdout, finished.stderr
    _compare(case, finished.returncode, json.loads(finished.stdout))


def test_a_check_knows_nothing_of_the_one_before_it(
    check_here: CheckHere,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    away_from_the_network: Mapping[str, str],
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))  # both make their environment here
    case = next(case for case in BROKEN if case.name == "broken/dependency_in_the_wrong_case")
    for each in (HARMLESS[0], case):
        project = _laid_out(each, tmp_path / each.name)
        _compare(each, *check_here(project, *each.options, env=away_from_the_network))


def _laid_out(case: Case, folder: Path) -> Path:
    for need in case.needs:
        if lacking(need, folder):
            pytest.skip(f"{need} is needed")
    return case.lay_out(folder)


def _compare(case: Case, exit_code: int, report: Mapping[str, Any]) -> None:
    found = _found(report, {"error", "warning"})
    assert _lines(found) == _lines(case.findings), _explained(case, report)
    assert case.infos <= _found(report, {"info"})
    errors = [finding for finding in report["findings"] if finding["severity"] == "error"]
    assert exit_code == bool(errors)
    if case.modules:
        assert [module["name"] for module in report["modules"]] == list(case.modules)
    for finding in report["findings"]:
        assert finding["code"] in CODES
        assert not list(faults(finding["message"], finding["hint"]))


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
    covered = {code for case in ALL for code in case.codes}
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
