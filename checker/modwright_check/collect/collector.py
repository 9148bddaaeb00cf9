"""All that is known of a project: the environment built, every module imported in it."""

from dataclasses import replace
from pathlib import Path

from modwright_check.collect.import_all import import_all
from modwright_check.collect.import_order import with_siblings
from modwright_check.collect.interpreter import interpreter_for
from modwright_check.collect.matrix import import_elsewhere
from modwright_check.collect.stress import import_strained
from modwright_check.config.configuration import Configuration
from modwright_check.index.evidence import Evidence
from modwright_check.model.environment import Environment
from modwright_check.model.options import Isolation, Request
from modwright_check.model.report import Progress
from modwright_check.run.environment import (
    build_wheel,
    create_environment,
    install_wheel,
)
from modwright_check.static.preload_plan import at_import
from modwright_check.static.source import read_sources
from modwright_check.wheel.modules import wheel_modules
from modwright_check.wheel.project import Project, read_metadata
from modwright_check.wheel.restore import Installed
from modwright_check.wheel.source_map import Sources

_DAMAGE = "Modules under strain: some module changes or deletes the installed files."


def gather(
    request: Request,
    project: Project,
    configuration: Configuration,
    folder: Path,
    progress: Progress,
) -> Evidence:
    """Build the wheel, install it in a clean environment, import every module.

    Args:
        request: With which interpreters and versions.
        project: What is checked.
        configuration: The project's, as the command line wants it.
        folder: Where to build.
        progress: Told what is being done.

    Raises:
        UsageFailed: The project has no such extra.
        EnvironmentFailed: The wheel or an environment cannot be built.
    """
    environment, wheel = _install(project, folder, progress)
    sources = Sources(project.folder, environment.site_packages, tuple(wheel_modules(wheel)))
    evidence = Evidence(
        project=project.folder,
        pyproject=project.pyproject,
        configuration=configuration,
        wheel=wheel,
        about=read_metadata(wheel),
        environment=environment,
        modules=sources.modules,
        sources=sources,
        read=read_sources(sources),
        outcomes={},
    )
    return import_elsewhere(
        request, _imported(request, evidence, folder, progress), folder, progress
    )


def _install(project: Project, folder: Path, progress: Progress) -> tuple[Environment, Path]:
    progress("creating a clean environment", "")
    environment = create_environment(folder / "environment", project.requires_python)
    wheel = project.wheel
    if project.folder:
        progress("building the wheel", "")
        wheel = build_wheel(project.folder, environment, folder / "wheel")
    assert wheel  # noqa: S101 (there is a folder or a wheel)
    progress("installing the wheel", "")
    install_wheel(environment, wheel, project.folder or wheel.parent)
    return environment, wheel


def _imported(request: Request, evidence: Evidence, folder: Path, progress: Progress) -> Evidence:
    """Return the evidence with what was seen of the imports, without strain and under it."""
    interpreter = interpreter_for(evidence, folder)
    installed = Installed(evidence.wheel, evidence.environment.site_packages)
    names = [module.name for module in evidence.modules]
    step = f"importing {len(names)} modules"
    progress(step, "")
    asked = at_import(evidence.read.values(), names)
    outcomes = import_all(
        interpreter,
        installed,
        names,
        asked,
        request.isolation,
        lambda done: progress(step, f"({done} looked at again)"),
    )
    outcomes = with_siblings(interpreter, outcomes)
    installed.mend()
    progress("importing under strain", "")
    strained = import_strained(
        interpreter,
        [name for name, outcome in outcomes.items() if outcome.loaded],
        asked,
        zip_file=str(evidence.wheel) if evidence.configuration.zip_safe else None,
        fork=request.isolation is Isolation.TREE and interpreter.fork,
        event_loop=any(outcome.loads_asyncio for outcome in outcomes.values()),
    )
    if installed.mend():  # what fails then need not be the strain's fault
        return replace(evidence, outcomes=outcomes, not_checked=(_DAMAGE,))
    return replace(evidence, outcomes=outcomes, strained=strained)
