"""`modwright check`: the proof that a project imports cleanly."""

import atexit
import gc
from pathlib import Path

import click

from modwright_check.config.configuration import Overrides, read_overrides
from modwright_check.model.options import Isolation, Options, Resolution, read_shard
from modwright_check.report.formats import FORMATS


@click.command("check")
@click.argument("project", default=".", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="Format of the report.",
)
@click.option(
    "-v",
    "--verbose",
    is_flag=True,
    help="Show every finding, and the import times of the modules, not only one screen of text.",
)
@click.option("--strict", is_flag=True, help="Exit with code 1 if there are only warnings, too.")
@click.option(
    "--select",
    multiple=True,
    metavar="CODES",
    help="Report only these codes or prefixes (MW501, MW5), in place of those that the "
    "configuration selects. Comma-separated; may be repeated.",
)
@click.option(
    "--ignore",
    multiple=True,
    metavar="CODES",
    help="Do not report these codes or prefixes, nor those that the configuration ignores.",
)
@click.option(
    "--time-limit",
    type=float,
    metavar="SECONDS",
    help="Time limit of each import.  [default: that of the configuration, or 30]",
)
@click.option(
    "--baseline",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Report only findings that this file does not contain.  [default: that of the "
    "configuration]",
)
@click.option(
    "--write-baseline",
    is_flag=True,
    help="Write the findings to the baseline, and remove those that are gone from it.",
)
@click.option(
    "--no-strains",
    is_flag=True,
    help="Do not import the modules under other conditions (python -OO, a thread, an event loop, "
    "no stdout, an ASCII locale, no site, no account).",
)
@click.option(
    "--shard",
    metavar="I/N",
    help="Look at the I-th of N parts of the modules, as one job of a CI matrix does. The findings "
    "about the whole wheel are those of the first.",
)
@click.option(
    "--changed-since",
    metavar="REV",
    help="Look only at modules that have changed since this commit of git, and those that import "
    "them.",
)
@click.option("--extras", is_flag=True, help="Check again with each extra of the project.")
@click.option(
    "--resolution",
    type=click.Choice([resolution.value for resolution in Resolution]),
    default=Resolution.HIGHEST.value,
    show_default=True,
    help="Which versions of the dependencies to install.",
)
@click.option(
    "--python",
    "pythons",
    multiple=True,
    metavar="VERSION",
    help="Check with this Python; may be repeated. all: every installed Python that the project "
    "admits.  [default: the Python that runs modwright, if the project admits it]",
)
@click.option(
    "--isolation",
    type=click.Choice([isolation.value for isolation in Isolation]),
    default=Isolation.TREE.value,
    show_default=True,
    help="tree: fork from a process that has imported the parent packages (fast). fresh: start a "
    "new interpreter for each module, as systems without fork always do.",
)
def command(
    project: Path,
    form: str,
    *,
    verbose: bool,
    strict: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    time_limit: float | None,
    baseline: Path | None,
    write_baseline: bool,
    no_strains: bool,
    shard: str | None,
    changed_since: str | None,
    extras: bool,
    resolution: str,
    pythons: tuple[str, ...],
    isolation: str,
) -> int:
    """Prove that every module of PROJECT (default: this folder) imports cleanly.

    Builds the wheel, installs it with only its declared dependencies in a fresh environment, and
    imports every module on its own. PROJECT may be an existing wheel. Importing code runs it.

    A project configures its check in pyproject.toml under [tool.modwright.check].

    Exit codes: 0 clean, 1 errors found, 2 wrong usage, 4 no environment could be built.
    """
    overrides = read_overrides(
        select,
        ignore,
        time_limit,
        baseline,
        write_baseline=write_baseline,
        strains=not no_strains,
    )
    asked = Options(
        project=project.resolve(),
        pythons=pythons,
        resolution=Resolution(resolution),
        extras=extras,
        isolation=Isolation(isolation),
        shard=None if shard is None else read_shard(shard),
        changed_since=changed_since,
    )
    return _check_and_report(asked, overrides, form, verbose=verbose, strict=strict)


def check_and_report(project: Path) -> int:
    """Check a project as it configures it, print the report, return the exit code."""
    return _check_and_report(Options(project), Overrides(), "text")


def _check_and_report(
    options: Options,
    overrides: Overrides,
    form: str,
    *,
    verbose: bool = False,
    strict: bool = False,
) -> int:
    from modwright_check.api import check  # noqa: PLC0415
    from modwright_check.report.formats import write  # noqa: PLC0415
    from modwright_check.report.progress import progress  # noqa: PLC0415
    from modwright_check.system.orphans import orphans_ended  # noqa: PLC0415

    # A collection would walk through all that has been read, for seconds: neither the last of all
    # shall, nor those on the way out of a check that is interrupted.
    atexit.register(gc.freeze)
    gc.disable()
    try:
        with orphans_ended(), progress("Checking") as tell:
            report = check(options, overrides, tell)
    except Exception:
        gc.enable()
        raise
    gc.enable()
    write(report, form, verbose=verbose)
    return int(report.fails(strict=strict))
