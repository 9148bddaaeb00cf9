"""The command line: names the commands, loads each only when it is called."""

import io
import sys
import warnings
from importlib import import_module

import click

from modwright.errors import ModwrightError

# A command's module is imported when it is called; its summary has to be known before.
COMMANDS = {
    "new": "Start a project and prove that it imports cleanly.",
    "check": "Prove that every module of a project imports cleanly.",
    "presets": "List the presets: sets of answers for `new`.",
}


class LazyGroup(click.Group):
    """A group that lists its commands without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the commands' names in the order of their use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the module of one command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"modwright.commands.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands out of `COMMANDS`."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="modwright", message="%(prog)s %(version)s")
def modwright() -> None:
    """Start Python projects that are modular from the first commit, and prove that they import."""


def main() -> int:
    """Run the command line; return the exit code of the contract.

    0 clean, 1 the check found errors, 2 wrong usage, 3 the template or the answers failed,
    4 the environment could not be built, 130 interrupted.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # whose encoding may lack what a module says
            stream.reconfigure(errors="backslashreplace")
    # Python's own way would quote the line of a library that nobody here has written.
    warnings.showwarning = lambda message, *_, **__: _say("warning:", "yellow", str(message))
    try:
        return modwright.main(prog_name="modwright", standalone_mode=False) or 0
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return error.exit_code
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "modwright"
        return _fail(f"{error.format_message()} (See {command} --help.)", error.exit_code)
    except click.ClickException as error:
        return _fail(error.format_message(), error.exit_code)
    except ModwrightError as error:
        return _fail(str(error), error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        return _fail("interrupted", 130)


def _fail(message: str, exit_code: int) -> int:
    _say("error:", "red", message)
    return exit_code


def _say(start: str, colour: str, message: str) -> None:
    one_line = " ".join(message.split())
    click.echo(f"modwright: {click.style(start, fg=colour, bold=True)} {one_line}", err=True)
