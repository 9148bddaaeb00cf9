"""Files that are either the old ones or the new ones, whatever happens in between."""

import os
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path


def replace(file: Path, text: bytes) -> None:
    """Give a file another content, and make the folders that it lies in.

    Raises:
        OSError: It cannot be written; what was there before is still there.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    try:
        with os.fdopen(descriptor, "wb") as unfinished:
            unfinished.write(text)
        if file.exists():
            shutil.copymode(file, name)
        else:
            Path(name).chmod(0o666 & ~_umask())
        _rename(Path(name), file)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _rename(old: Path, new: Path) -> None:
    """Give a file its name, even if somebody looks at the one before it for a moment (Windows)."""
    for _ in range(10):
        with suppress(PermissionError):
            old.replace(new)
            return
        time.sleep(0.02)
    old.replace(new)


def content(file: Path) -> bytes | None:
    """Return what stands in a file, and None if it cannot be read."""
    try:
        return file.read_bytes()
    except OSError:
        return None


def delete(file: Path, root: Path) -> None:
    """Delete a file, and the folders below a root that hold nothing without it.

    Raises:
        OSError: It cannot be deleted.
    """
    file.unlink(missing_ok=True)
    for folder in file.parents:
        if folder == root or root not in folder.parents or not _is_empty(folder):
            return
        with suppress(OSError):
            shutil.rmtree(folder)


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and all(path.name == "__pycache__" for path in folder.iterdir())


def _umask() -> int:
    umask = os.umask(0o022)
    os.umask(umask)
    return umask
