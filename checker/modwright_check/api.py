"""The check: collect evidence, run the rules, return the report."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from time import perf_counter

from modwright_check.collect.answers import answered
from modwright_check.collect.collector import gather
from modwright_check.config.baseline import baseline_of, is_looked_for, write_baseline
from modwright_check.config.configuration import Overrides, read_configuration
from modwright_check.config.filters import selected
from modwright_check.index.texts import texts_of
from modwright_check.model.options import Options
from modwright_check.model.report import Progress, Report
from modwright_check.report.composition import composed
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
        UsageFailed: There is no project, or its configuration or its baseline is wrong.
        EnvironmentFailed: The wheel or an environment cannot be built.
    """
    begin = perf_counter()
    project = read_project(options.project)
    configuration = overrides.applied_to(read_configuration(project.pyproject))
    known = baseline_of(project.folder, configuration, overrides)
    with _uncollected(), scratch_folder(progress) as folder:
        seen = gather(options, project, configuration, folder, progress)
        evidence = answered(questions(seen), seen, folder, progress)
        progress("running the rules", "")
        findings = selected(judge(evidence), configuration, texts_of(evidence))
        if known is None:
            return composed(evidence, findings, perf_counter() - begin)
        looked_for = partial(is_looked_for, configuration, evidence.environments)
        new, baseline = known.compare(findings, looked_for)
        if overrides.write_baseline:
            new, baseline = write_baseline(known, baseline, new)
        report = composed(evidence, new, perf_counter() - begin)
        return replace(report, baseline=baseline)


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
