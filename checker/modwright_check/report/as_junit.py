"""A report as JUnit's XML: a test case for each module."""

import re
from collections.abc import Iterable
from xml.etree import ElementTree as ET

from modwright_check.model.report import Finding, ModuleResult, Report, Severity
from modwright_check.report.verdict import about_baseline, about_part

# Characters that XML 1.0 does not allow (section 2.2), written or as a reference.
_NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def report_as_junit(report: Report) -> str:
    """Return a report as JUnit XML, in ASCII.

    An error fails the case of its module; warnings are its output. What concerns the whole wheel
    has a suite of its own with one case, which is there when all is well, too.
    """
    root = ET.Element("testsuites", name=_text(report.project), time=f"{report.seconds:.3f}")
    suite = _suite(root, f"{report.project}: imports", report.modules)
    told = [
        *about_part(report),
        *about_baseline(report),
        *(f"Not checked: {reason}" for reason in report.not_checked),
    ]
    if told:
        ET.SubElement(suite, "system-out").text = _text("\n".join(told))
    _suite(root, f"{report.project}: wheel", [ModuleResult("wheel", report.general)])
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="us-ascii", xml_declaration=True)
    return written.decode()


def _suite(root: ET.Element, name: str, modules: Iterable[ModuleResult]) -> ET.Element:
    results = list(modules)
    failures = sum(module.status == "error" for module in results)
    suite = ET.SubElement(
        root,
        "testsuite",
        name=_text(name),
        tests=str(len(results)),
        failures=str(failures),
        errors="0",
        skipped="0",
        time=f"{sum(module.import_ms or 0 for module in results) / 1e3:.3f}",
    )
    properties = ET.SubElement(suite, "properties")
    for severity in Severity:
        number = sum(found.severity is severity for module in results for found in module.findings)
        ET.SubElement(properties, "property", name=f"{severity}s", value=str(number))
    for module in results:
        _case(suite, module)
    return suite


def _case(suite: ET.Element, module: ModuleResult) -> None:
    case = ET.SubElement(
        suite,
        "testcase",
        classname=_text(suite.attrib["name"]),
        name=_text(module.name),
        time=f"{(module.import_ms or 0) / 1e3:.3f}",
    )
    errors = [finding for finding in module.findings if finding.severity is Severity.ERROR]
    warnings = [finding for finding in module.findings if finding.severity is Severity.WARNING]
    if errors:
        message, codes = errors[0].message, dict.fromkeys(error.code for error in errors)
        failure = ET.SubElement(case, "failure", message=_text(message), type=" ".join(codes))
        failure.text = _told(errors)
    if warnings:
        ET.SubElement(case, "system-out").text = _told(warnings)


def _told(findings: Iterable[Finding]) -> str:
    return _text("\n\n".join(map(_finding, findings)))


def _finding(finding: Finding) -> str:
    place = ":".join(str(part) for part in (finding.file, finding.line) if part)
    frames = [f"  at {file}:{line}" for file, line in finding.traceback]
    about = f"{finding.severity}: {finding.code} {finding.message}"
    first = f"{place}: {about}" if place else about
    return "\n".join([first, *frames, f"  {finding.hint}"])


def _text(text: str) -> str:
    """Return a text in which what XML cannot hold is written as Python would escape it."""
    return _NO_CHARACTER.sub(lambda char: char[0].encode("unicode_escape").decode(), text)
