"""Files that a process holds as long as it lives, whatever ends it."""

import sys
from typing import IO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


def hold(lock: IO[bytes]) -> bool:
    """Return whether this process now holds a file, as it does until it ends or closes it."""
    if sys.platform == "win32":
        try:
            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
    else:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # some network file systems have no locks
            return True
    return True
