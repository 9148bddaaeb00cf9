"""The check: what is known of a project, what the rules say of it, the report."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from modwright_check.collect.collector import gather
from modwright_check.config.configuration import Overrides, read_configuration
from modwright_check.config.filters import TextOf, selected
from modwright_check.index.evidence import Evidence
from modwright_check.index.import_graph import import_graph, import_times
from modwright_check.model.import_result import Outcome
from modwright_check.model.options import Request
from modwright_check.model.report import Finding, ModuleResult, Progress, Report
from modwright_check.rules.cycles import cycle
from modwright_check.rules.triage import judge
from modwright_check.run.scratch import scratch_folder
from modwright_check.wheel.project import read_project


def check(request: Request, overrides: Overrides, progress: Progress) -> Report:
    """Import every module of a project as its users will: from the wheel, each on its own.

    Args:
        request: What to check, and with which interpreters and versions.
        overrides: What the command line changes in the project's configuration.
        progress: Told in a few words what is being done, and how far it has come.

    Raises:
        UsageFailed: There is no project, or its configuration is wrong.
        EnvironmentFailed: The wheel or an environment cannot be built.
    """
    begin = perf_counter()
    project = read_project(request.project)
    configuration = overrides.applied_to(read_configuration(project.pyproject))
    with _uncollected(), scratch_folder(progress) as folder:
        evidence = gather(request, project, configuration, folder, progress)
        progress("judging", "")
        findings = selected(judge(evidence), configuration, _texts(evidence))
        return _report(evidence, findings, begin)


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


def _texts(evidence: Evidence) -> TextOf:
    """Return what gives the text of a file that may hold comments for us: sources and stubs."""
    texts = {source.file: source.text for source in evidence.read.values()}

    def text_of(file: str) -> str | None:
        if file in texts or evidence.project is None or not file.endswith(".pyi"):
            return texts.get(file)
        try:
            return (evidence.project / file).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None

    return text_of


def _report(evidence: Evidence, findings: tuple[Finding, ...], begin: float) -> Report:
    names = {module.name for module in evidence.modules}
    by_module: dict[str, list[Finding]] = {name: [] for name in sorted(names)}
    general = [found for found in findings if found.module not in names]
    for found in findings:
        if found.module in names:
            by_module[found.module].append(found)
    chains = [cycle(outcome, evidence) for outcome in evidence.outcomes.values()]
    # The same cycle is met from each of its modules.
    cycles = {frozenset(chain): chain for chain in reversed(chains) if chain}
    return Report(
        project=evidence.about.name,
        version=str(evidence.about.version),
        python=evidence.environment.version,
        modules=tuple(
            _module_result(name, tuple(own), evidence.outcomes.get(name))
            for name, own in by_module.items()
        ),
        seconds=perf_counter() - begin,
        general=tuple(general),
        imports=import_graph(evidence.read),
        cycles=tuple(reversed(cycles.values())),
        import_times=import_times(evidence.outcomes),
        not_checked=evidence.not_checked,
        standard_modules=evidence.standard.names,
    )


def _module_result(
    name: str, findings: tuple[Finding, ...], outcome: Outcome | None
) -> ModuleResult:
    if outcome is None:
        return ModuleResult(name, findings)
    return ModuleResult(name, findings, outcome.import_ms, outcome.self_ms, outcome.modules_loaded)
