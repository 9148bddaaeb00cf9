"""`modwright new`: a new project, and the proof that it imports cleanly."""

import shlex
import sys
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, Any

import click
from uv import find_uv_bin

from modwright.commands.question_options import QuestionCommand
from modwright.errors import UsageFailed
from modwright_check.model.wording import visible

if TYPE_CHECKING:
    from modwright.scaffold.create import Project
    from modwright.scaffold.presets import Preset

NO_UPDATES = (
    "It cannot be updated later: nothing tells which version of the template this modwright has,"
    " so the project records none. Install modwright from an index or a clone if it shall be."
)
CHANGED = (
    "It records the commit {}, and is not quite what that makes: the template was changed since."
)


@click.command("new", cls=QuestionCommand)
@click.argument("dest", default=".")
@click.option("--preset", metavar="NAME|FILE|URL", help="Use the answers saved in a preset.")
@click.option("--data", multiple=True, metavar="KEY=VALUE", help="Answer a question by its name.")
@click.option(
    "--defaults", is_flag=True, help="Do not ask; use the default of every unanswered question."
)
@click.option("--dry-run", is_flag=True, help="List the files that would be written; write none.")
@click.option("--check/--no-check", default=True, help="Check that the project imports cleanly.")
@click.option(
    "--git/--no-git",
    default=None,
    help="Make the first commit. [default: if git is installed]",
)
@click.option("--force", is_flag=True, help="Overwrite existing files.")
def command(
    dest: str,
    preset: str | None,
    data: tuple[str, ...],
    *,
    defaults: bool,
    dry_run: bool,
    check: bool,
    git: bool | None,
    force: bool,
    **options: Any,
) -> int:
    """Start a project in the folder DEST (default: this one).

    Options override --data, which overrides the preset. Anything still unanswered is asked, or
    without a terminal takes its default.

    Exit codes: 0 clean, 1 the check found errors, 2 wrong usage, 3 the template or the answers
    failed, 4 no environment could be built for the check.
    """
    from modwright.commands.check import check_and_report  # noqa: PLC0415
    from modwright.scaffold.answers import (  # noqa: PLC0415
        answers_of,
        combine,
        demand_kept,
        parse_data,
    )
    from modwright.scaffold.create import create_project, list_project  # noqa: PLC0415
    from modwright.scaffold.fork import template_of  # noqa: PLC0415
    from modwright.scaffold.merge import take_back_if_killed  # noqa: PLC0415
    from modwright.scaffold.questions import read_questions  # noqa: PLC0415
    from modwright.scaffold.repository import demand_git  # noqa: PLC0415

    destination = _absolute(dest)
    standard = _preset(preset, destination)
    ask = not defaults and sys.stdin.isatty() and sys.stdout.isatty()
    with template_of(standard.template) as source:
        questions = read_questions(source.root)
        given = combine(questions, parse_data(data), _given(options))
        answers = {**answers_of(standard, questions), **given, **standard.recorded}
        demand_kept(questions, standard, given)
        take_back_if_killed(
            destination, lambda told: ask and click.confirm(f"{told} Put them back?")
        )
        if dry_run:
            would_be = list_project(source, destination, answers, ask=ask, force=force)
            click.echo("\n".join(file.as_posix() for file in would_be.files))
            return 0
        if git:
            demand_git()
        project = create_project(source, destination, answers, ask=ask, force=force)
    try:
        try:
            click.echo(f"Created {project.name} in {dest}: {len(project.files)} files.")
            if source.version is None:
                click.echo(NO_UPDATES)
            elif source.version.changed:
                click.echo(CHANGED.format(source.version.name))
        finally:  # nor does it matter whether anybody can be told
            committed = git is False or _commit(destination, project)
        exit_code = check_and_report(destination) if check else 0
    finally:  # the project is there, whatever the check comes to
        click.echo("\nNext:")
        for line in _next(dest, project):
            click.echo(f"    {line}")
    if git and not committed:
        return UsageFailed.exit_code
    return exit_code


def _preset(named: str | None, destination: Path) -> "Preset":
    """Return the preset of a new project, and tell of what nobody has named on the command line."""
    from modwright.scaffold.presets import Preset, load_preset  # noqa: PLC0415
    from modwright.scaffold.settings import Chosen, chosen_preset  # noqa: PLC0415
    from modwright.scaffold.source import template_root  # noqa: PLC0415

    chosen = chosen_preset() if named is None else Chosen(named, Path(), "--preset")
    if chosen is None:
        return Preset()
    preset = load_preset(chosen.preset, template_root(), folder=chosen.folder, project=destination)
    if named is None:
        _note(f"The preset is {chosen.preset}, which {chosen.where} names.")
    if preset.template:
        _note(f"The template is {preset.template}, which the preset names.")
    return preset


def _note(sentence: str) -> None:
    click.echo(visible(sentence), err=True)


def _commit(destination: Path, project: "Project") -> bool:
    from modwright.scaffold.repository import NoCommit, commit_project  # noqa: PLC0415

    try:
        failed_later = commit_project(destination, project.name, project.files)
    except NoCommit as reason:
        click.echo(f"No commit was made: {visible(str(reason))}.")
        return False
    click.echo("First commit made" + (f", but {visible(failed_later)}." if failed_later else "."))
    return True


def _absolute(dest: str) -> Path:
    if not dest:  # a variable of the shell that is not set, most likely
        raise UsageFailed("DEST is empty. Name a folder, or . for this one.")
    try:
        return Path(dest).expanduser().resolve()
    except (RuntimeError, OSError) as error:  # ~nobody, or links in a circle
        raise UsageFailed(f"{dest} is not a folder: {error}") from None


def _given(options: dict[str, Any]) -> dict[str, Any]:
    """Return the answers given as options; one that may be repeated makes a list."""
    given = {name: value for name, value in options.items() if value not in (None, ())}
    return {k: list(value) if isinstance(value, tuple) else value for k, value in given.items()}


def _next(dest: str, project: "Project") -> list[str]:
    """Return what to type now. Whoever has no uv on the PATH has the one that came with us."""
    uv = "uv" if which("uv") else shlex.quote(find_uv_bin())
    # The tests of a course pass when it is done.
    is_course = Path("learn.py") in project.files
    first = ["learn.py"] if is_course else ["pytest", f"{project.name} --help"]
    return [f"cd {shlex.quote(dest)}", *(f"{uv} run {what}" for what in first)]
