"""The command line: names the commands, loads each only when it is called."""

import io
import os
import sys
import warnings
from contextlib import suppress
from importlib import import_module

import click

from modwright.errors import EnvironmentFailed, Failed, in_words
from modwright_check.model.wording import visible
from modwright_check.system.signals import end_on_signals, exit_code_of_signal, raise_on_signals

# A command's module is imported when it is called; its summary has to be known before.
COMMANDS = {
    "new": "Start a project and prove that it imports cleanly.",
    "check": "Prove that every module of a project imports cleanly.",
    "update": "Merge a newer version of the template into a project.",
    "add": "Add a component to a project, as if it had been made with it.",
    "remove": "Remove a component from a project, and only what came with it.",
    "diff": "Compare a project with what the template makes of its answers.",
    "status": "Report the state of projects: version, drift, conflicts to expect.",
    "adopt": "Let the template keep an existing package current.",
    "kit": "Make a zip that starts a project in a classroom without a network.",
    "presets": "List the presets: sets of answers for `new`.",
}

BROKEN_PIPE = 141  # 128 and the number of the signal, as shells report it


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
    4 the environment could not be built, 5 an update left conflicts, 130 interrupted. As for any
    program, 141 says that the reader of the output is gone, 129 that the terminal is, and 143 that
    the process was told to end.
    """
    _prepare()
    stdout = sys.stdout
    try:
        exit_code: int = modwright.main(prog_name="modwright", standalone_mode=False) or 0
        sys.stdout.flush()
    except SystemExit:
        if sys.stdout is not stdout:  # click has put another in its place: the reader is gone
            return BROKEN_PIPE
        raise
    except (click.ClickException, click.Abort, Failed, KeyboardInterrupt, OSError) as error:
        exit_code = _tell(error)
        # When a terminal is gone, so is what the clean-up would write to.
        return exit_code_of_signal() or exit_code
    finally:
        end_on_signals()
    return exit_code


def _prepare() -> None:
    """Settle what is one for all commands: streams, encodings, warnings, signals."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # it was closed; its descriptor must not become a file's
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # whose encoding may lack what a module says
            stream.reconfigure(errors="backslashreplace")
    # Python's own way would quote the line of a library that nobody here has written.
    warnings.showwarning = lambda message, *_, **__: _say("warning:", "yellow", str(message))
    raise_on_signals()


def _tell(error: BaseException) -> int:
    """Write a failure as one line on stderr; return its exit code."""
    match error:
        case click.exceptions.NoArgsIsHelpError():
            error.show()
            return error.exit_code
        case click.UsageError():
            command = error.ctx.command_path if error.ctx else "modwright"
            return _fail(f"{error.format_message()} (See {command} --help.)", error.exit_code)
        case click.ClickException():
            return _fail(error.format_message(), error.exit_code)
        case Failed():
            return _fail(str(error), error.exit_code)
        case BrokenPipeError():
            _discard_output()
            return BROKEN_PIPE
        case OSError():  # the disk is full, a folder of temporary files is missing
            _discard_output()
            return _fail(in_words(error), EnvironmentFailed.exit_code)
        case _:
            return _fail("interrupted", 130)


def _discard_output() -> None:
    """Keep Python from failing again when it flushes stdout at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _fail(message: str, exit_code: int) -> int:
    _say("error:", "red", message)
    return exit_code


def _say(start: str, colour: str, message: str) -> None:
    """Write one line; what it quotes cannot steer the terminal. A closed stderr stays silent."""
    one_line = visible(" ".join(message.split()))
    with suppress(OSError):
        click.echo(f"modwright: {click.style(start, fg=colour, bold=True)} {one_line}", err=True)
