"""A report for a person: what it says, says once, and leaves out."""

import re
from contextlib import redirect_stdout
from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import given, settings
from rich.cells import cell_len

from modwright_check.model.report import ModuleResult, Report, Severity
from modwright_check.report.as_text import print_report
from modwright_check.report.problems import problems
from tests.checker.report.samples import ANY_REPORTS, HONEST_REPORTS, OK, finding, report


def written(report: Report, *, verbose: bool = False) -> str:
    """Return what reaches a stdout that is piped."""
    with redirect_stdout(StringIO()) as stdout:
        print_report(report, verbose=verbose)
    return stdout.getvalue()


def rows(text: str) -> int:
    """Return how many rows of a terminal a text takes that is as wide as nobody has made it."""
    return sum(max(1, -(-cell_len(line) // 80)) for line in text.splitlines())


def shared(modules: int) -> list[ModuleResult]:
    """Return modules that fail for one and the same reason."""
    names = [f"pkg.m{number}" for number in range(modules)]
    error = finding(Severity.ERROR)
    return [ModuleResult(name, (replace(error, module=name),)) for name in names]


@settings(deadline=None, max_examples=50)
@given(HONEST_REPORTS)
def test_verbose_text_says_each_finding_word_for_word(report: Report) -> None:
    lines = written(report, verbose=True).splitlines()
    for problem in problems(report):
        told = problem.finding
        assert any(
            f"{told.severity}: {told.code} " in x and x.endswith(told.message) for x in lines
        )
        assert f"    {told.hint}" in lines
    assert {f"Not checked: {reason}" for reason in report.not_checked} <= set(lines)


@settings(deadline=None, max_examples=50)
@given(HONEST_REPORTS)
def test_text_shows_the_first_problems_and_counts_all_others(report: Report) -> None:
    lines = written(report).splitlines()
    headlines = re.compile(r"(?:.*: )?(error|warning): MW\d{3} ")
    shown = [line for line in lines if headlines.match(line)]
    told = [p for p in problems(report) if p.finding.severity is not Severity.INFO]
    for line, problem in zip(shown, told, strict=False):
        assert line.endswith(problem.finding.message)
    hidden = [f.severity for p in problems(report)[len(shown) :] for f in p.findings]
    [said] = [line for line in lines if line.endswith("-v shows all.")] or [""]
    for severity in Severity:
        number = re.search(rf"(\d+) (?:more )?{severity}s?\b", said)
        assert int(number[1] if number else 0) == hidden.count(severity)


def test_a_report_is_one_screen_however_much_there_is_to_say() -> None:
    many = [
        ModuleResult(f"pkg.m{n}", (finding(s, f"bad {'in many words ' * 7}{n}", f"pkg.m{n}"),))
        for n in range(300)
        for s in [Severity.ERROR if n % 2 else Severity.WARNING]
    ]
    whole = replace(report(*many), not_checked=tuple(f"Python 3.{n}" for n in range(20)))
    text = written(whole)
    assert 16 <= rows(text) <= 23
    assert "warning: " not in text
    assert len(text.split(": error: ")) > 4
    assert "17 more gaps" in text


def test_one_problem_is_shown_however_long_it_is() -> None:
    long = finding(Severity.ERROR, "word " * 1000 + "end")
    text = written(report(ModuleResult("pkg", (long, finding(Severity.ERROR, "zz")))))
    assert "word end\n" in text
    assert "… and 1 more error: modwright check -v shows all." in text


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
    assert lines == [
        "src/pkg/mod.py:3: error: MW101 pkg.mod: [bold]bad[/]",
        "    mend it",
        "1 error in a wheel of 2 modules: sample 1.0 on Python 3.13.0 (1.2 s)",
    ]


def test_what_has_no_place_begins_with_its_weight() -> None:
    placeless = replace(finding(Severity.WARNING, module=""), file=None, line=None)
    assert "warning: MW101 bad\n" in written(report(OK, general=(placeless,)))


def test_what_to_do_about_problems_in_a_row_is_told_once() -> None:
    alike = [finding(Severity.ERROR, f"bad {n}") for n in range(3)]
    other = replace(finding(Severity.ERROR, "bad 9"), hint="or else")
    lines = written(report(ModuleResult("pkg.mod", (*alike, other)))).splitlines()
    assert [line.strip() for line in lines if line.startswith("    ")] == ["mend it", "or else"]


def test_verbose_text_has_a_line_of_the_table_for_each_module() -> None:
    modules = [replace(OK, name=f"pkg.m{number}") for number in range(100)]
    lines = [line.split() for line in written(report(*modules), verbose=True).splitlines()]
    assert all([module.name, "ok", "2.0", "0.0"] in lines for module in modules)
    assert "pkg.m7" not in written(report(*modules))


def test_a_module_that_may_fail_is_not_ok_in_the_table() -> None:
    module = replace(OK, name="pkg.windows", imported=False)
    lines = [line.split() for line in written(report(module), verbose=True).splitlines()]
    assert ["pkg.windows", "fails", "2.0", "0.0"] in lines


def test_a_wheel_without_modules_is_not_called_clean() -> None:
    nothing = report(general=(finding(Severity.ERROR),))
    assert "1 error in a wheel without modules: " in written(nothing)
    assert "The wheel contains no modules: " in written(report())


def test_a_long_message_is_not_broken_into_lines() -> None:
    broken = ModuleResult("pkg.mod", (finding(Severity.ERROR, "word " * 100 + "end"),))
    text = written(report(broken))
    assert any(line.endswith("word end") and "MW101" in line for line in text.splitlines())


def test_what_several_modules_suffer_from_is_told_once() -> None:
    text = written(report(*shared(38)))
    assert text.count("MW101") == 1
    assert "    and 37 more modules: pkg.m1, pkg.m2, pkg.m3, …" in text.splitlines()
    assert ", pkg.m36, pkg.m37\n" in written(report(*shared(38)), verbose=True)


def test_what_is_one_cause_at_many_places_names_these() -> None:
    missing = replace(finding(Severity.ERROR, "imports requests"), code="MW201")
    all_of_it = tuple(replace(missing, line=line) for line in range(3, 9))
    text = written(report(ModuleResult("pkg.mod", all_of_it)))
    assert text.count("error: MW201") == 1
    places = "src/pkg/mod.py:4, src/pkg/mod.py:5, src/pkg/mod.py:6, …"
    assert f"    and 5 more places: {places}\n" in text


def test_modules_at_a_place_and_other_places_are_both_told() -> None:
    missing = replace(finding(Severity.ERROR, "imports requests"), code="MW201")
    user, other = replace(missing, module="pkg.user"), replace(missing, line=9)
    lines = written(report(ModuleResult("pkg.mod", (missing, user, other)))).splitlines()
    assert lines[1:3] == [
        "    and 1 more module: pkg.user",
        "    and 1 more place: src/pkg/mod.py:9",
    ]


def test_a_problem_is_told_of_the_module_that_is_nearest_to_it() -> None:
    far = replace(
        finding(Severity.ERROR, module="pkg.app"),
        traceback=(("src/pkg/app.py", 1), ("src/pkg/mod.py", 3)),
    )
    near = replace(finding(Severity.ERROR), traceback=(("src/pkg/mod.py", 3),))
    both = report(ModuleResult("pkg.app", (far,)), ModuleResult("pkg.mod", (near,)))
    assert "src/pkg/mod.py:3: error: MW101 pkg.mod: bad" in written(both)
    assert "and 1 more module: pkg.app" in written(both)


@pytest.mark.parametrize("file", ["src/pkg/mod.py", "src/pkg/mod/__init__.py", "pkg/mod.py"])
def test_a_problem_is_told_of_the_module_that_its_file_is(file: str) -> None:
    names = ["pkg.app", "pkg.mod", "pkg.xmod"]
    errors = [replace(finding(Severity.ERROR, module=name), file=file) for name in names]
    modules = [ModuleResult(name, (e,)) for name, e in zip(names, errors, strict=True)]
    assert f"{file}:3: error: MW101 pkg.mod: bad" in written(report(*modules))


def test_the_way_to_a_place_is_shown_when_it_has_more_than_one_step() -> None:
    way = (("src/pkg/__init__.py", 1), ("src/pkg/mod.py", 3))
    long_way = replace(finding(Severity.ERROR), traceback=way)
    lines = written(report(ModuleResult("pkg", (long_way,)))).splitlines()
    assert "    through src/pkg/__init__.py:1 → src/pkg/mod.py:3" in lines
    short = replace(finding(Severity.ERROR), traceback=way[1:])
    assert " through " not in written(report(ModuleResult("pkg", (short,))))


def test_a_recursion_does_not_fill_the_screen() -> None:
    way = tuple(("src/pkg/mod.py", line) for line in range(1, 1001))
    deep = replace(finding(Severity.ERROR), traceback=way)
    text = written(report(ModuleResult("pkg", (deep,))))
    assert "(994 more)" in text
    assert rows(text) < 10


def test_notes_are_counted_and_not_listed() -> None:
    notes = tuple(finding(Severity.INFO, f"note {number}") for number in range(3))
    noted = report(ModuleResult("pkg", notes))
    text = written(noted)
    assert "note 1" not in text
    assert "3 infos: modwright check -v shows all.\n" in text
    assert "info: MW101 pkg.mod: note 1" in written(
        report(ModuleResult("pkg", notes)), verbose=True
    )
    assert "imports cleanly:" in text


def test_a_finding_of_a_preview_code_is_shown_as_such() -> None:
    found = replace(finding(Severity.WARNING), is_preview=True)
    said = written(report(ModuleResult("pkg", (found,))))
    assert f"{found.code} (preview) pkg" in said
