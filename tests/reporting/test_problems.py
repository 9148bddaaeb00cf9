"""What several modules suffer from is one problem."""

from hypothesis import given, settings

from modwright_check.model.report import Report
from modwright_check.report.problems import problems
from tests.reporting.samples import ANY_REPORTS


@settings(deadline=None, max_examples=100)
@given(ANY_REPORTS)
def test_no_finding_is_lost_and_none_is_told_twice(report: Report) -> None:
    told = problems(report)
    places = [(p.finding.code, p.finding.severity, p.finding.file, p.finding.line) for p in told]
    keys = [(*place, p.finding.message) for place, p in zip(places, told, strict=True)]
    assert len(set(keys)) == len(keys)
    for finding in report.findings:
        key = (finding.code, finding.severity, finding.file, finding.line, finding.message)
        problem = told[keys.index(key)]
        assert finding.module in {problem.finding.module, *problem.others}
        assert problem.finding.module not in problem.others
