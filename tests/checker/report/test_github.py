"""A report for GitHub Actions: workflow commands, read back as the runner reads them."""

import re
from dataclasses import replace

from hypothesis import given, settings

from modwright_check.model.report import ModuleResult, Report, Severity
from modwright_check.report.as_github import report_as_github
from tests.checker.report.samples import ANY_REPORTS, finding, report

COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")


def read(written: str) -> list[tuple[str, dict[str, str], str]]:
    """Return level, properties and message of each command."""
    commands = []
    # What ends a line for the runner.
    for line in re.split(r"\r\n|\r|\n", written) if written else []:
        found = COMMAND.fullmatch(line)
        assert found, line
        level, about, message = found.groups()
        properties = dict(entry.split("=", 1) for entry in about.split(","))
        commands.append((level, {k: plain(v) for k, v in properties.items()}, plain(message)))
    return commands


def plain(text: str) -> str:
    for code, char in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(code, char)
    return text


@settings(deadline=None, max_examples=100)
@given(ANY_REPORTS)
def test_every_line_is_a_command_that_says_what_was_found(report: Report) -> None:
    commands = read(report_as_github(report))
    for told in report.findings:
        if told.severity is Severity.INFO:
            continue
        place = {"file": told.file} if told.file else {}
        if told.file and told.line:
            place["line"] = str(told.line)
        wanted = place | {"title": told.code}
        # Of the same, said twice, the one that weighs more is told.
        order = [each.value for each in Severity]
        levels = order[: order.index(told.severity.value) + 1]
        assert any(
            level in levels and properties == wanted and told.message in message
            for level, properties, message in commands
        )


def test_a_command_names_file_line_and_code() -> None:
    written = report_as_github(report(ModuleResult("pkg.mod", (finding(Severity.ERROR),))))
    assert written.splitlines() == [
        "::error file=src/pkg/mod.py,line=3,title=MW101::pkg.mod: bad%0Amend it",
        "::notice title=modwright check::1 error in a wheel of 1 module",
    ]


def test_a_place_and_a_message_cannot_end_their_command() -> None:
    nasty = replace(finding(Severity.WARNING, "100%\r\n::error::x"), file="a,b:c%.py")
    first = report_as_github(report(ModuleResult("pkg.mod", (nasty,)))).splitlines()[0]
    start = "::warning file=a%2Cb%3Ac%25.py,line=3,title=MW101::"
    assert first == f"{start}pkg.mod: 100%25%0D%0A::error::x%0Amend it"


def test_what_matters_most_comes_first_for_ten_are_shown() -> None:
    findings = (finding(Severity.WARNING, "small"), finding(Severity.ERROR, "great"))
    levels = [level for level, _, _ in read(report_as_github(report(ModuleResult("m", findings))))]
    assert levels == ["error", "warning", "notice"]


def test_notes_are_left_out_and_gaps_are_told() -> None:
    noted = replace(
        report(ModuleResult("pkg", (finding(Severity.INFO),))), not_checked=("no Windows here",)
    )
    assert report_as_github(noted) == "::notice title=Not checked::no Windows here"
