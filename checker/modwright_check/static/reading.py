"""Reads files of code that may be anybody's, up to a size that nobody writes by hand."""

import errno
import os
from pathlib import Path

LARGEST = 8 << 20  # bytes of a file: what is larger is data, and its syntax tree fills the memory


def read_code(file: Path) -> bytes:
    """Return what a source or a stub holds.

    Args:
        file: To read.

    Raises:
        OSError: It cannot be read, or is larger than `LARGEST`.
    """
    if file.stat().st_size > LARGEST:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(file))
    return file.read_bytes()
