"""A virtual environment, as plain data."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Environment:
    """A virtual environment.

    Args:
        python: Its interpreter.
        site_packages: The folder that wheels are installed into.
        version: The interpreter's version, such as `3.13.0`.
    """

    python: Path
    site_packages: Path
    version: str
