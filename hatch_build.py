"""What a distribution holds besides files: which commit they are of, and the commits before it.

A project that is made with the distribution records the first; `modwright update` takes the version
that an older project was made with from the second, without a network.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).parent / "checker"))
sys.path.insert(0, str(Path(__file__).parent / "generator"))

from modwright.git import git
from modwright.scaffold.version import checked_out, write_version

FILES = ("version.json", "commits.bundle")


class HistoryHook(BuildHookInterface):  # type: ignore[type-arg,misc,unused-ignore]
    """Adds the folder `history` to a wheel and to a source distribution."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Take it from the repository, or from the source distribution that a wheel is made of."""
        if version == "editable":  # which is asked what it is when it runs
            return
        root = Path(self.root)
        self._made = TemporaryDirectory()
        history = root / "history"
        if (root / ".git").exists():
            history = Path(self._made.name)
            _write(root, history)
        inside = "modwright/bundled/history" if self.target_name == "wheel" else "history"
        for name in FILES:
            if (history / name).exists():
                build_data["force_include"][str(history / name)] = f"{inside}/{name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Remove what was made for this build."""
        if version != "editable":
            self._made.cleanup()


def _write(repository: Path, history: Path) -> None:
    version = checked_out(repository)
    if version is None:
        return
    write_version(version, history / "version.json")
    if git(repository, "rev-parse", "--is-shallow-repository").strip() == "false":
        # HEAD by name, without which nothing can be cloned from a bundle.
        git(repository, "bundle", "create", "--quiet", history / "commits.bundle", "HEAD", "--tags")
