"""A report as JUnit XML, read back by an XML parser."""

from dataclasses import replace
from xml.etree import ElementTree as ET

from hypothesis import given, settings

from modwright_check.model.report import ModuleResult, Report, Severity
from modwright_check.report.as_junit import report_as_junit
from tests.checker.report.samples import ANY_REPORTS, OK, finding, report


def xml_of(report: Report) -> ET.Element:
    return ET.fromstring(report_as_junit(report))  # noqa: S314 (we have just written it)


@settings(deadline=None, max_examples=100)
@given(ANY_REPORTS)
def test_whatever_is_said_it_is_xml_with_a_case_for_each_module(report: Report) -> None:
    imports, wheel = xml_of(report).iter("testsuite")
    assert len(imports.findall("testcase")) == len(report.modules)
    for case, module in zip(imports.iter("testcase"), report.modules, strict=True):
        assert (case.find("failure") is not None) is (module.status == "error")
    assert int(imports.get("failures", "")) == len(imports.findall("testcase/failure"))
    assert len(wheel.findall("testcase")) == 1


def test_errors_fail_the_case_and_warnings_are_its_output() -> None:
    findings = (
        finding(Severity.WARNING, "prints"),
        finding(Severity.ERROR, "first"),
        finding(Severity.ERROR, "second"),
        finding(Severity.INFO, "aside"),
    )
    root = xml_of(report(OK, ModuleResult("pkg.mod", findings, 3.0)))
    clean, broken = root.findall("testsuite[1]/testcase")
    assert list(clean) == []
    assert broken.get("name") == "pkg.mod"
    assert broken.get("time") == "0.003"
    failure, output = broken
    assert (failure.tag, failure.get("message"), failure.get("type")) == (
        "failure",
        "first",
        "MW101",
    )
    assert "src/pkg/mod.py:3: error: MW101 first\n  mend it" in (failure.text or "")
    assert "second" in (failure.text or "")
    told = "src/pkg/mod.py:3: warning: MW101 prints\n  mend it"
    assert (output.tag, output.text) == ("system-out", told)
    assert "aside" not in ET.tostring(root, encoding="unicode")


def test_what_concerns_the_whole_wheel_fails_a_suite_of_its_own() -> None:
    whole = report(OK, general=(finding(Severity.ERROR, module=""),))
    root = xml_of(whole)
    assert [suite.get("failures") for suite in root] == ["0", "1"]


def test_what_xml_cannot_hold_can_still_be_read() -> None:
    nasty = ModuleResult("pkg.mod", (finding(Severity.ERROR, "\x1b[31m\x00\ud800\ufffe é"),))
    [failure] = xml_of(report(nasty)).iter("failure")
    assert failure.get("message") == r"\x1b[31m\x00\ud800\ufffe é"


def test_gaps_are_told() -> None:
    gaps = replace(report(OK), not_checked=("no Windows here",))
    output = xml_of(gaps).find("testsuite/system-out")
    assert output is not None
    assert output.text == "Not checked: no Windows here"
