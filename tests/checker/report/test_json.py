"""A report for programs: the contract of the JSON."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modwright_check.model.report import ModuleResult, Report, Severity
from modwright_check.report.as_json import report_as_json
from tests.checker.report.samples import ANY_REPORTS, finding, report

KEYS = {
    "report": ["schema", "project", "python", "modules", "findings", "summary"],
    "module": ["name", "status", "import_ms", "self_ms"],
    "finding": ["code", "severity", "module", "file", "line", "message", "hint"],
    "summary": ["modules", "errors", "warnings", "seconds"],
}


@settings(deadline=None, max_examples=50)
@given(ANY_REPORTS)
def test_json_has_the_keys_and_types_of_the_contract(report: Report) -> None:
    document = json.loads(report_as_json(report))
    assert list(document)[:6] == KEYS["report"]
    assert document["schema"] == 1
    assert document["project"] == report.project
    assert document["python"] == "3.13.0"
    for module, seen in zip(document["modules"], report.modules, strict=True):
        assert list(module) == [*KEYS["module"], "modules_loaded", "imported"]
        assert module["name"] == seen.name
        assert module["status"] in {"ok", "warning", "error"}
        for key in ("import_ms", "self_ms"):
            assert isinstance(module[key], float | None)
            assert (module[key] is None) is (getattr(seen, key) is None)
    for entry in document["findings"]:
        assert list(entry) == [*KEYS["finding"], "traceback", "preview", "cause"]
        assert entry["severity"] in {"error", "warning", "info"}
        assert isinstance(entry["line"], int | None)
    assert list(document["summary"]) == [*KEYS["summary"], "infos", "imported"]
    assert document["summary"]["modules"] == len(report.modules)
    imported = [module["imported"] for module in document["modules"]]
    assert document["summary"]["imported"] == imported.count(True)
    severities = [entry["severity"] for entry in document["findings"]]
    assert document["summary"]["errors"] == severities.count("error")
    assert document["summary"]["warnings"] == severities.count("warning")


def test_json_tells_graph_cycles_gaps_and_tracebacks() -> None:
    failed = replace(finding(Severity.ERROR), traceback=(("src/pkg/mod.py", 3),))
    told = replace(
        report(ModuleResult("pkg", (failed,), modules_loaded=7)),
        imports={"pkg.b": ("pkg.a",), "pkg.a": ("pkg.b",)},
        lazy_imports={"pkg.b": ("pkg",)},
        cycles=(("pkg.a", "pkg.b"),),
        not_checked=("no Windows here",),
    )
    document = json.loads(report_as_json(told))
    assert document["imports"] == {"pkg.a": ["pkg.b"], "pkg.b": ["pkg.a"]}
    assert document["lazy_imports"] == {"pkg.b": ["pkg"]}
    assert document["cycles"] == [["pkg.a", "pkg.b"]]
    assert document["not_checked"] == ["no Windows here"]
    assert document["findings"][0]["traceback"] == [{"file": "src/pkg/mod.py", "line": 3}]
    assert document["modules"][0]["modules_loaded"] == 7


@settings(deadline=None, max_examples=50)
@given(st.text(st.characters(codec=None)))
def test_json_is_ascii_that_every_pipe_can_carry(text: str) -> None:
    broken = ModuleResult("pkg.été", (finding(Severity.ERROR, text),))
    written = report_as_json(report(broken))
    assert written.isascii()
    assert json.loads(written)["findings"][0]["message"] == text


@pytest.mark.parametrize(
    ("severities", "status"),
    [
        ((), "ok"),
        ((Severity.INFO,), "ok"),
        ((Severity.WARNING, Severity.INFO), "warning"),
        ((Severity.INFO, Severity.WARNING, Severity.ERROR), "error"),
    ],
)
def test_a_modules_state_is_its_worst_finding(
    severities: tuple[Severity, ...], status: str
) -> None:
    assert ModuleResult("pkg", tuple(finding(severity) for severity in severities)).status == status
