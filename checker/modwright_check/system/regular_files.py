"""Files in folders that others write to as well: read only if they are what they should be."""

import os
import stat
from pathlib import Path


def read_regular(file: Path, most: int) -> bytes:
    """Return what a file holds, or the end of it.

    A link is not followed, and a pipe or a device is not waited for: whoever else may write to the
    folder could have put one there.

    Args:
        file: To read.
        most: How many bytes at most.

    Raises:
        OSError: It is not there, or is not a regular file.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    descriptor = os.open(file, flags | getattr(os, "O_BINARY", 0))
    try:
        about = os.fstat(descriptor)
        if not stat.S_ISREG(about.st_mode):
            raise OSError(f"{file} is not a regular file")
        with open(descriptor, "rb", closefd=False) as content:
            content.seek(max(0, about.st_size - most))
            return content.read(most)
    finally:  # `open` leaves that of a folder open
        os.close(descriptor)
