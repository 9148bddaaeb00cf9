"""A report for GitHub Actions: a workflow command for each problem, shown beside its line.

The form is `::error file=a.py,line=3,title=MW101::message`; what escapes what is as in
actions/toolkit, packages/core/src/command.ts.
"""

from modwright_check.model.report import Report, Severity
from modwright_check.report.problems import Problem, problems
from modwright_check.report.verdict import about_baseline, about_part, verdict


def report_as_github(report: Report) -> str:
    """Return errors and warnings, and what was not checked, as workflow commands.

    GitHub shows ten annotations of a kind a step: the most important problems come first, one
    after the other at all its places, and what is only information is left out.
    """
    told = [
        _annotation(place)
        for problem in problems(report)
        for place in problem.places
        if problem.finding.severity is not Severity.INFO
    ]
    sum_of_it = [f"::notice title=modwright check::{_data(verdict(report))}"] if told else []
    notices = [f"::notice title=modwright check::{_data(said)}" for said in about_part(report)]
    notices += [f"::notice title=Baseline::{_data(said)}" for said in about_baseline(report)]
    notices += [f"::notice title=Not checked::{_data(reason)}" for reason in report.not_checked]
    return "\n".join([*told, *sum_of_it, *notices])


def _annotation(problem: Problem) -> str:
    finding = problem.finding
    place = {"file": finding.file, "line": finding.line if finding.file else None}
    properties = {key: value for key, value in place.items() if value} | {"title": finding.code}
    about = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{finding.severity.value} {about}::{_data(problem.text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
