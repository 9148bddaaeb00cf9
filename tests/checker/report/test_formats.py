"""One table of formats, and one way to write each of them."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from modwright_check.model.part import Part
from modwright_check.model.report import ModuleResult, Report, Severity
from modwright_check.report.formats import FORMATS, render, write
from tests.checker.report.samples import ANY_REPORTS, OK, finding, report

FOR_PROGRAMS = [name for name in FORMATS if name != "text"]


@pytest.mark.parametrize("name", FORMATS)
def test_a_report_is_written_to_stdout_and_nothing_to_stderr(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(report(OK, ModuleResult("pkg.mod", (finding(Severity.ERROR),))), name)
    captured = capsys.readouterr()
    assert "MW101" in captured.out
    assert captured.out.endswith("\n")
    assert captured.err == ""


def test_a_clean_project_gives_github_not_even_an_empty_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write(report(OK), "github")
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("name", FORMATS)
def test_every_form_says_which_part_was_looked_at(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(replace(report(OK), part=Part(frozenset({"pkg"}), 7, "shard 2/3", False)), name)
    written = capsys.readouterr().out
    assert "shard 2/3" in written
    assert "1 of 7 modules" in written or '"of": 7' in written


@pytest.mark.parametrize("name", FOR_PROGRAMS)
@settings(deadline=None, max_examples=25)
@given(ANY_REPORTS)
def test_equal_reports_give_equal_bytes(name: str, report: Report) -> None:
    reordered = dict(sorted(report.imports.items(), reverse=True))
    assert render(report, name) == render(replace(report, imports=reordered), name)


@pytest.mark.parametrize("name", [name for name in FOR_PROGRAMS if name != "github"])
@settings(deadline=None, max_examples=25)
@given(ANY_REPORTS)
def test_a_document_is_ascii_that_every_pipe_can_carry(name: str, report: Report) -> None:
    assert render(report, name).isascii()
