"""Runs a program that sees no network, no other process, and may write in some folders alone.

Runs as `python -I jail.py FOLDER… -- COMMAND…` inside of what `unshare` has made, on Linux, with
the standard library only. The program cannot undo what is set up: it has no rights left to do so.
"""

import ctypes
import os
import sys
from contextlib import suppress
from pathlib import Path

if sys.platform == "linux":
    import resource

MS_BIND, MS_NOSUID = 4096, 2
READ_ONLY = 1  # MOUNT_ATTR_RDONLY
RECURSIVE = 0x8000  # AT_RECURSIVE
HERE = -100  # AT_FDCWD
MOUNT_SETATTR = 442  # the number of the system call, the same for all processors
NO_NEW_PRIVILEGES, DROP_CAPABILITY = 38, 24  # of prctl
CAPABILITIES = 64
PROCESSES = 500  # that may live at once
SHARED_MEMORY = "/dev/shm"  # noqa: S108 (it is mounted, not trusted)


class _Attributes(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint64) for name in ("set", "clear", "propagation", "user")]


def main() -> None:
    """Shut the doors, and become the command."""
    split = sys.argv.index("--")
    folders, command = sys.argv[1:split], sys.argv[split + 1 :]
    system = ctypes.CDLL(None, use_errno=True)
    for folder in folders:
        _demand(system.mount(folder.encode(), folder.encode(), None, MS_BIND, None))
    _limit_processes()
    size = b"size=64m"
    _demand(system.mount(b"tmpfs", SHARED_MEMORY.encode(), b"tmpfs", MS_NOSUID, size))
    _set(system, "/", _Attributes(set=READ_ONLY), RECURSIVE)
    for folder in (*folders, SHARED_MEMORY):
        _set(system, folder, _Attributes(clear=READ_ONLY), 0)
    for capability in range(CAPABILITIES):
        system.prctl(DROP_CAPABILITY, capability, 0, 0, 0)
    _demand(system.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0))
    os.chdir(os.getcwd())  # noqa: PTH109 (into the folder as it is mounted now)
    os.execv(command[0], command)  # noqa: S606


def _limit_processes() -> None:
    """Limit how many processes may live at once, by both of the ways that Linux has.

    The limit of a user does not hold for root, that of a namespace came with Linux 6.14.
    """
    resource.setrlimit(resource.RLIMIT_NPROC, (PROCESSES, PROCESSES))
    with suppress(OSError):
        Path("/proc/sys/kernel/pid_max").write_text(str(PROCESSES), encoding="ascii")


def _set(system: ctypes.CDLL, folder: str, attributes: _Attributes, flags: int) -> None:
    size = ctypes.sizeof(attributes)
    path = folder.encode()
    _demand(system.syscall(MOUNT_SETATTR, HERE, path, flags, ctypes.byref(attributes), size))


def _demand(result: int) -> None:
    if result:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


if __name__ == "__main__":
    main()
