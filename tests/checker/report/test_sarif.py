"""A report as SARIF 2.1.0: its structure, as section 3 of the standard has it."""

import json
import re
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, urlsplit

from hypothesis import given, settings

from modwright_check.model.codes import CODES
from modwright_check.model.report import Finding, ModuleResult, Report, Severity
from modwright_check.report.as_sarif import report_as_sarif
from modwright_check.report.problems import problems
from tests.checker.report.samples import ANY_REPORTS, finding, report

URI = re.compile(r"(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})*")  # RFC 3986, a path without a scheme


def run_of(report: Report) -> dict[str, Any]:
    log = json.loads(report_as_sarif(report))
    assert list(log) == ["$schema", "version", "runs"]
    assert log["version"] == "2.1.0"
    [run] = log["runs"]
    return dict(run)


def results_of(*findings: Finding) -> list[dict[str, Any]]:
    return list(run_of(report(ModuleResult("pkg.mod", findings)))["results"])


def fingerprint(result: dict[str, Any]) -> str:
    [value] = result["partialFingerprints"].values()
    return str(value)


@settings(deadline=None, max_examples=50)
@given(ANY_REPORTS)
def test_whatever_is_said_there_is_a_result_for_each_place_of_a_problem(report: Report) -> None:
    run = run_of(report)
    rules = run["tool"]["driver"]["rules"]
    places = [place for problem in problems(report) for place in problem.places]
    for result, problem in zip(run["results"], places, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == problem.finding.code
        assert result["level"] in {"error", "warning", "note"}
        assert not re.search(r"(?<!\{)\{(?:\{\{)*\d", result["message"]["text"])
        [location] = result["locations"]
        frames = [f["location"] for stack in result.get("stacks", []) for f in stack["frames"]]
        for place in (location, *frames):
            physical = place["physicalLocation"]
            assert URI.fullmatch(physical["artifactLocation"]["uri"])
            assert physical["artifactLocation"]["uriBaseId"] in run["originalUriBaseIds"]
            assert physical.get("region", {}).keys() <= {"startLine"}
    prints = [fingerprint(result) for result in run["results"]]
    assert len(set(prints)) == len(prints)


def test_the_rules_are_the_catalogue_with_a_page_each() -> None:
    rules = run_of(report())["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(CODES)
    for rule in rules:
        address = urlsplit(rule["helpUri"])
        assert address.scheme == "https"
        assert address.path.endswith(f"/docs/findings/{rule['id']}.md")
        assert ".git/" not in address.path


def test_a_result_names_place_module_message_and_hint() -> None:
    way = (("src/pkg/__init__.py", 1), ("src/pkg/mod.py", 3))
    [result] = results_of(replace(finding(Severity.ERROR), traceback=way))
    assert result["message"]["text"] == "pkg.mod: bad\nmend it"
    [location] = result["locations"]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == "src/pkg/mod.py"
    assert location["physicalLocation"]["region"] == {"startLine": 3}
    assert location["logicalLocations"] == [{"fullyQualifiedName": "pkg.mod", "kind": "module"}]
    frames = result["stacks"][0]["frames"]  # the innermost first, section 3.44.3
    lines = [frame["location"]["physicalLocation"]["region"]["startLine"] for frame in frames]
    assert lines == [3, 1]


def test_a_files_name_is_percent_encoded() -> None:
    name = "src/a b/c:d/é%20#?.py"
    [result] = results_of(replace(finding(Severity.ERROR), file=name))
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "src/a%20b/c%3Ad/%C3%A9%2520%23%3F.py"
    assert unquote(uri) == name


def test_a_finding_without_a_file_is_about_the_project() -> None:
    [result] = results_of(replace(finding(Severity.ERROR), file=None, line=None))
    physical = result["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"]["uri"] == "pyproject.toml"
    assert "region" not in physical


def test_a_message_has_no_placeholder_and_no_link() -> None:
    [result] = results_of(finding(Severity.ERROR, "{0} [here](https://example.org)"))
    assert "{{0}} [here\\](https://example.org)" in result["message"]["text"]


def test_a_fingerprint_stays_when_lines_are_added_above() -> None:
    before = finding(Severity.ERROR, "invalid syntax (mod.py, line 3)")
    after = replace(before, line=13, message="invalid syntax (mod.py, line 13)")
    other = replace(before, message="unexpected indent (mod.py, line 3)")
    prints = [fingerprint(results_of(each)[0]) for each in (before, after, other)]
    assert prints[0] == prints[1]
    assert prints[0] != prints[2]


def test_gaps_are_told() -> None:
    [invocation] = run_of(replace(report(), not_checked=("no Windows here",)))["invocations"]
    [notification] = invocation["toolExecutionNotifications"]
    assert notification["message"]["text"] == "Not checked: no Windows here"
