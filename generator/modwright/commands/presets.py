"""`modwright presets`: which sets of answers there are."""

import click

from modwright.scaffold.presets import list_presets
from modwright.scaffold.source import template_root


@click.command("presets")
def command() -> None:
    """List the presets that come with modwright, with one line each.

    `modwright new --preset NAME` uses one. A file of your own, a URL, or a file in a git repository
    (git+https://HOST/REPOSITORY.git@VERSION#FILE) is a preset too.
    """
    presets = list_presets(template_root())
    width = max(map(len, presets))
    for name, description in presets.items():
        click.echo(f"{click.style(name.ljust(width), bold=True)}  {description}")
