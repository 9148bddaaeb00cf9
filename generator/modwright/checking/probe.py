"""Imports one module and writes down how that went.

Runs in the interpreter of the project, as `python -I -X importtime probe.py FOLDER MODULE SECONDS`.
It imports nothing that a bare interpreter has not loaded already (`faulthandler` and `time` are
built in and load nothing else): a module that is there before the import could hide that the
project forgets to import it.

FOLDER/result is written after the import and only then: it is the positive sign, without which an
import has failed, whatever the exit status says. It holds the `repr` of a dictionary.
FOLDER/trace receives the stack on a crash or when SECONDS are over.
"""

import faulthandler
import sys
from time import perf_counter_ns

NOT_WRITTEN = 74  # EX_IOERR of sysexits.h: the outcome could not be written down


def probe(folder: str, name: str, seconds: float) -> None:
    """Import the module `name`; write `folder`/result."""
    # Taken hold of now: the module may put anything in the place of these.
    write, written, leave, loaded = open, repr, sys.modules["os"]._exit, sys.modules
    # Held open to the end: faulthandler writes into it when nothing else can run any more.
    trace = write(f"{folder}/trace", "w")
    faulthandler.enable(trace)
    faulthandler.dump_traceback_later(seconds, exit=True, file=trace)
    sys.argv[:] = ["-c"]
    before = perf_counter_ns()
    try:
        __import__(name)
    except BaseException as error:  # noqa: BLE001 (SystemExit above all)
        outcome = _failure(error)
    else:
        outcome = {"file": _origin(loaded.get(name))}
    outcome["import_ns"] = perf_counter_ns() - before
    faulthandler.cancel_dump_traceback_later()
    try:
        with write(f"{folder}/result", "w", encoding="utf-8") as result:
            result.write(written(outcome))
    except OSError:
        leave(NOT_WRITTEN)
    # A thread that the module has started must not hold up the verdict on the import.
    leave(0)


def _failure(error: BaseException) -> dict[str, object]:
    frames: list[tuple[str, int | None]] = []
    step = error.__traceback__
    while step is not None:
        frames.append((step.tb_frame.f_code.co_filename, step.tb_lineno))
        step = step.tb_next
    if isinstance(error, SyntaxError) and isinstance(error.filename, str):
        frames.append((error.filename, error.lineno))
    missing = error.name if isinstance(error, ModuleNotFoundError) else None
    return {
        "error": type(error).__name__,
        "exits": isinstance(error, SystemExit),
        "message": _text(error),
        "missing": missing if isinstance(missing, str) else None,
        "frames": frames,
    }


def _text(error: BaseException) -> str:
    try:
        return str(error).encode("utf-8", "backslashreplace").decode()
    except BaseException:  # noqa: BLE001 (an exception may fail at telling what it is)
        return ""


def _origin(module: object) -> str | None:
    try:
        spec = getattr(module, "__spec__", None)
        origin = getattr(spec, "origin", None) or getattr(module, "__file__", None)
    except BaseException:  # noqa: BLE001 (what stands in for a module may refuse every attribute)
        return None
    return origin if isinstance(origin, str) else None


if __name__ == "__main__":
    probe(sys.argv[1], sys.argv[2], float(sys.argv[3]))
