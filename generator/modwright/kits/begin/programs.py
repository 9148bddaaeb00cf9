"""Programs that a kit starts: nothing of the user's settings reaches them, and each has a limit."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

# Settings of Python, of installers and of proxies: no network is used, and none is asked for.
_NOT_INHERITED = ("PYTHON", "UV_", "PIP_", "VIRTUAL_ENV", "CONDA_", "PYTEST_")
_PROXY = "_PROXY"


class Failed(Exception):
    """A program has failed; the message is the last line that it has written."""


def run(command: Sequence[str | Path], folder: Path, seconds: float) -> str:
    """Run a program to its end; return what it has written to stdout.

    Args:
        command: The program and its arguments.
        folder: Where it runs.
        seconds: That it may take.

    Raises:
        Failed: It could not be started, has ended with another exit code than 0, or takes longer.
    """
    try:
        finished = subprocess.run(  # noqa: S603 (the kit's own)
            [str(part) for part in command],
            cwd=folder,
            env=environment_variables(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=seconds,
        )
    except subprocess.TimeoutExpired:
        raise Failed(f"it takes longer than {seconds:.0f} seconds") from None
    except OSError as error:
        raise Failed(error.strerror or str(error)) from None
    texts = [said.decode("utf-8", "replace") for said in (finished.stdout, finished.stderr)]
    if finished.returncode:
        lines = [line.strip() for text in texts for line in text.splitlines() if line.strip()]
        raise Failed(lines[-1] if lines else f"exit code {finished.returncode}")
    return texts[0]


def environment_variables() -> dict[str, str]:
    """Return the variables of this process without those that would change what is run."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(_NOT_INHERITED) and not name.upper().endswith(_PROXY)
    } | {"PYTHONUTF8": "1"}
