"""Findings of one cause are one problem, and the most important come first."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings

from modwright_check.model.report import Finding, ModuleResult, Report, Severity
from modwright_check.report.problems import Problem, problems
from tests.checker.report.samples import ANY_REPORTS, finding, report


def of(*findings: Finding) -> list[Problem]:
    return problems(report(ModuleResult("pkg", findings)))


@settings(deadline=None, max_examples=100)
@given(ANY_REPORTS)
def test_no_finding_is_lost_and_none_is_told_twice(report: Report) -> None:
    told = problems(report)
    assert Counter(f for problem in told for f in problem.findings) == Counter(report.findings)
    placed = [place for problem in told for place in problem.places]
    assert Counter(f for place in placed for f in place.findings) == Counter(report.findings)
    # A line that calls two functions may be told of each, in the same words.
    keys = [
        (each.code, each.severity, each.file, each.line, each.message, each.traceback[-1:])
        for each in (place.finding for place in placed)
    ]
    assert len(set(keys)) == len(keys)
    for problem in told:
        assert problem.finding.module not in problem.others


@settings(deadline=None, max_examples=100)
@given(ANY_REPORTS)
def test_errors_come_before_warnings_and_these_before_information(report: Report) -> None:
    order = [list(Severity).index(problem.finding.severity) for problem in problems(report)]
    assert order == sorted(order)


def test_of_equal_weight_what_most_modules_suffer_from_comes_first() -> None:
    narrow = finding(Severity.ERROR, "narrow", "pkg.a")
    wide = [replace(finding(Severity.ERROR, "wide", f"pkg.{n}"), line=9) for n in "xyz"]
    light = [replace(finding(Severity.WARNING, "light", f"pkg.{n}"), line=7) for n in "vwxyz"]
    told = of(*light, narrow, *wide)
    assert [problem.finding.message for problem in told] == ["wide", "narrow", "light"]


@pytest.mark.parametrize("code", ["MW201", "MW304", "MW902"])
def test_what_is_not_declared_is_one_cause_wherever_it_is_imported(code: str) -> None:
    said = "imports requests, which no declared dependency provides"
    missing = [
        replace(finding(Severity.ERROR, said, f"pkg.{name}"), code=code, file=f"pkg/{name}.py")
        for name in "abc"
    ]
    [problem] = of(*missing)
    assert problem.others == ("pkg.b", "pkg.c")
    assert [place.finding.file for place in problem.places] == ["pkg/a.py", "pkg/b.py", "pkg/c.py"]


def test_the_same_words_at_other_places_have_causes_of_their_own() -> None:
    one = finding(Severity.ERROR, "KeyError: 'de'", "pkg.a")
    assert len(of(one, replace(one, module="pkg.b", file="pkg/b.py"))) == 2


def test_what_is_deprecated_is_one_cause_on_all_lines_of_a_file() -> None:
    said = "gets a DeprecationWarning: old() is deprecated"
    one = replace(finding(Severity.WARNING, said, "pkg.a"), code="MW502", file="pkg/a.py", line=1)
    again = replace(one, line=5)
    elsewhere = replace(one, module="pkg.b", file="pkg/b.py")
    [first, second] = of(one, again, elsewhere)
    assert [place.finding.line for place in first.places] == [1, 5]
    assert second.finding.file == "pkg/b.py"


def test_what_a_function_does_at_import_is_one_cause_whichever_modules_call_it() -> None:
    callers = [
        replace(
            finding(Severity.WARNING, f"prints {name}", f"pkg.{name}"),
            code="MW501",
            file=f"src/pkg/{name}.py",
            traceback=((f"src/pkg/{name}.py", 3), ("src/pkg/base.py", line)),
        )
        for name, line in (("a", 7), ("b", 7), ("c", 9))
    ]
    assert [len(problem.findings) for problem in of(*callers)] == [2, 1]


def test_what_a_back_end_takes_in_at_the_top_and_what_a_stub_says_in_vain_is_one_cause() -> None:
    top = [
        replace(finding(Severity.WARNING, name, ""), code="MW316", file=name, line=None)
        for name in ("LICENSE", "README.md")
    ]
    stubs = [
        replace(finding(Severity.ERROR, f"names {line}"), code="MW603", file=file, line=line)
        for file, line in (("a.pyi", 1), ("a.pyi", 2), ("b.pyi", 1))
    ]
    assert [len(problem.findings) for problem in of(*top, *stubs)] == [2, 1, 2]


def test_what_some_modules_can_do_without_is_told_with_the_error_that_it_is_in_others() -> None:
    def failing(severity: Severity, module: str) -> Finding:
        return replace(finding(severity, "fails", module), file="pkg/base.py", line=3)

    error, warning = failing(Severity.ERROR, "pkg.a"), failing(Severity.WARNING, "pkg.base")
    info = failing(Severity.INFO, "pkg.b")
    first, second = of(warning, info, error)
    assert first.findings == (error, warning)
    assert second.findings == (info,)
