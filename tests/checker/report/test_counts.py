"""Every form of a report counts the same."""

import json
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings

from modwright_check.model.facts import Fact
from modwright_check.model.report import ModuleResult, Report, Severity
from modwright_check.report.formats import render
from modwright_check.report.problems import problems
from modwright_check.report.verdict import verdict
from tests.checker.report.samples import ANY_REPORTS, OK, finding, report

Counts = dict[str, int]
WORDS = [str(severity) for severity in Severity]


def in_json(report: Report) -> Counts:
    summary = json.loads(render(report, "json"))["summary"]
    return {word: summary[f"{word}s"] for word in WORDS}


def in_verdict(sentence: str) -> Counts:
    found = dict.fromkeys(WORDS, 0)
    for number, word in re.findall(r"(\d+) (error|warning)s?\b", sentence):
        found[word] = int(number)
    return found


def in_sarif(report: Report) -> Counts:
    [run] = json.loads(render(report, "sarif"))["runs"]
    found = dict.fromkeys(WORDS, 0)
    for result in run["results"]:
        found[result["level"].replace("note", "info")] += result["occurrenceCount"]
    return found


def in_junit(report: Report) -> Counts:
    root = ET.fromstring(render(report, "junit"))  # noqa: S314 (we have just written it)
    found = dict.fromkeys(WORDS, 0)
    for entry in root.iter("property"):
        found[entry.attrib["name"].removesuffix("s")] += int(entry.attrib["value"])
    return found


def in_html(report: Report) -> Counts:
    """Return the facts at the top of the page: a term, and its number."""
    facts = dict(re.findall(r"<dt>(\w+)</dt><dd>(\d+)</dd>", render(report, "html")))
    return {word: int(facts[f"{word.title()}s"]) for word in WORDS}


@pytest.mark.parametrize("fact", [Fact.OF_A_CHOICE, Fact.OF_THE_SYSTEM, Fact.HEADLESS])
def test_modules_that_wait_for_what_no_wheel_brings_are_not_said_to_import(fact: Fact) -> None:
    found = replace(finding(Severity.INFO), facts=frozenset({fact}))
    waiting = ModuleResult("pkg.windows", (found,), imported=False)
    assert verdict(report(OK, waiting)) == "1 of 2 modules imports cleanly"
    assert verdict(report(waiting)) == "No module is imported"


@settings(deadline=None, max_examples=50)
@given(ANY_REPORTS)
def test_every_form_counts_the_same(report: Report) -> None:
    counts = {str(severity): report.count(severity) for severity in Severity}
    assert in_json(report) == in_sarif(report) == in_junit(report) == in_html(report) == counts
    assert in_verdict(verdict(report)) == counts | {"info": 0}


@settings(deadline=None, max_examples=50)
@given(ANY_REPORTS)
def test_findings_of_json_have_the_number_of_their_entry_in_the_text(report: Report) -> None:
    numbers = [entry["cause"] for entry in json.loads(render(report, "json"))["findings"]]
    assert set(numbers) == set(range(1, len(problems(report)) + 1))
    for found, number in zip(report.findings, numbers, strict=True):
        assert found in problems(report)[number - 1].findings


E1, E2 = finding(Severity.ERROR), finding(Severity.ERROR, "other")
W = finding(Severity.WARNING)


@pytest.mark.parametrize(
    ("modules", "said"),
    [
        ([OK], "1 module imports cleanly"),
        ([OK, ModuleResult("m", (finding(Severity.INFO),))], "2 modules import cleanly"),
        ([ModuleResult("m", (W,))], "1 warning in a wheel of 1 module"),
        ([OK, ModuleResult("m", (E1, W))], "1 error and 1 warning in a wheel of 2 modules"),
        ([ModuleResult("m", (E1, E2))], "2 errors in a wheel of 1 module"),
        (
            [ModuleResult("m", (E1,)), ModuleResult("n", (E1,))],
            "2 errors of 1 cause in a wheel of 2 modules",
        ),
        ([], "The wheel contains no modules"),
    ],
)
def test_the_verdict_counts_findings_and_causes(modules: list[ModuleResult], said: str) -> None:
    assert verdict(report(*modules)) == said


def test_a_wheel_without_modules_has_its_errors_counted() -> None:
    assert verdict(report(general=(E1,))) == "1 error in a wheel without modules"
