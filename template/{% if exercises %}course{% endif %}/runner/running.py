"""Runs one check in this process: in one of its own, as a program, or in a page of a browser.

It says what happened as plain data, which `words` turns into sentences. Little is imported here,
for what is imported is there for the learner's code, too.
"""

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

FRAMES = 50  # of a traceback, from its end
LENGTH = 4000  # of a message


def run(root: str, check: str) -> dict[str, object]:
    """Run the tests of a check up to the first that fails.

    Args:
        root: The project's folder, in which this process is.
        check: The path of its check.py.

    Returns:
        `tests`, how many have passed, and, of the one that has failed, `error`: the names of its
        `kinds`, its `message`, its `frames` (file, line), the `name` of a module or an attribute
        that was not there, the `suggestion` that Python has for it, what a process has
        said `elsewhere` that the check has run, and the `line` that is not Python (file, number,
        column, text).
    """
    sys.path.insert(0, os.path.join(root, "src"))  # noqa: PTH118 (pathlib is not loaded yet)
    passed = 0
    try:
        for test in _tests(check):
            test()
            passed += 1
    except BaseException as error:  # a learner's code may raise whatever there is
        return {"tests": passed, "error": _described(error)}
    return {"tests": passed, "error": None}


def _tests(check: str) -> "list[Any]":
    module = type(sys)("check")
    module.__file__ = check
    sys.modules["check"] = module
    with open(check, "rb") as file:  # noqa: PTH123
        code = compile(file.read(), check, "exec")
    exec(code, module.__dict__)  # noqa: S102
    return [value for name, value in list(vars(module).items()) if name.startswith("test_")]


def _described(error: BaseException) -> dict[str, object]:
    frames = []
    step = error.__traceback__
    while step:
        frames.append((step.tb_frame.f_code.co_filename, step.tb_lineno))
        step = step.tb_next
    described: dict[str, object] = {
        "kinds": [kind.__name__ for kind in type(error).__mro__],
        "message": _text(error),
        "frames": list(dict.fromkeys(frames))[-FRAMES:],
        "name": _text(getattr(error, "name", None) or ""),
        "suggestion": _suggestion(error),
        "elsewhere": _said_elsewhere(error),
    }
    if isinstance(error, SyntaxError):
        described["message"] = _text(error.msg)
        described["line"] = [error.filename, error.lineno, error.offset, _text(error.text or "")]
    return described


def _said_elsewhere(error: BaseException) -> str:
    """Return the traceback of a process whose result the check had at hand when it failed."""
    step, said = error.__traceback__, ""
    while step:
        for value in list(step.tb_frame.f_locals.values()):
            if type(value).__name__ == "CompletedProcess" and "Traceback" in _text(value.stderr):
                said = str(value.stderr)[-LENGTH:]
        step = step.tb_next
    return said


def _suggestion(error: BaseException) -> str:
    """Return what Python would say behind a name that it does not know: `Did you mean: 'x'?`.

    It says so only where it prints an error itself.
    """
    if not isinstance(error, NameError | AttributeError | ImportError):
        return ""
    from io import StringIO

    stderr, path, printed = sys.stderr, sys.path, StringIO()
    sys.stderr, sys.path = printed, path[1:]  # the learner's `src` may hold a traceback.py
    try:
        sys.__excepthook__(type(error), error, error.__traceback__)
        said = printed.getvalue().strip().splitlines()[-1]
        _, begin, suggestion = said.rpartition(". Did you ")
        return _text(begin[2:] + suggestion) if begin else ""
    except BaseException:
        return ""
    finally:
        sys.stderr, sys.path = stderr, path


def _text(value: object) -> str:
    try:
        return str(value)[:LENGTH]
    except BaseException:
        return ""


def _limit(seconds: float) -> None:
    """Let the system end this process, should the runner that watches it be killed."""
    if sys.platform == "win32":
        return
    import resource

    for name, most in (
        ("RLIMIT_CPU", int(seconds) + 5),
        ("RLIMIT_AS", 4 << 30),
        ("RLIMIT_FSIZE", 1 << 30),
        ("RLIMIT_CORE", 0),
    ):
        try:
            kind = getattr(resource, name)
            hard = resource.getrlimit(kind)[1]
            if hard == resource.RLIM_INFINITY or hard > most:
                resource.setrlimit(kind, (most, hard))
        except (AttributeError, OSError, ValueError):  # a system has not all of them
            continue


def _say_where(seconds: float, signal: int, answer: int) -> None:
    """Write where the code is, when the runner sends a signal or, without one, in time."""
    import faulthandler

    if sys.platform == "win32":
        faulthandler.dump_traceback_later(seconds, file=answer)
    else:
        faulthandler.register(signal, file=answer, all_threads=False)


def main(root: str, check: str, seconds: float, signal: int) -> None:
    """Run a check; write the result to stdout, and to stderr all that the code prints.

    The result is a literal of Python: to write that needs no module, and the learner's `src` may
    hold one of any name.
    """
    answer = os.dup(1)  # one that no process inherits which the code starts
    os.dup2(2, 1)
    _limit(seconds)
    _say_where(seconds, signal, answer)
    process = os.getpid()
    result = run(root, check)
    if os.getpid() != process:  # a fork that a learner has let return
        return
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (AttributeError, OSError, ValueError):
            continue
    text = ascii(result).encode() + b"\n"
    while text:
        text = text[os.write(answer, text) :]


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]), int(sys.argv[4]))
