"""The folder that a check works in, and those that checks which were killed have left."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from modwright.checking.isolation import end_all_that_live_in
from modwright.checking.report import Progress
from modwright.locks import hold

PREFIX = "modwright-check-"
LOCK = "lock"  # held by the check as long as it lives


@contextmanager
def scratch_folder(progress: Progress) -> Iterator[Path]:
    """Make a folder for one check, and remove it at the end with all that it holds.

    What a check that was killed could not remove is removed first.

    Args:
        progress: Told of each folder that was left.
    """
    for folder in _left_behind():
        progress(f"removing {folder}, which a check that was killed has left", "")
        end_all_that_live_in(folder)
        shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary).resolve()
        draft = folder / "draft"
        with draft.open("wb") as lock:
            hold(lock)
            # Windows renames no file that is open, and some file systems have no locks: there,
            # what is left cannot be told from what is at work, and stays.
            if os.name != "nt" and not _is_free(draft):
                draft.rename(folder / LOCK)  # which is never there without being held
            yield folder


def _left_behind() -> Iterator[Path]:
    for file in Path(tempfile.gettempdir()).resolve().glob(f"{PREFIX}*/{LOCK}"):
        with suppress(OSError):  # another check has just removed it, or it is somebody else's
            if file.parent.lstat().st_uid != os.geteuid():
                continue
            if _is_free(file):
                yield file.parent


def _is_free(file: Path) -> bool:
    with file.open("ab") as lock:
        return hold(lock)
