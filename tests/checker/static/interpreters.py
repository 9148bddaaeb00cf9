"""What the standard libraries of the interpreters that are found here offer."""

import json
import re
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from uv import find_uv_bin

from modwright_check.model.python_versions import MINORS

SURVEY = Path(__file__).with_name("survey.py")
# What is in one build of a version and not in the next: it hangs on libraries and kernels.
BUILD = re.compile(
    r"(os|socket|select|ssl|signal|errno|mmap|curses|readline|dbm|time|locale|fcntl|resource|zlib"
    r"|posix|termios)\b"
)


@cache
def interpreters() -> dict[int, str]:
    """Return an interpreter of each Python 3 that uv finds here, by its second number."""
    command = [find_uv_bin(), "python", "list", "--only-installed", "--output-format=json"]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = {sys.version_info.minor: sys.executable}
    for each in json.loads(listed):
        if each["implementation"] == "cpython" and each["version_parts"]["major"] == 3:
            found.setdefault(each["version_parts"]["minor"], each["path"])
    return {minor: path for minor, path in sorted(found.items()) if minor in MINORS}


def surveyed(python: str, keys: Iterable[str]) -> tuple[set[str], set[str]]:
    """Return what a Python's standard library offers, and what this build cannot tell.

    Args:
        python: The interpreter.
        keys: As in the table; these are asked for, listed or not.
    """
    command = [python, "-I", "-B", str(SURVEY)]
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, input="\n".join(keys)
    )
    found = json.loads(done.stdout)
    return set(found["there"]), set(found["unknown"])
