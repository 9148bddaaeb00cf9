"""A difference, shown to a person or handed to a program."""

import sys
from io import StringIO

import click

from modwright_check.model.wording import visible

COLOURS = {"+": "green", "-": "red", "@": "cyan"}


def print_patch(text: str) -> None:
    """Print a difference: coloured and without steering a terminal, to the byte elsewhere."""
    if not sys.stdout.isatty():
        click.echo(text.encode("utf-8", "surrogateescape"), nl=False)
        return
    for line in StringIO(text, newline="\n"):
        shown = visible(line.removesuffix("\n").expandtabs())
        click.echo(click.style(shown, fg=COLOURS.get(line[:1]), bold=line.startswith("diff ")))
