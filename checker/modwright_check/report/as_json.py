"""A report for programs: the JSON of the contract, schema 1."""

import json
from collections.abc import Mapping, Sequence

from modwright_check.model.report import Baseline, Finding, ModuleResult, Report, Severity
from modwright_check.report.problems import problems

SCHEMA = 1


def report_as_json(report: Report) -> str:
    """Return a report as one JSON object; a time that nobody has measured is null.

    Findings of one cause have its number, from 1 on, the most important first.
    """
    causes = {
        finding: number
        for number, problem in enumerate(problems(report), 1)
        for finding in problem.findings
    }
    document = {
        "schema": SCHEMA,
        "project": report.project,
        "python": report.python,
        "modules": [_module(module) for module in report.modules],
        "findings": [_finding(finding) | {"cause": causes[finding]} for finding in report.findings],
        "summary": {
            "modules": len(report.modules),
            "errors": report.count(Severity.ERROR),
            "warnings": report.count(Severity.WARNING),
            "seconds": round(report.seconds, 3),
            "infos": report.count(Severity.INFO),
            "imported": report.imported,
        },
        "imports": _by_module(report.imports),
        "lazy_imports": _by_module(report.lazy_imports),
        "cycles": [list(cycle) for cycle in report.cycles],
        "not_checked": list(report.not_checked),
        "baseline": report.baseline and _baseline(report.baseline),
        "part": report.part and {"of": report.part.of, "told": report.part.told},
    }
    return json.dumps(document, indent=2)


def _baseline(baseline: Baseline) -> dict[str, object]:
    return {
        "file": baseline.file,
        "known": len(baseline.known),
        "gone": [entry._asdict() for entry in baseline.gone],
        "written": baseline.added is not None,
    }


def _by_module(imports: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    return {module: list(imports[module]) for module in sorted(imports)}


def _module(module: ModuleResult) -> dict[str, object]:
    return {
        "name": module.name,
        "status": module.status,
        "import_ms": module.import_ms and round(module.import_ms, 3),
        "self_ms": module.self_ms and round(module.self_ms, 3),
        "modules_loaded": module.modules_loaded,
        "imported": module.imported,
    }


def _finding(finding: Finding) -> dict[str, object]:
    frames = [{"file": file, "line": line} for file, line in finding.traceback]
    return {
        "code": finding.code,
        "severity": finding.severity,
        "module": finding.module,
        "file": finding.file,
        "line": finding.line,
        "message": finding.message,
        "hint": finding.hint,
        "traceback": frames,
        "preview": finding.is_preview,
    }
