"""State of the process that an import may change: how to see it, and what has changed in words."""

from __future__ import annotations

import _signal
import _thread
import atexit
import builtins
import gc
import os
import sys
import warnings
from os import O_RDONLY, close, listdir, readlink, stat  # gevent puts others in their places
from os import open as open_descriptor
from time import sleep

TYPE_CHECKING = False  # the module typing is not loaded here
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    from .loading import Loading

try:
    import _locale
except ImportError:  # a Python built without it
    _locale = None  # type: ignore[assignment]

_SIGNALS = {
    f"SIG{name}": number
    for name in ("HUP", "INT", "QUIT", "ABRT", "USR1", "USR2", "PIPE", "ALRM", "TERM", "CHLD")
    if (number := getattr(_signal, f"SIG{name}", None))
}
_digits = getattr(sys, "get_int_max_str_digits", lambda: 0)
_lazy_imports = getattr(sys, "get_lazy_imports", lambda: "normal")  # from Python 3.15 on
_lazy_imports_filter = getattr(sys, "get_lazy_imports_filter", lambda: None)
_LONGEST = 2_000  # bytes of what was written: rules read it, and tell the beginning
_LINKS = 3  # to the folder of tasks: two as to every folder, and the main thread's
_PATIENCE = 100
_FILTERS = 3  # that are told


def looks(
    loading: Loading, outputs: list[str], at_first: dict[str, Any]
) -> dict[str, Callable[[], Any]]:
    """Return how to see each kind of state; what only audit events tell is not among them."""
    found: dict[str, Callable[[], Any]] = {
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
        found["locale"] = lambda: _locale.setlocale(_locale.LC_ALL)
    if hasattr(os, "umask"):
        found["umask"] = _look_at_umask
    if os.path.isdir("/proc/self/task"):
        found["native thread"] = _native_threads()
        found["descriptor"] = _descriptors()
    return found


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
        "sys.argv": list(sys.argv) if type(sys.argv) is list else None,
        "sys.breakpointhook": id(sys.breakpointhook),
        "sys.tracebacklimit": getattr(sys, "tracebacklimit", None),
        "sys.dont_write_bytecode": sys.dont_write_bytecode,
        "sys.set_int_max_str_digits": _digits(),
        "sys.pycache_prefix": sys.pycache_prefix,
        "sys.set_lazy_imports": _lazy_imports(),
        "sys.set_lazy_imports_filter": id(_lazy_imports_filter()),
        "gc": (gc.isenabled(), gc.get_threshold(), gc.get_debug(), len(gc.callbacks)),
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
    traps = [signal.__name__ for signal, raises in context.traps.items() if raises]
    set_to = context.prec, context.rounding, sorted(traps)
    return None if set_to == (28, "ROUND_HALF_EVEN", _TRAPS) else set_to


def _unless(usual: object, value: object) -> object:
    return None if value == usual else value


_TRAPS = ["DivisionByZero", "InvalidOperation", "Overflow"]  # those of decimal's usual context
# Settings that functions of the standard library keep for the whole process: where, and how.
_SETTINGS: tuple[tuple[str, str, Callable[[Any], object]], ...] = (
    ("csv.field_size_limit", "_csv", lambda module: _unless(131072, module.field_size_limit())),
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
    return {output: stat(output).st_size for output in outputs}


def _look_at_umask() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return umask


def _native_threads() -> Callable[[], int]:
    """Return how to see how many threads there are of which Python does not know."""
    known = [0]

    def count() -> int:
        return stat("/proc/self/task").st_nlink - _LINKS - _thread._count()

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


def _descriptors() -> Callable[[], set[str]]:
    """Return how to see which descriptors are open.

    As many as before, and the same one to be had next: then there is no new one, and no list of
    them is made. The kernel tells how many from Linux 6.2 on, and says 0 before.
    """
    before: list[tuple[int, int]] = [(0, 0)]
    seen: list[set[str]] = [set()]

    def look() -> set[str]:
        count = stat("/proc/self/fd").st_size
        # The lowest that is free, and so that of the listing.
        free = open_descriptor("/proc", O_RDONLY)
        close(free)
        if not count or before[0] != (count, free):
            before[0] = count, free
            seen[0] = set(listdir("/proc/self/fd")) - {str(free)}
        return seen[0]

    return look


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


def patches_among(names: list[tuple[str, str]], loading: Loading) -> list[tuple[str, str]]:
    """Return which of these names of other people's modules hold what the project has defined.

    Args:
        names: Of each the module and its attribute.
        loading: The loads of this process.
    """
    return [(name, key) for name, key in names if _is_patched(name, key, loading)]


def _is_patched(name: str, key: str, loading: Loading) -> bool:
    before = loading.namespaces.get(name)
    now = getattr(sys.modules.get(name), "__dict__", None)
    if before is None or type(now) is not dict or key not in now:
        return False
    return before.get(key) is not now[key] and _is_own(now[key], loading)


def _is_own(value: object, loading: Loading) -> bool:
    try:
        code = getattr(value, "__code__", None)
        if code is not None:
            return code.co_filename in loading.own
        module = sys.modules.get(getattr(value, "__module__", None) or "")
        return isinstance(value, type) and getattr(module, "__file__", None) in loading.own
    except Exception:  # noqa: BLE001 (an object may refuse every attribute)
        return False


def difference(kind: str, before: Any, now: Any) -> str:
    """Return in words what has changed; empty when it is nothing to speak of."""
    if kind == "path":
        new = [str(entry) for entry in now if entry not in before]
        return f"adds {', '.join(new)}" if new else "changes its order"
    if kind == "hook":
        return _new_hooks(before, now)
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
    if kind == "filters":
        return _new_filters(set(now).difference(before))
    if kind == "atexit":
        return "" if now <= before else str(now - before)
    return str(now)


def _new_hooks(before: list[object], now: list[object]) -> str:
    """Return which hooks have come; two finders may be of classes of one name."""
    left, new = [*before], []
    for hook in now:
        if hook in left:
            left.remove(hook)
        else:
            new.append(hook)
    named = ", ".join(hook for hook in new if type(hook) is str)
    return named or ("a path hook" if new else "")


def _new_filters(new: set[int]) -> str:
    """Return what new filters do to which warnings, those for all modules and messages first.

    `ignore Warning; error pkg.OwnWarning; ignore UserWarning in twisted; ignore Warning 'a text'`
    """
    words = []
    for each in warnings.filters:
        if id(each) in new:
            action, message, category, module, *_ = each
            words.append(" ".join([str(action), _named(category), *_narrowed(message, module)]))
    return "; ".join(sorted(words[:_FILTERS], key=lambda said: said.count(" "))) or "drops some"


def _named(category: Any) -> str:
    prefix = "" if category.__module__ == "builtins" else f"{category.__module__}."
    return f"{prefix}{category.__qualname__}"


def _narrowed(message: Any, module: Any) -> Iterator[str]:
    if module:
        yield f"in {getattr(module, 'pattern', module)}"
    if message:
        yield repr(getattr(message, "pattern", message))


def _written(output: str, begin: int) -> str:
    """Return the beginning of what was written to an output."""
    with open(output, "rb") as file:
        file.seek(begin)
        return file.read(_LONGEST).decode("utf-8", "backslashreplace")


_SHARED_MEMORY = "/dev/shm/"  # noqa: S108 (nothing is written there)


def _target(descriptor: str) -> str:
    """Return what a descriptor is open on.

    Nothing of a library that keeps itself open (libffi), and of memory that processes share.
    """
    try:
        target = readlink(f"/proc/self/fd/{descriptor}")
    except OSError:
        return ""
    if ".so" in os.path.basename(target) or target.startswith(_SHARED_MEMORY):
        return ""
    if target.endswith(" (deleted)"):  # its name was another one each time
        return "a temporary file"
    return target.partition(":[")[0]  # the number of a socket is another one each time
