"""What lies in a kit, as `kit.json` tells it."""

import hashlib
import json
import platform
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .trouble import Trouble

FOLDER = "kit-files"
MANIFEST = "kit.json"
# Filters of companies block the ending of a wheel. It is a zip, so nobody is told a lie.
ENDING = ".zip"
GLIBC = (2, 28)  # the oldest of Linux that the wheels of a kit are taken for
MACOS = (13, 0)  # for which uv resolves
UNPACK_AGAIN = "Unpack the whole zip once more, into a new folder, and start there."


@dataclass(frozen=True)
class Needs:
    """What one Python on one platform is given.

    Args:
        wheels: The names of the wheels.
        size: Of what they unpack to, in bytes.
        longest: The length of the longest path in them.
    """

    wheels: tuple[str, ...]
    size: int
    longest: int


@dataclass(frozen=True)
class Kit:
    """A kit that has been unpacked.

    Args:
        root: The folder that it was unpacked to.
        told: What `kit.json` says.
    """

    root: Path
    told: dict[str, Any]

    @property
    def id(self) -> str:
        """What it has that another kit does not, in hexadecimal."""
        return str(self.told["id"])

    @property
    def manifest(self) -> Path:
        """The file that tells what there is; starts lock it."""
        return self.root / FOLDER / MANIFEST

    @property
    def project(self) -> Path:
        """The folder of the project.

        Raises:
            Trouble: It is not there.
        """
        project = self.root / str(self.told["project"])
        if not (project / "pyproject.toml").is_file():
            raise Trouble(f"The folder {project} is not there, or is not whole. {UNPACK_AGAIN}")
        return project

    def needs(self) -> Needs:
        """Return what this Python is given.

        Raises:
            Trouble: The kit was not made for it.
        """
        pythons = self.told["targets"].get(this_platform(), {})
        version = f"3.{sys.version_info.minor}"
        if not pythons:
            made_for, here = ", ".join(self.told["targets"]), platform.platform(terse=True)
            raise Trouble(f"This kit is for {made_for}, and this computer is {here}.")
        if version not in pythons:
            raise Trouble(f"This kit is for Python {', '.join(pythons)}, and this is {version}.")
        _demand_new_enough()
        needs = pythons[version]
        return Needs(tuple(needs["wheels"]), needs["size"], needs["longest"])

    def wheel(self, name: str) -> Path:
        """Return the file of a wheel, which has another ending in a kit."""
        return self.root / FOLDER / "wheels" / (name.removesuffix(".whl") + ENDING)

    def demand_whole(self, wheels: tuple[str, ...]) -> None:
        """Check that wheels are there to the last byte.

        Raises:
            Trouble: One is not.
        """
        for name in wheels:
            file = self.wheel(name)
            try:
                with file.open("rb") as content:
                    found = hashlib.file_digest(content, "sha256").hexdigest()
            except FileNotFoundError:
                raise Trouble(f"The file {file.name} is missing. {UNPACK_AGAIN}") from None
            if found != self.told["wheels"][name]:
                raise Trouble(f"The file {file.name} is damaged. {UNPACK_AGAIN}")


def read_kit(root: Path) -> Kit:
    """Read what a kit says of itself.

    Raises:
        Trouble: It is not whole.
    """
    try:
        told = json.loads((root / FOLDER / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        raise Trouble(f"This kit is not whole. {UNPACK_AGAIN}") from None
    return Kit(root, told)


def _demand_new_enough() -> None:
    """Check that the system is one that the wheels are made for.

    Raises:
        Trouble: It is older.
    """
    system, oldest, found = {
        "linux": ("Linux with glibc", GLIBC, platform.libc_ver()[1]),
        "darwin": ("macOS", MACOS, platform.mac_ver()[0]),
    }.get(sys.platform, ("", (0, 0), "0"))
    numbers = tuple(int(part) for part in found.split(".")[:2] if part.isdecimal())
    if numbers and numbers < oldest:
        wanted = ".".join(map(str, oldest))
        raise Trouble(f"This kit is for {system} {wanted} or newer, and this is {found}.")


def this_platform() -> str:
    """Return the platform that this Python is built for, as kits name it."""
    machine = platform.machine().lower()
    if sys.platform == "win32":  # where one for another processor may run
        return {"win-amd64": "windows-x86_64", "win-arm64": "windows-arm64"}.get(
            sysconfig.get_platform(), "other"
        )
    if sys.platform == "darwin":
        return {"arm64": "macos-arm64", "x86_64": "macos-x86_64"}.get(machine, "other")
    if sys.platform == "linux" and platform.libc_ver()[0] == "glibc" and sys.maxsize > 2**32:
        return {"x86_64": "linux-x86_64", "aarch64": "linux-aarch64"}.get(machine, "other")
    return "other"
