"""A report for a person: what it says, says once, and leaves out."""

from contextlib import redirect_stdout
from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import given, settings

from modwright_check.model.report import Finding, ModuleResult, Report, Severity
from modwright_check.report.as_text import print_report
from modwright_check.report.problems import problems
from tests.reporting.samples import ANY_REPORTS, HONEST_REPORTS, OK, finding, report


def written(report: Report) -> str:
    """Return what reaches a stdout that is piped."""
    with redirect_stdout(StringIO()) as stdout:
        print_report(report)
    return stdout.getvalue()


def shared(modules: int) -> list[ModuleResult]:
    """Return modules that fail for one and the same reason."""
    names = [f"pkg.m{number}" for number in range(modules)]
    error = finding(Severity.ERROR)
    return [ModuleResult(name, (replace(error, module=name),)) for name in names]


@settings(deadline=None, max_examples=50)
@given(HONEST_REPORTS)
def test_text_says_each_error_and_warning_word_for_word(report: Report) -> None:
    lines = written(report).splitlines()
    for told in (problem.finding for problem in problems(report)):
        if told.severity is not Severity.INFO:
            assert any(f"{told.code} " in x and x.endswith(told.message) for x in lines)
            assert f"    {told.hint}" in lines
    assert {f"Not checked: {reason}" for reason in report.not_checked} <= set(lines)


@settings(deadline=None, max_examples=50)
@given(ANY_REPORTS)
def test_text_is_the_same_for_equal_reports(report: Report) -> None:
    assert written(report) == written(replace(report))


@settings(deadline=None, max_examples=50)
@given(ANY_REPORTS)
def test_text_does_nothing_to_the_terminal_that_shows_it(report: Report) -> None:
    assert "".join(written(report).split("\n")).isprintable()


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


def test_what_several_modules_suffer_from_is_told_once() -> None:
    text = written(report(*shared(38)))
    assert text.count("MW101") == 1
    assert "    and 37 more modules: pkg.m1, pkg.m2, pkg.m3 ..." in text.splitlines()


def test_a_problem_is_told_of_the_module_that_is_nearest_to_it() -> None:
    far = replace(
        finding(Severity.ERROR, module="pkg.app"),
        traceback=(("src/pkg/app.py", 1), ("src/pkg/mod.py", 3)),
    )
    near = replace(finding(Severity.ERROR), traceback=(("src/pkg/mod.py", 3),))
    both = report(ModuleResult("pkg.app", (far,)), ModuleResult("pkg.mod", (near,)))
    assert "src/pkg/mod.py:3: MW101 pkg.mod bad" in written(both)
    assert "and 1 more module: pkg.app" in written(both)


@pytest.mark.parametrize("file", ["src/pkg/mod.py", "src/pkg/mod/__init__.py", "pkg/mod.py"])
def test_a_problem_is_told_of_the_module_that_its_file_is(file: str) -> None:
    names = ["pkg.app", "pkg.mod", "pkg.xmod"]
    errors = [replace(finding(Severity.ERROR, module=name), file=file) for name in names]
    modules = [ModuleResult(name, (e,)) for name, e in zip(names, errors, strict=True)]
    assert f"{file}:3: MW101 pkg.mod bad" in written(report(*modules))


def test_the_way_to_a_place_is_shown_when_it_has_more_than_one_step() -> None:
    way = (("src/pkg/__init__.py", 1), ("src/pkg/mod.py", 3))
    long_way = replace(finding(Severity.ERROR), traceback=way)
    lines = written(report(ModuleResult("pkg", (long_way,)))).splitlines()
    assert lines.index("      src/pkg/__init__.py:1") + 1 == lines.index("      src/pkg/mod.py:3")
    short = replace(finding(Severity.ERROR), traceback=way[1:])
    assert "      src/pkg/mod.py:3" not in written(report(ModuleResult("pkg", (short,))))


def test_a_recursion_does_not_fill_the_screen() -> None:
    way = tuple(("src/pkg/mod.py", line) for line in range(1, 1001))
    deep = replace(finding(Severity.ERROR), traceback=way)
    text = written(report(ModuleResult("pkg", (deep,))))
    assert "(992 more)" in text
    assert len(text.splitlines()) < 20


def test_notes_are_counted_and_not_listed() -> None:
    notes = tuple(finding(Severity.INFO, f"note {number}") for number in range(3))
    text = written(report(ModuleResult("pkg", notes)))
    assert "note 1" not in text
    assert "3 notes on the side" in text
    assert "imports cleanly:" in text


def test_a_large_projects_table_shows_what_matters_and_says_so() -> None:
    modules = [ModuleResult(f"pkg.m{n}", import_ms=float(n), self_ms=0.0) for n in range(100)]
    modules[7] = replace(modules[7], findings=(finding(Severity.WARNING),))
    text = written(report(*modules))
    rows = [line.split()[0] for line in text.splitlines() if line.startswith(" pkg.")]
    assert rows == ["pkg.m7", *(f"pkg.m{n}" for n in range(95, 100))]
    assert "Of 100 modules the table shows those with warnings or errors" in text


@pytest.mark.parametrize(
    ("modules", "general", "said"),
    [
        ([OK], (), "1 module imports cleanly: "),
        ([OK, OK], (), "2 modules import cleanly: "),
        ([(Severity.WARNING,)], (), "1 module imports, with 1 warning: "),
        ([(Severity.ERROR, Severity.WARNING)], (), "1 of 1 module imports with errors, besides 1"),
        ([OK], (Severity.ERROR,), "1 module imports, but the project has errors: "),
    ],
)
def test_the_last_line_sums_up(
    modules: list[ModuleResult | tuple[Severity, ...]], general: tuple[Severity, ...], said: str
) -> None:
    results = [
        module
        if isinstance(module, ModuleResult)
        else ModuleResult("pkg", tuple(finding(severity) for severity in module))
        for module in modules
    ]
    whole: tuple[Finding, ...] = tuple(finding(severity, module="") for severity in general)
    last = written(report(*results, general=whole)).splitlines()[-1]
    assert last.startswith(said)


def test_a_finding_of_a_preview_code_is_shown_as_such() -> None:
    found = replace(finding(Severity.WARNING), is_preview=True)
    said = written(report(ModuleResult("pkg", (found,))))
    assert f"{found.code} (preview) pkg" in said
