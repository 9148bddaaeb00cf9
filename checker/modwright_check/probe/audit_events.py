"""Describes the side effects that audit events report (PEP 578)."""

from __future__ import annotations

import os
import sys

from .own_names import working_directory

TYPE_CHECKING = False  # the module typing is not loaded here
if TYPE_CHECKING:
    from types import FrameType
    from typing import Any

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
STARTS_A_THREAD = ("_thread.start_new_thread", "_thread.start_joinable_thread")
_HEARD = {
    event: (kind, verb)
    for kind, verb, events in (
        ("file", "creates the folder", "os.mkdir"),
        ("file", "deletes", "os.remove os.rmdir shutil.rmtree"),
        ("file", "moves", "os.rename shutil.move"),
        ("file", "copies", "shutil.copyfile shutil.copytree"),
        ("file", "changes", "os.chmod os.chown os.truncate os.utime"),
        ("file", "links", "os.link os.symlink"),
        ("file", "opens the database", "sqlite3.connect"),
        ("network", "connects to", "socket.connect"),
        ("network", "binds a socket to", "socket.bind"),
        ("network", "looks up", "socket.getaddrinfo socket.gethostbyname socket.gethostbyaddr"),
        ("network", "sends data to", "socket.sendto socket.sendmsg"),
        ("network", "opens", "urllib.Request"),
        (
            "program",
            "starts the program",
            "subprocess.Popen os.system os.posix_spawn os.exec os.spawn",
        ),
        ("program", "forks", "os.fork os.forkpty"),
        ("program", "opens a browser at", "webbrowser.open"),
        ("kill", "sends a signal to", "os.kill os.killpg"),
        ("thread", "runs", " ".join(STARTS_A_THREAD)),
        ("environment", "sets the environment variable", "os.putenv"),
        ("environment", "removes the environment variable", "os.unsetenv"),
        ("folder", "changes the working directory to", "os.chdir os.fchdir"),
        ("input", "waits for input()", "builtins.input"),
        ("input", "starts the debugger", "builtins.breakpoint"),
        ("interpreter", "the hook of", "sys.settrace sys.setprofile sys.addaudithook"),
    )
    for event in events.split()
}
_RESOLVING = {"socket.getaddrinfo", "socket.gethostbyname"}
# What a program that is asked for is started by, in the standard library.
_STARTING = {"asyncio", "multiprocessing", "os", "pty", "subprocess"}
_TRYING = {"_get_default_tempdir", "_has_writeable_tempdir"}  # of tempfile and multiprocessing


def heard(event: str, arguments: tuple[Any, ...]) -> tuple[str, str] | None:
    """Return the kind of effect that an event tells of, and what it does; None for any other.

    Args:
        event: Its name.
        arguments: What comes with it.
    """
    if event == "open":
        if not arguments[2] & _WRITING:
            return None
        if _is_a_folder(arguments[0]):
            return None  # so tempfile begins; the file has a name of its own, or none
        kind, verb = "file", "writes the file"
    elif event in _HEARD:
        kind, verb = _HEARD[event]
    else:
        return None
    if kind == "file" and not _is_a_file(arguments[0]):
        return None
    if event == "os.mkdir" and _is_around_here(arguments[0]):
        return None  # so os.makedirs makes sure of a folder
    if event == "urllib.Request" and _is_at_hand(arguments[0]):
        return None
    if event in _RESOLVING and _is_known_offline(arguments[0]):
        return None
    return kind, f"{verb} {_subject(event, arguments)}".rstrip()


def asks_the_network(event: str, arguments: tuple[Any, ...]) -> bool:
    """Return whether an event tells that another machine is asked for something.

    Args:
        event: Its name.
        arguments: What comes with it.
    """
    if not event.startswith(("socket.", "urllib.")) or event == "socket.bind":
        return False
    found = heard(event, arguments)
    return found is not None and found[0] == "network"


def thread_of(function: object) -> int:
    """Return by what a thread is known again: the object whose method it runs, or the function.

    Args:
        function: That the thread runs.
    """
    return id(getattr(function, "__self__", function))


def looks_for_a_folder(frame: FrameType | None) -> bool:
    """Return whether the standard library is just trying where files can be written."""
    while frame is not None:
        if frame.f_code.co_name in _TRYING:
            return True
        frame = frame.f_back
    return False


def who_opens(frame: FrameType | None) -> str | None:
    """Return the file of the code that opens another one, the standard library left aside."""
    while frame is not None and _module_of(frame).partition(".")[0] in sys.stdlib_module_names:
        frame = frame.f_back
    return frame.f_code.co_filename if frame is not None else None


def asked_of(frame: FrameType | None) -> str | None:
    """Return the function of the standard library that starts a program to answer a question.

    None when whoever starts it means that program: the standard library starts what it is told to,
    and for a few questions (`ctypes.util.find_library`, `platform.processor`) what it knows.
    """
    while frame is not None and _module_of(frame).partition(".")[0] in _STARTING:
        frame = frame.f_back
    asked = None
    while frame is not None and _module_of(frame).partition(".")[0] in sys.stdlib_module_names:
        code = frame.f_code
        # Of a method, its class belongs to the name, where Python keeps it (from 3.11 on).
        asked = f"{_module_of(frame)}.{getattr(code, 'co_qualname', code.co_name)}"
        frame = frame.f_back
    return asked


def _module_of(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__"))


def _is_a_file(path: object) -> bool:
    """Return whether a path is one that a module's user would care about."""
    if isinstance(path, bytes):
        path = os.fsdecode(path)
    if not isinstance(path, str | os.PathLike):
        return False  # a descriptor that is open already
    text = os.fspath(path)
    bytecode = isinstance(text, str) and "__pycache__" in text
    return not bytecode and text not in {":memory:", ""} and not str(text).startswith("/dev/")


def _is_around_here(folder: str | bytes | os.PathLike[str]) -> bool:
    """Return whether a folder is the one that this runs in, or lies around it: it is there."""
    here = working_directory()
    if here is None:
        return False
    place = os.path.normpath(os.path.join(here, os.fsdecode(folder)))
    return f"{here}{os.sep}".startswith(f"{place.rstrip(os.sep)}{os.sep}")


def _is_at_hand(url: object) -> bool:
    """Return whether a URL is of a file of this machine, or holds its data itself."""
    return str(url).lower().startswith(("file:", "data:"))


def _is_known_offline(host: object) -> bool:
    """Return whether a host has an address without being looked up: this machine, or a number."""
    text = os.fsdecode(host) if isinstance(host, str | bytes) else ""
    is_number = ":" in text or text.replace(".", "").isdigit()
    return is_number or text.lower() in {"", "localhost"}


def _is_a_folder(path: object) -> bool:
    return isinstance(path, (str, bytes, os.PathLike)) and os.path.isdir(path)


def _subject(event: str, arguments: tuple[Any, ...]) -> str:
    """Return what an event is about; no values of variables, no arguments: they may be secret."""
    if event in {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"}:
        return _address(arguments[1])
    if event in STARTS_A_THREAD:
        return name_of(arguments[0])
    if event in {"sys.settrace", "sys.setprofile", "sys.addaudithook"}:
        return event
    if event == "builtins.input":
        return ""
    if event == "os.system":
        return os.fsdecode(arguments[0]).split(maxsplit=1)[0]
    if event == "os.spawn":
        return str(arguments[1])
    if not arguments or arguments[0] is None:
        return ""
    first = arguments[0]
    if event in {"os.remove", "os.rmdir"} and arguments[1] >= 0:
        return os.path.join(_folder(arguments[1]), os.fsdecode(first))
    return os.fsdecode(first) if isinstance(first, str | bytes | os.PathLike) else str(first)


def _folder(descriptor: int) -> str:
    """Return the folder that a descriptor is open on, where the system tells it."""
    try:
        return os.readlink(f"/proc/self/fd/{descriptor}")
    except OSError:
        return ""


def _address(address: Any) -> str:
    """Return the address of a socket as `host port 80`, or as it is where it has another form."""
    if isinstance(address, tuple):
        return " port ".join(map(str, address[:2]))
    return str(address)


def name_of(function: Any) -> str:
    """Return what a function is called that a thread runs."""
    owner = getattr(function, "__self__", None)
    target = getattr(owner, "_target", None)  # of threading.Thread._bootstrap
    return str(getattr(target or function, "__qualname__", "a thread"))
