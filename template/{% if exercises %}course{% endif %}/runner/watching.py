"""Notices that a file was saved, by its time and size: that works on every drive there is."""

import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path

from .exercises import COURSE

OFTEN = 0.3  # seconds between two looks
SHARE = 0.005  # of a processor's time, at most; a drive that answers slowly is asked less often
KINDS = (".py", ".pyi", ".toml", ".c", ".h", ".cpp", ".txt", ".md", ".cfg", ".ini", ".csv")
NOT_INSIDE = ("__pycache__", "node_modules", "build", "dist")
NOT_WRITTEN = ("runner", "solved", "start")  # by learners, of the course's own folders

_Files = dict[str, tuple[int, int]]


class Watch:
    """The files of a project that a learner may write."""

    def __init__(self, root: Path) -> None:
        """Take what is there now as known."""
        self.root = root
        self.pause = OFTEN
        self._without = {str(root / COURSE / name) for name in NOT_WRITTEN}
        self._known = self._look()

    def changes(self, *, at_once: bool = False) -> set[str]:
        """Return the paths that were saved, made or deleted since they were last asked for.

        Nobody looks more often than is good for the machine, unless it has to be `at_once`.
        """
        if not at_once and time.monotonic() < self._next:
            return set()
        before, self._known = self._known, self._look()
        return {path for path, _ in before.items() ^ self._known.items()}

    def _look(self) -> _Files:
        begun = time.thread_time(), time.monotonic()
        files = dict(self._files(str(self.root)))
        # A drive at the other end of a network costs no processor's time, but others' patience.
        busy = max(time.thread_time() - begun[0], (time.monotonic() - begun[1]) / 10)
        self.pause = min(max(OFTEN, busy / SHARE), 3.0)
        self._next = time.monotonic() + self.pause
        return files

    def _files(self, folder: str) -> Iterator[tuple[str, tuple[int, int]]]:
        try:
            entries = list(os.scandir(folder))
        except OSError:
            return
        for entry in entries:
            if entry.name.startswith(".") or entry.name in NOT_INSIDE:
                continue
            try:
                if entry.is_dir(follow_symlinks=False):
                    if entry.path not in self._without:
                        yield from self._files(entry.path)
                elif entry.name.endswith(KINDS):
                    # Not entry.stat(): what Windows keeps in the folder lags behind the file.
                    about = os.stat(entry.path)  # noqa: PTH116 (asked of each file, all the time)
                    if stat.S_ISREG(about.st_mode):
                        yield entry.path, (about.st_mtime_ns, about.st_size)
            except OSError:  # deleted meanwhile
                continue
