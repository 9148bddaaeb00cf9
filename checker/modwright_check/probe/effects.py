"""What a module does at import beyond defining things: heard by an audit hook, seen by snapshots.

An effect is a tuple: kind, detail, file, line, own. File and line are the innermost of the module
that is being imported: a function of another one may do as it is told. Without them only the
difference of two snapshots is known. `own` is false for what another distribution does on its own
account, while it is itself being imported.
"""

from __future__ import annotations

import _signal
import _thread
import atexit
import builtins
import gc
import os
import sys
import warnings
from time import sleep

from . import own_names
from .loading import MACHINERY, Loading

TYPE_CHECKING = False  # the module typing is not loaded here
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import FrameType
    from typing import Any

    Effect = tuple[str, str, str | None, int | None, bool]

try:
    import _locale
except ImportError:  # a Python built without it
    _locale = None  # type: ignore[assignment]

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_HEARD = {
    event: (kind, verb)
    for kind, verb, events in (
        ("file", "makes the folder", "os.mkdir"),
        ("file", "deletes", "os.remove os.rmdir shutil.rmtree"),
        ("file", "moves", "os.rename shutil.move"),
        ("file", "copies", "shutil.copyfile shutil.copytree"),
        ("file", "changes", "os.chmod os.chown os.truncate os.utime"),
        ("file", "links", "os.link os.symlink"),
        ("file", "opens the database", "sqlite3.connect"),
        ("network", "connects to", "socket.connect"),
        ("network", "listens at", "socket.bind"),
        ("network", "looks up", "socket.getaddrinfo socket.gethostbyname socket.gethostbyaddr"),
        ("network", "sends to", "socket.sendto socket.sendmsg"),
        ("network", "opens", "urllib.Request"),
        ("program", "runs", "subprocess.Popen os.system os.posix_spawn os.exec os.spawn"),
        ("program", "forks", "os.fork os.forkpty"),
        ("program", "opens a browser at", "webbrowser.open"),
        ("kill", "sends a signal to", "os.kill os.killpg"),
        ("thread", "starts", "_thread.start_new_thread _thread.start_joinable_thread"),
        ("environment", "sets", "os.putenv"),
        ("environment", "removes", "os.unsetenv"),
        ("folder", "changes to", "os.chdir os.fchdir"),
        ("input", "asks", "builtins.input"),
        ("input", "starts the debugger", "builtins.breakpoint"),
        ("interpreter", "the hook of", "sys.settrace sys.setprofile sys.addaudithook"),
    )
    for event in events.split()
}
_SIGNALS = {
    f"SIG{name}": number
    for name in ("HUP", "INT", "QUIT", "ABRT", "USR1", "USR2", "PIPE", "ALRM", "TERM", "CHLD")
    if (number := getattr(_signal, f"SIG{name}", None))
}
_digits = getattr(sys, "get_int_max_str_digits", lambda: 0)
_LONGEST = 120  # characters of a detail
_MOST = 20  # effects of one kind on one line
_LINKS = 3  # to the folder of tasks: two as to every folder, and the main thread's
_PATIENCE = 100
_TRYING = {"_get_default_tempdir", "_has_writeable_tempdir"}  # of tempfile and multiprocessing


class Recorder:
    """Takes note of the effects of one process.

    Args:
        loading: The loads of this process.
        outputs: The files that stdout and stderr go to.
    """

    def __init__(self, loading: Loading, outputs: list[str]) -> None:
        self.loading = loading
        self.outputs = outputs
        self.effects: list[Effect] = []
        self.differences: set[Effect] = set()  # those of the effects that may be undone again
        self.first: dict[str, Any] = {}
        # Of each kind, the values on the way from the first to the last, each with what led there.
        # A value that comes back takes all after it away: `with warnings.catch_warnings():`.
        self.way: dict[str, list[tuple[Any, Effect | None]]] = {}
        self.times: dict[tuple[str, str | None, int | None], int] = {}
        self.listening = False
        self.looks = _looks(loading, outputs, vars(builtins).copy())
        self.seen: dict[str, Any] = {}
        # Where each kind of difference was last traced to; when tracing has had enough, it is
        # the best that is known of the rest.
        self.places: dict[str, tuple[str, int]] = {}

    def begin(self) -> None:
        """Install what hears; nothing is noted before `listen`."""
        sys.addaudithook(self._hear)
        setattr(warnings, "_showwarnmsg_impl", self._warned)  # noqa: B010 (no type knows of it)
        warnings.simplefilter("always")
        if sys.version_info < (3, 12):  # no event tells of a thread that starts
            _thread.start_new_thread = self._noting(_thread.start_new_thread)
        self.loading.on_entering = lambda _name: self.settle()
        self.loading.on_leaving = lambda name: self.settle(by=name)

    def move(self, outputs: list[str]) -> None:
        """Look from now on at other files that the outputs go to."""
        self.outputs[:] = outputs
        self.look_anew()

    def look_anew(self) -> None:
        """Take what is so now for no import's doing."""
        self.seen = self._look()

    def listen(self) -> None:
        """Begin with an import: what is so now is not its doing.

        What a parent has seen after its own import needs not be looked at again in its child.
        """
        self.effects = []
        self.times = {}
        self.places = {}
        self.seen = self.seen or self._look()
        if "output" in self.looks:
            self.seen["output"] = self.looks["output"]()
        self.first = self.seen.copy()
        self.way = {kind: [(value, None)] for kind, value in self.first.items()}
        self.differences.clear()
        self.listening = True

    def stop(self) -> list[Effect]:
        """End with an import; return its effects, without what it has undone itself."""
        self.settle()
        self.listening = False
        lasting = {effect for values in self.way.values() for _, effect in values}
        lasts = [
            effect
            for effect in self.effects
            if effect not in self.differences or (effect in lasting and not self._is_closed(effect))
        ]
        return [
            (effect[0], own_names.without_own_names(effect[1]), *effect[2:]) for effect in lasts
        ]

    def _is_closed(self, effect: Effect) -> bool:
        """Return whether none of what a line has opened is open any more."""
        if effect[0] != "descriptor":
            return False
        left = _difference("descriptor", self.first["descriptor"], self.seen["descriptor"])
        return not any(target in effect[1] for target in left.split(", "))

    def settle(self, place: tuple[str, int] | None = None, by: str | None = None) -> None:
        """Note what has changed since the last time.

        Args:
            place: File and line that did it, when they are known.
            by: Another distribution's module, when it is that one's doing.
        """
        if not self.listening:
            return
        now = self._look()
        if now == self.seen:
            return
        for kind, value in now.items():
            if value == self.seen[kind]:
                continue
            if place:
                self.places[kind] = place
            effect = None
            if detail := _difference(kind, self.seen[kind], value):
                file, line = place or self.places.get(kind) or (None, None)
                said = f"{by}: {detail}" if by else detail
                effect = self._note(kind, said, file, line, own=by is None)
                self.differences.add(effect)
            self._go_on(kind, value, effect)
        self.seen = now

    def _go_on(self, kind: str, value: Any, effect: Effect | None) -> None:
        """Take note of where an effect has led, or that it has led back."""
        way = self.way[kind]
        for number, (before, _) in enumerate(way):
            if before == value:
                del way[number + 1 :]
                return
        way.append((value, effect))

    def _look(self) -> dict[str, Any]:
        self.listening, listening = False, self.listening
        try:
            return {kind: look() for kind, look in self.looks.items()}
        finally:
            self.listening = listening

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.listening:
            return
        if event == "open":
            if not arguments[2] & _WRITING or not _is_a_file(arguments[0]):
                return
            kind, verb = "file", "writes"
        elif event in _HEARD:
            kind, verb = _HEARD[event]
        else:
            own_names.hear(event, arguments)
            return
        try:
            detail = f"{verb} {_subject(event, arguments)}".rstrip()
            if kind != "file" or _is_a_file(arguments[0]):
                self._note_here(kind, detail)
        except Exception:  # noqa: BLE001, S110 (what is heard must never disturb what is done)
            pass

    def _warned(self, message: Any) -> None:
        category = getattr(message.category, "__name__", "Warning")
        detail = f"{category}: {message.message}"
        if not self.listening or _is_about_our_watch(detail):
            return
        file, line, own = self._place(sys._getframe(1))
        # What is said of a source that is being compiled comes of no line of it; what a function
        # says of itself is its caller's matter.
        if message.filename in self.loading.own and (not own or message.filename == file):
            file, line, own = message.filename, message.lineno, True
        self._note("warning", detail, file, line, own=own)

    def _noting(self, start: Callable[..., int]) -> Callable[..., int]:
        def start_new_thread(function: Any, *arguments: Any) -> int:
            if self.listening:
                self._note_here("thread", f"starts {_name_of(function)}")
            return start(function, *arguments)

        return start_new_thread

    def _note_here(self, kind: str, detail: str) -> None:
        frame = sys._getframe(2)
        if kind != "file" or not _looks_for_a_folder(frame):
            file, line, own = self._place(frame)
            self._note(kind, detail, file, line, own=own)

    def _place(self, frame: FrameType | None) -> tuple[str | None, int | None, bool]:
        """Return the line that does it, and whether no import lies between it and here."""
        own, files = True, self.loading.own
        while frame is not None:
            code = frame.f_code
            if code.co_filename in files:
                return (*line_at_fault(frame, files), own)
            if code.co_filename == MACHINERY and code.co_name == "_find_and_load":
                own = False
            frame = frame.f_back
        return None, None, False

    def _note(
        self, kind: str, detail: str, file: str | None, line: int | None, *, own: bool
    ) -> Effect:
        times = self.times.get((kind, file, line), 0)
        effect = (kind, detail[:_LONGEST], file, line, own)
        if times < _MOST and effect not in self.effects:
            self.times[kind, file, line] = times + 1
            self.effects.append(effect)
        return effect


def line_at_fault(frame: FrameType, own: frozenset[str]) -> tuple[str, int]:
    """Return the innermost line of the module that is being imported.

    Args:
        frame: The innermost one of the project's own.
        own: The files of the project's modules.
    """
    innermost = frame.f_code.co_filename, frame.f_lineno
    lines: dict[str, int] = {}
    around: FrameType | None = frame
    while around is not None:
        file = around.f_code.co_filename
        if file in own:
            lines.setdefault(file, around.f_lineno)
            if around.f_code.co_name == "<module>":
                return file, lines[file]
        around = around.f_back
    return innermost  # in a thread, say


def _looks_for_a_folder(frame: FrameType | None) -> bool:
    """Return whether the standard library is just trying where files can be written."""
    while frame is not None:
        if frame.f_code.co_name in _TRYING:
            return True
        frame = frame.f_back
    return False


def _is_a_file(path: object) -> bool:
    """Return whether a path is one that a module's user would care about."""
    if isinstance(path, bytes):
        path = os.fsdecode(path)
    if not isinstance(path, str | os.PathLike):
        return False  # a descriptor that is open already
    text = os.fspath(path)
    bytecode = isinstance(text, str) and "__pycache__" in text
    return not bytecode and text not in {":memory:", ""} and not str(text).startswith("/dev/")


def _subject(event: str, arguments: tuple[Any, ...]) -> str:
    """Return what an event is about; no values of variables, no arguments: they may be secret."""
    if event in {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"}:
        return str(arguments[1])
    if event in {"_thread.start_new_thread", "_thread.start_joinable_thread"}:
        return _name_of(arguments[0])
    if event in {"sys.settrace", "sys.setprofile", "sys.addaudithook"}:
        return event
    if event == "os.system":
        return os.fsdecode(arguments[0]).split(maxsplit=1)[0]
    if event == "os.spawn":
        return str(arguments[1])
    if not arguments or arguments[0] is None:
        return ""
    first = arguments[0]
    return os.fsdecode(first) if isinstance(first, str | bytes | os.PathLike) else str(first)


def _name_of(function: Any) -> str:
    owner = getattr(function, "__self__", None)
    target = getattr(owner, "_target", None)  # of threading.Thread._bootstrap
    return str(getattr(target or function, "__qualname__", "a thread"))


def _is_about_our_watch(warning: str) -> bool:
    """Return whether a warning of a fork beside a thread is about the thread that watches the time.

    `faulthandler` has started that one. Python warns of threads from 3.12 on, whosever they are.
    """
    return " is multi-threaded, use of " in warning and not _thread._count()


def _looks(
    loading: Loading, outputs: list[str], at_first: dict[str, Any]
) -> dict[str, Callable[[], Any]]:
    """Return how to see each kind of state; what only audit events tell is not among them."""
    looks: dict[str, Callable[[], Any]] = {
        "path": lambda: list(sys.path),
        "hook": lambda: [*map(_name_of_hook, sys.meta_path), *map(id, sys.path_hooks)],
        "filters": lambda: [*map(id, warnings.filters)],
        "signal": lambda: {name: _signal.getsignal(number) for name, number in _SIGNALS.items()},
        "logging": _look_at_logging,
        "interpreter": _look_at_interpreter,
        "builtins": lambda: _look_at_builtins(loading, at_first),
        "patch": lambda: _patches(loading),
        "atexit": atexit._ncallbacks,
        "output": lambda: _look_at_output(outputs),
    }
    if _locale is not None:
        looks["locale"] = lambda: _locale.setlocale(_locale.LC_ALL)
    if hasattr(os, "umask"):
        looks["umask"] = _look_at_umask
    if os.path.isdir("/proc/self/task"):
        looks["native thread"] = _native_threads()
        looks["descriptor"] = _look_at_descriptors
    return looks


def _name_of_hook(hook: object) -> str:
    return getattr(hook, "__name__", type(hook).__name__)


def _look_at_logging() -> object:
    logging = sys.modules.get("logging")
    try:
        root = logging.root  # type: ignore[union-attr]
        taken = logging._warnings_showwarning is not None  # type: ignore[union-attr]
        return len(root.handlers), root.level, root.manager.disable, taken
    except AttributeError:  # it is not loaded, or not any more
        return 0, 30, 0, False


def _look_at_interpreter() -> dict[str, object]:
    return {
        "sys.setrecursionlimit": sys.getrecursionlimit(),
        "sys.setswitchinterval": sys.getswitchinterval(),
        "sys.excepthook": id(sys.excepthook),
        "sys.displayhook": id(sys.displayhook),
        "sys.unraisablehook": id(sys.unraisablehook),
        "sys.stdout": id(sys.stdout),
        "sys.stderr": id(sys.stderr),
        "sys.stdin": id(sys.stdin),
        "sys.dont_write_bytecode": sys.dont_write_bytecode,
        "sys.set_int_max_str_digits": _digits(),
        "gc": (gc.isenabled(), gc.get_threshold()),
        **{name: _setting(module, look) for name, module, look in _SETTINGS},
    }


def _setting(module: str, look: Callable[[Any], object]) -> object:
    """Return what a module of the standard library is set to; None when it is as it comes."""
    loaded = sys.modules.get(module)
    try:
        return loaded and look(loaded)
    except AttributeError:  # it is being loaded, or another one has its name
        return None


def _start_method(context: Any) -> object:
    chosen = context._default_context._actual_context
    # From 3.14 on there is a usual one only when somebody has asked: that loads modules.
    usual = context._default_context.__dict__.get("_default_context")
    return None if chosen is None or chosen is usual else chosen._name


def _rounding(decimal: Any) -> object:
    context = decimal.getcontext()
    set_to = context.prec, context.rounding
    return None if set_to == (28, "ROUND_HALF_EVEN") else set_to


# Settings that functions of the standard library keep for the whole process: where, and how.
_SETTINGS: tuple[tuple[str, str, Callable[[Any], object]], ...] = (
    ("decimal.setcontext", "decimal", _rounding),
    ("multiprocessing.set_start_method", "multiprocessing.context", _start_method),
    ("socket.setdefaulttimeout", "_socket", lambda module: module.getdefaulttimeout()),
    ("tracemalloc.start", "_tracemalloc", lambda module: module.is_tracing() or None),
)


def _look_at_output(outputs: Iterable[str]) -> dict[str, int]:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:  # noqa: BLE001, S110 (a module may have closed or replaced it)
            pass
    return {output: os.stat(output).st_size for output in outputs}


def _look_at_umask() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return umask


def _native_threads() -> Callable[[], int]:
    """Return how to see how many threads there are of which Python does not know."""
    known = [0]

    def count() -> int:
        return os.stat("/proc/self/task").st_nlink - _LINKS - _thread._count()

    def look() -> int:
        native = count()
        for _ in range(_PATIENCE):
            if native <= known[0]:
                break
            sleep(0)  # Python forgets a thread some time before the system does
            native = count()
        known[0] = native
        return native

    return look


def _look_at_descriptors() -> set[str]:
    listed = set(os.listdir("/proc/self/fd"))
    used = os.open("/proc", os.O_RDONLY)  # the lowest that is free, and so that of the listing
    os.close(used)
    return listed - {str(used)}


def _look_at_builtins(loading: Loading, at_first: dict[str, Any]) -> list[str]:
    """Return which builtins are new or other ones.

    To look at each of them would copy the memory that this process shares with its parent, so that
    is done only when a source seems to replace any.
    """
    now = vars(builtins)
    if len(now) == len(at_first) and loading.suspects.isdisjoint(loading.own_names):
        return []
    return [name for name, value in now.items() if at_first.get(name, now) is not value]


def _patches(loading: Loading) -> list[tuple[str, str]]:
    """Return which names of other people's modules now hold what the project has defined."""
    patches: list[tuple[str, str]] = []
    if loading.suspects.isdisjoint(loading.own_names):
        return patches
    for name, before in tuple(loading.namespaces.items()):
        now = getattr(sys.modules.get(name), "__dict__", None)
        if type(now) is not dict:
            continue
        try:
            if now == before:
                continue
        except Exception:  # noqa: BLE001, S110 (values that refuse to be compared)
            pass
        for key, value in tuple(now.items()):
            if before.get(key) is not value and _is_own(value, loading):
                patches.append((name, key))
    return patches


def _is_own(value: object, loading: Loading) -> bool:
    try:
        code = getattr(value, "__code__", None)
        if code is not None:
            return code.co_filename in loading.own
        module = sys.modules.get(getattr(value, "__module__", None) or "")
        return isinstance(value, type) and getattr(module, "__file__", None) in loading.own
    except Exception:  # noqa: BLE001
        return False


def _difference(kind: str, before: Any, now: Any) -> str:
    """Return in words what has changed; empty when it is nothing to speak of."""
    if kind == "path":
        new = [str(entry) for entry in now if entry not in before]
        return f"adds {', '.join(new)}" if new else "changes its order"
    if kind == "hook":
        return (
            ", ".join(str(hook) for hook in now if hook not in before and type(hook) is str)
            or "a path hook"
        )
    if kind == "builtins":
        return ", ".join(name for name in now if name not in before)
    if kind in {"signal", "interpreter"}:
        changed = [key for key in now if now[key] != before.get(key)]
        changed += [key for key in before if key not in now]
        return ", ".join(changed)
    if kind == "patch":
        return ", ".join(f"{module}.{name}" for module, name in now if (module, name) not in before)
    if kind == "descriptor":
        return ", ".join(sorted(_target(fd) for fd in now - before if _target(fd)))
    if kind == "native thread":
        return "" if now <= before else f"{now - before}"
    if kind == "output":
        return " ".join(_written(output, size) for output, size in before.items())
    if kind == "atexit":
        return "" if now <= before else str(now - before)
    return str(now)


def _written(output: str, begin: int) -> str:
    """Return the beginning of what was written to an output."""
    with open(output, "rb") as file:
        file.seek(begin)
        return file.read(_LONGEST).decode("utf-8", "backslashreplace")


def _target(descriptor: str) -> str:
    """Return what a descriptor is open on; nothing of a library that keeps itself open: libffi."""
    try:
        target = os.readlink(f"/proc/self/fd/{descriptor}")
    except OSError:
        return ""
    if ".so" in os.path.basename(target):
        return ""
    return target.partition(":[")[0]  # the number of a socket is another one each time
