"""The check: collect evidence, run the rules, return the report."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import perf_counter

from modwright_check.collect.answers import answered
from modwright_check.collect.collector import gather, with_all
from modwright_check.config.baseline import baseline_of, is_looked_for, write_baseline
from modwright_check.config.configuration import Overrides, read_configuration
from modwright_check.config.filters import selected
from modwright_check.index.evidence import Evidence
from modwright_check.index.texts import texts_of
from modwright_check.model.options import Options
from modwright_check.model.report import Finding, Progress, Report
from modwright_check.report.composition import composed
from modwright_check.rules.part import depends_on_all, told
from modwright_check.rules.questions import questions
from modwright_check.rules.triage import judge
from modwright_check.run.scratch import scratch_folder
from modwright_check.wheel.project import read_project


def check(options: Options, overrides: Overrides, progress: Progress) -> Report:
    """Import every module of a project as its users will: from the wheel, each on its own.

    Args:
        options: What to check, and with which interpreters and versions.
        overrides: What the command line changes in the project's configuration.
        progress: Told in a few words what is being done, and how far it has come.

    Raises:
        UsageFailed: There is no project, its configuration or its baseline is wrong, or git
            does not know what has changed.
        EnvironmentFailed: The wheel or an environment cannot be built.
    """
    begin = perf_counter()
    project = read_project(options.project)
    configuration = overrides.applied_to(read_configuration(project.pyproject))
    known = baseline_of(project.folder, configuration, overrides)
    with _uncollected(), scratch_folder(progress) as folder:
        seen = gather(options, project, configuration, folder, progress)
        evidence, found = _judged(seen, folder, progress)
        if depends_on_all(found, evidence):
            evidence, found = _judged(with_all(options, seen, folder, progress), folder, progress)
        findings = selected(told(found, evidence), configuration, texts_of(evidence))
        if known is None:
            return composed(evidence, findings, perf_counter() - begin)
        looked_for = partial(
            is_looked_for, configuration, evidence.environments, tells_of=evidence.tells_of
        )
        new, baseline = known.compare(findings, looked_for)
        if overrides.write_baseline:
            new, baseline = write_baseline(known, baseline, new)
        report = composed(evidence, new, perf_counter() - begin)
        return replace(report, baseline=baseline)


def _judged(evidence: Evidence, folder: Path, progress: Progress) -> tuple[Evidence, list[Finding]]:
    """Return the evidence with the answers to the rules' questions, and what the rules find."""
    evidence = answered(questions(evidence), evidence, folder, progress)
    progress("running the rules", "")
    return evidence, judge(evidence)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Spare the garbage collector millions of objects that are in use to the end of the check.

    `gc.freeze` would do as well, but for good, and for all that the process holds besides.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
