"""Collects the evidence: builds the environments and imports every module in each of them."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from modwright_check.collect.attribution import without_borrowed
from modwright_check.collect.destroyers import destroyers_named
from modwright_check.collect.import_all import import_all
from modwright_check.collect.import_order import may_have_helpers, with_siblings
from modwright_check.collect.installation import Installation, install
from modwright_check.collect.interpreter import interpreter_for
from modwright_check.collect.matrix import Variant, demand_possible, not_imported, variants
from modwright_check.collect.part import explaining, explaining_failures, part_of
from modwright_check.collect.stress import import_strained
from modwright_check.config.configuration import Configuration
from modwright_check.config.ignore_comments import ignored_on_lines
from modwright_check.index.evidence import Evidence
from modwright_check.index.unread_sources import unread
from modwright_check.model.import_result import Outcome
from modwright_check.model.options import Isolation, Options
from modwright_check.model.python_versions import read_utf8
from modwright_check.model.report import Progress
from modwright_check.run.changed_files import changed_files
from modwright_check.run.newer_trees import newer_trees
from modwright_check.run.sandbox import ProcessGroup
from modwright_check.static.preload_plan import at_import
from modwright_check.static.source import read_sources
from modwright_check.wheel.project import Project
from modwright_check.wheel.restore import InstalledFiles

_DAMAGE = "Imports under other conditions: a module changes or deletes the installed files."


def gather(
    options: Options,
    project: Project,
    configuration: Configuration,
    folder: Path,
    progress: Progress,
) -> Evidence:
    """Install the project in every environment that is asked for, and import every module there.

    All environments are built before anything is imported: what cannot be had ends the check
    before the work.

    Args:
        options: With which interpreters and versions.
        project: What is checked.
        configuration: The project's, as the command line wants it.
        folder: Where to build.
        progress: Told what is being done.

    Raises:
        UsageFailed: The project has no such extra, does not admit such a Python, or has a comment
            that ignores no code; or git does not know what has changed.
        EnvironmentFailed: The wheel or an environment cannot be built.
    """
    demand_possible(options, project, configuration)
    since = options.changed_since
    changed = frozenset() if since is None else changed_files(project.folder, since)
    put = partial(install, project, configuration=configuration, progress=progress)
    first = put(Variant(project.requires_python), folder / "0")
    more = variants(options, configuration, first.about, first.environment.version)
    others = {
        variant: put(variant, folder / str(number), first=first)
        for number, variant in enumerate(more, start=1)
    }
    evidence = _evidence(project, configuration, first, folder)
    for source in evidence.read.values():  # a comment that is wrong is refused now, not at the end
        ignored_on_lines(source.text, source.file)
    evidence = replace(evidence, part=part_of(options, changed, evidence))
    with destroyers_named(evidence, folder, partial(put, Variant(project.requires_python))):
        evidence = _imported(options, evidence, folder, progress)
    missing = (*unread(evidence), *not_imported(options, first.about))
    return replace(
        evidence,
        elsewhere=_failing_only_there(options, evidence, others, folder, progress),
        environments=tuple(variant.difference for variant in others),
        not_checked=(*evidence.not_checked, *missing),
    )


def _evidence(
    project: Project, configuration: Configuration, first: Installation, folder: Path
) -> Evidence:
    """Return what is known of a project before anything of it is imported."""
    newer = partial(newer_trees, first.environment, configuration.time_limit, ProcessGroup(folder))
    return Evidence(
        project=project.folder,
        pyproject=project.pyproject,
        configuration=configuration,
        wheel=first.wheel,
        about=first.about,
        environment=first.environment,
        modules=first.sources.modules,
        sources=first.sources,
        read=read_sources(first.sources, newer),
        outcomes={},
    )


def with_all(options: Options, evidence: Evidence, folder: Path, progress: Progress) -> Evidence:
    """Return the evidence with what was seen of all modules, those outside of the part among them.

    Args:
        options: How modules are imported.
        evidence: With what was seen of the part.
        folder: Where to write.
        progress: Told what is being done.
    """
    rest = evidence.names - evidence.outcomes.keys()
    return _with_imports(rest, options, evidence, folder, progress) if rest else evidence


def _with_imports(
    names: Collection[str], options: Options, evidence: Evidence, folder: Path, progress: Progress
) -> Evidence:
    """Return the evidence with what was seen of the imports of modules."""
    if not names:
        return evidence
    step = f"importing {len(names)} modules"
    progress(step, "")
    site_packages = evidence.environment.site_packages
    outcomes = import_all(
        interpreter_for(evidence, folder),
        InstalledFiles(evidence.wheel, site_packages),
        names,
        at_import(evidence.read.values(), evidence.names),
        options.isolation,
        lambda done: progress(step, f"({done} imported again)"),
        beside={
            str(site_packages / module.path): module.name
            for module in evidence.modules
            if module.name not in names and module.name not in evidence.outcomes
        },
    )
    known = without_borrowed({**outcomes, **evidence.outcomes})
    return replace(evidence, outcomes=dict(sorted(known.items())))


def _imported(options: Options, evidence: Evidence, folder: Path, progress: Progress) -> Evidence:
    """Return the evidence with what was seen of the imports, without strain and under it."""
    interpreter = interpreter_for(evidence, folder)
    installed = InstalledFiles(evidence.wheel, evidence.environment.site_packages)
    wanted = evidence.looked_at | explaining(evidence)
    while wanted:
        evidence = _with_imports(wanted, options, evidence, folder, progress)
        wanted = explaining_failures(evidence)
    rest = evidence.names - evidence.outcomes.keys()
    if rest and may_have_helpers(interpreter, _of_part(evidence), rest):
        evidence = with_all(options, evidence, folder, progress)
        rest = frozenset()
    if not rest:
        evidence = replace(evidence, outcomes=with_siblings(interpreter, evidence.outcomes))
    installed.restore()
    if not evidence.configuration.strains or not evidence.looked_at:
        return evidence
    progress("importing under other conditions", "")
    strained = import_strained(
        interpreter,
        [name for name, outcome in _of_part(evidence).items() if outcome.loaded],
        at_import(evidence.read.values(), evidence.names),
        zip_file=str(evidence.wheel) if evidence.configuration.zip_safe else None,
        fork=options.isolation is Isolation.TREE and interpreter.fork,
        event_loop=any(outcome.loads_asyncio for outcome in evidence.outcomes.values()),
        reads_utf8=read_utf8(evidence.about.requires_python),
        beside=evidence.names - evidence.looked_at,
    )
    if installed.restore():  # what fails then need not be the strain's fault
        return replace(evidence, not_checked=(_DAMAGE,))
    return replace(evidence, strained=strained)


def _of_part(evidence: Evidence) -> dict[str, Outcome]:
    return {name: evidence.outcomes[name] for name in sorted(evidence.looked_at)}


def _failing_only_there(
    options: Options,
    here: Evidence,
    others: Mapping[Variant, Installation],
    folder: Path,
    progress: Progress,
) -> dict[tuple[str, str, str], Outcome]:
    """Return what was seen of modules that fail in another environment, as `Evidence` has it."""
    failed = {}
    for variant, installation in others.items():
        progress(f"importing {variant.difference}", "")
        outcomes = _imports_in(options, here, installation, folder)
        for name, outcome in outcomes.items():
            if _is_new(outcome, here.outcomes[name], variant):
                failed[variant.code, name, variant.difference] = outcome
    return failed


def _imports_in(
    options: Options, here: Evidence, installation: Installation, folder: Path
) -> dict[str, Outcome]:
    """Import in another environment the modules that the first one has as well."""
    there = replace(
        here,
        environment=installation.environment,
        modules=installation.sources.modules,
        sources=installation.sources,
    )
    names = [module.name for module in there.modules if module.name in here.looked_at]
    outcomes = import_all(
        interpreter_for(there, folder),
        InstalledFiles(installation.wheel, there.environment.site_packages),
        names,
        at_import(here.read.values(), names),
        options.isolation,
        lambda _done: None,
    )
    return {name: _moved(outcome, there, here) for name, outcome in outcomes.items()}


def _moved(outcome: Outcome, there: Evidence, here: Evidence) -> Outcome:
    """Return an outcome as if it were of the first environment, whose files the rules know."""
    old, new = str(there.environment.site_packages), str(here.environment.site_packages)
    frames = tuple((file.replace(old, new), line) for file, line in outcome.frames)
    return replace(outcome, frames=frames, message=outcome.message.replace(old, new))


def _is_new(there: Outcome, here: Outcome, variant: Variant) -> bool:
    """Return whether a failure differs from the first environment's, which an extra may fix."""
    if there.loaded or here.loaded:
        return not there.loaded
    return variant.extra is not None and (there.error, there.message) != (here.error, here.message)
