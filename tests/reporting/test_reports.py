"""A report in each of its forms: whatever it says, it can be read."""

import json
from contextlib import redirect_stdout
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modwright.checking.report import Finding, ModuleResult, Report, Severity
from modwright.reporting.as_json import report_as_json
from modwright.reporting.as_text import print_report

# Printable, as the findings are, and nothing that rich could take for its own.
TEXT = st.text(
    st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30
) | st.sampled_from(["[red]", "[/]", "[/red]", "[link=x]", "\\[", "a [b] c", "[[", ":smile:", "{}"])
NAMES = st.sampled_from(["pkg", "pkg.mod", "pkg.été", "pkg.__main__"])
TIMES = st.none() | st.floats(0, 1e6)
FINDINGS = st.builds(
    Finding,
    code=st.sampled_from(["MW101", "MW401"]),
    severity=st.sampled_from(Severity),
    module=NAMES,
    file=st.none() | TEXT,
    line=st.none() | st.integers(1),
    message=TEXT,
    hint=TEXT,
)
MODULES = st.builds(
    ModuleResult,
    name=NAMES,
    findings=st.lists(FINDINGS, max_size=2).map(tuple),
    import_ms=TIMES,
    self_ms=TIMES,
)
REPORTS = st.builds(
    Report,
    project=TEXT,
    version=st.just("1.0"),
    python=st.just("3.13.0"),
    modules=st.lists(MODULES, max_size=3).map(tuple),
    seconds=st.floats(0, 1e6),
    general=st.lists(FINDINGS, max_size=1).map(tuple),
)
OK = ModuleResult("pkg", import_ms=2.0, self_ms=0.0)


def finding(severity: Severity, message: str = "bad") -> Finding:
    return Finding("MW101", severity, "pkg.mod", "src/pkg/mod.py", 3, message, "mend it")


def report(*modules: ModuleResult, general: tuple[Finding, ...] = ()) -> Report:
    return Report("sample", "1.0", "3.13.0", modules, 1.25, general)


def written(report: Report) -> str:
    """Return what reaches a stdout that is piped."""
    with redirect_stdout(StringIO()) as stdout:
        print_report(report)
    return stdout.getvalue()


@settings(deadline=None, max_examples=50)
@given(REPORTS)
def test_json_has_the_keys_and_types_of_the_contract(report: Report) -> None:
    document = json.loads(report_as_json(report))
    assert list(document) == ["schema", "project", "python", "modules", "findings", "summary"]
    assert document["schema"] == 1
    assert document["project"] == report.project
    assert document["python"] == "3.13.0"
    for module, seen in zip(document["modules"], report.modules, strict=True):
        assert list(module) == ["name", "status", "import_ms", "self_ms"]
        assert module["name"] == seen.name
        assert module["status"] in {"ok", "warning", "error"}
        for key in ("import_ms", "self_ms"):
            assert isinstance(module[key], float | None)
            assert (module[key] is None) is (getattr(seen, key) is None)
    for entry in document["findings"]:
        assert list(entry) == ["code", "severity", "module", "file", "line", "message", "hint"]
        assert entry["severity"] in {"error", "warning", "info"}
        assert isinstance(entry["line"], int | None)
    assert list(document["summary"]) == ["modules", "errors", "warnings", "seconds"]
    assert document["summary"]["modules"] == len(report.modules)
    severities = [entry["severity"] for entry in document["findings"]]
    assert document["summary"]["errors"] == severities.count("error")
    assert document["summary"]["warnings"] == severities.count("warning")


@settings(deadline=None, max_examples=50)
@given(st.text(st.characters(codec=None)))
def test_json_is_ascii_that_every_pipe_can_carry(text: str) -> None:
    broken = ModuleResult("pkg.été", (finding(Severity.ERROR, text),))
    written = report_as_json(report(broken))
    assert written.isascii()
    assert json.loads(written)["findings"][0]["message"] == text


@settings(deadline=None, max_examples=50)
@given(REPORTS)
def test_text_says_what_it_was_told_word_for_word(report: Report) -> None:
    lines = written(report).splitlines()
    for finding in report.findings:
        assert any(line.endswith(f"{finding.module} {finding.message}".rstrip()) for line in lines)
        assert f"    {finding.hint}" in lines


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


def test_text_names_place_code_module_message_and_hint() -> None:
    broken = ModuleResult("pkg.mod", (finding(Severity.ERROR, "[bold]bad[/]"),))
    lines = written(report(OK, broken)).splitlines()
    assert "src/pkg/mod.py:3: MW101 pkg.mod [bold]bad[/]" in lines
    assert "    mend it" in lines
    assert lines[-1].startswith("1 of 2 modules import with errors: sample 1.0 on Python 3.13.0")


def test_text_has_a_line_of_the_table_for_each_module() -> None:
    rows = [line.split() for line in written(report(OK)).splitlines()]
    assert ["pkg", "ok", "2.0", "0.0"] in rows
    assert rows[-1][:4] == ["1", "module", "imports", "cleanly:"]


def test_a_wheel_without_modules_is_not_called_clean() -> None:
    nothing = report(general=(finding(Severity.ERROR),))
    assert "Nothing to import" in written(nothing)


def test_a_long_message_is_not_broken_into_lines() -> None:
    broken = ModuleResult("pkg.mod", (finding(Severity.ERROR, "word " * 100 + "end"),))
    text = written(report(broken))
    assert any(line.endswith("word end") and "MW101" in line for line in text.splitlines())
