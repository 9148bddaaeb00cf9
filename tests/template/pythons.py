"""The versions of Python that a project can demand, and which of them this machine has."""

import subprocess

from uv import find_uv_bin

from tests.template.answers import questions

PYTHONS: list[str] = questions()["requires_python"]["choices"]


def is_here(version: str) -> bool:
    found = subprocess.run(
        [find_uv_bin(), "python", "find", "--no-python-downloads", version],
        check=False,
        capture_output=True,
    )
    return found.returncode == 0


def newest_here() -> str:
    return next(filter(is_here, reversed(PYTHONS)))
