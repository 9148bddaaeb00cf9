"""A report for code scanning: SARIF 2.1.0 (OASIS, docs.oasis-open.org/sarif/sarif/v2.1.0)."""

import json
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from urllib.parse import quote

from modwright_check.model.codes import CODES
from modwright_check.model.identity import identity
from modwright_check.model.report import Report, Severity
from modwright_check.report.documentation import installed_version, page_of, repository
from modwright_check.report.problems import Problem, problems
from modwright_check.report.verdict import about_baseline, about_part

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_ROOT = "%SRCROOT%"  # the project's folder, wherever the reader has it


def report_as_sarif(report: Report) -> str:
    """Return a report as one SARIF log with one run; its rules are the whole catalogue."""
    run = {
        "tool": {"driver": _driver()},
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": [
                    {"level": "note", "message": _message(said)}
                    for said in (
                        *about_part(report),
                        *about_baseline(report),
                        *(f"Not checked: {reason}" for reason in report.not_checked),
                    )
                ],
            }
        ],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder of the project"}}},
        "results": _results(place for problem in problems(report) for place in problem.places),
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _driver() -> dict[str, object]:
    rules = [
        {
            "id": code,
            "shortDescription": {"text": about.title},
            "helpUri": page_of(code),
            "help": {"text": f"See {page_of(code)}"},
            "defaultConfiguration": {"level": _LEVELS[about.severity]},
        }
        for code, about in CODES.items()
    ]
    return {
        "name": "modwright",
        "version": installed_version(),
        "informationUri": repository(),
        "rules": rules,
    }


def _results(found: Iterable[Problem]) -> list[dict[str, object]]:
    """Return a result for each place of a problem, with a fingerprint of its own."""
    positions = {code: position for position, code in enumerate(CODES)}
    seen: Counter[str] = Counter()
    results = []
    for problem in found:
        identity = _identity(problem)
        seen[identity] += 1
        results.append(_result(problem, positions, f"{identity}:{seen[identity]}"))
    return results


def _result(problem: Problem, positions: dict[str, int], fingerprint: str) -> dict[str, object]:
    finding = problem.finding
    result: dict[str, object] = {
        "ruleId": finding.code,
        "level": _LEVELS[finding.severity],
        "message": _message(problem.text),
        "locations": [_location(problem)],
        "occurrenceCount": len(problem.findings),
        "partialFingerprints": {"finding/v1": fingerprint},
    }
    if finding.code in positions:
        result["ruleIndex"] = positions[finding.code]
    if finding.traceback:
        innermost_first = reversed(finding.traceback)
        frames = [{"location": _physical(file, line)} for file, line in innermost_first]
        result["stacks"] = [{"frames": frames}]
    return result


def _location(problem: Problem) -> dict[str, object]:
    finding = problem.finding
    # Code scanning refuses a log with a result that has no file: it is then about the project.
    physical = _physical(finding.file or "pyproject.toml", finding.line if finding.file else None)
    names = [name for name in (finding.module, *problem.others) if name]
    logical = [{"fullyQualifiedName": name, "kind": "module"} for name in names]
    return physical | ({"logicalLocations": logical} if logical else {})


def _physical(file: str, line: int | None) -> dict[str, object]:
    # A file name may be any bytes; no scheme and no host can be read out of a quoted one.
    uri = quote(file, safe="/", errors="surrogatepass").lstrip("/")
    place: dict[str, object] = {"artifactLocation": {"uri": uri, "uriBaseId": _ROOT}}
    return {"physicalLocation": place | ({"region": {"startLine": line}} if line else {})}


def _message(text: str) -> dict[str, str]:
    """Return a text as a message without placeholders and links (sections 3.11.5, 3.11.6)."""
    literal = text.replace("{", "{{").replace("}", "}}").replace("](", "\\](")
    return {"text": literal}


def _identity(problem: Problem) -> str:
    """Return a digest of what stays the same when lines are added above the finding."""
    parts = json.dumps([problem.finding.file, *identity(problem.finding)])
    return sha256(parts.encode()).hexdigest()[:32]
