"""`modwright diff`: what a project has made of what the template made."""

from pathlib import Path

import click


@click.command("diff")
@click.argument("project", default=".", type=click.Path(path_type=Path))
@click.option("--stat", is_flag=True, help="One line for each file.")
@click.option(
    "--standard",
    is_flag=True,
    help="Show only differences that the team's standard does not allow.",
)
@click.option("--exit-code", is_flag=True, help="Exit with code 1 if there are differences.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Format of the report.",
)
def command(project: Path, *, stat: bool, standard: bool, exit_code: bool, form: str) -> int:
    """Compare PROJECT (default: this folder) with what the template makes of its answers.

    The recorded version is rendered anew and compared with the files as they lie there. Files of
    your own are not looked at, nor those that are written once. Lines that never arrived are told:
    no update will bring them. A file may differ on purpose: [tool.modwright.differs] in
    pyproject.toml names it, with the reason.

    `modwright diff | git apply --reverse` makes everything else as the template has it.

    Exit codes: 0, 1 something differs without a reason given (--exit-code), 2 wrong usage, 3 the
    template or the answers failed.
    """
    from modwright.scaffold.source import find_source  # noqa: PLC0415
    from modwright.upkeep import telling_drift as telling  # noqa: PLC0415
    from modwright.upkeep.arrivals import with_arrivals  # noqa: PLC0415
    from modwright.upkeep.change import recorded  # noqa: PLC0415
    from modwright.upkeep.drift import find_drift  # noqa: PLC0415
    from modwright.upkeep.patch import print_patch  # noqa: PLC0415
    from modwright.upkeep.rendering import Workbench  # noqa: PLC0415
    from modwright.upkeep.trees import checkout as checkout_of  # noqa: PLC0415

    checkout = checkout_of(project)
    record, _ = recorded(checkout)
    with Workbench(find_source()) as workbench:
        history = workbench.history(record.url, [record.commit])
        template = workbench.template(history, history.get(record.commit))
        drift = with_arrivals(checkout, find_drift(checkout, workbench, template, record))
    if standard:
        drift = drift.from_standard
    if form == "json":
        click.echo(telling.as_json(drift, record.commit))
    elif stat:
        click.echo(telling.as_table(drift, record.commit))
    else:
        print_patch(telling.as_patch(drift, checkout))
    return 1 if exit_code and drift else 0
