"""Experiments that run in the project's interpreter, each in its own process.

Runs in the interpreter of the project, as `python -I experiments.py WHAT ARGUMENTS…`: standard
library only, and no more of it than a bare interpreter has loaded. It answers with lines of `repr`
on the stdout that it was started with; what the project prints goes nowhere.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # the module typing is not loaded here
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Answer = Callable[..., None]

_MOST_SHOWN = 120  # bytes of an output
_TIMES = 3  # that an import is measured
FAILED = "failed"  # begins the answer that something raised: class, text, files and lines


def resolve(answer: Answer, module: str, *paths: str) -> None:
    """Import a module; answer for each dotted path of attributes whether it resolves.

    Answers `("loaded",)`, and for each path `("resolves", path, callable, value)`,
    `("lacks", path, owner, name, names, text)` or `("raises", path, class, text, frames)`, for
    an attribute may be computed. The value is plain data, as it is written, or None; the first text
    is that of the AttributeError. Before these it answers `("chosen", module)` where an object of a
    class from elsewhere is in its place.
    """
    __import__(module)
    loaded = sys.modules[module]
    answer("loaded")
    if not isinstance(loaded, type(sys)) and type(loaded).__module__ != module:
        answer("chosen", module)  # another program may have put another one there
    for path in paths:
        try:
            said = _walked(module, loaded, path)
            if said[0] == "lacks" and (other := _in_its_place(module, loaded)) is not None:
                said = _walked(module, other, path)
            answer(*said)
        except BaseException as error:  # noqa: BLE001 (a module may raise anything)
            answer("raises", path, *_told(error))


def _in_its_place(module: str, loaded: object) -> object | None:
    """Return what a package holds under the name of its submodule, when it is something else."""
    thing: object = sys.modules[module.partition(".")[0]]
    for name in module.split(".")[1:]:
        thing = getattr(thing, name, None)
    return None if thing is loaded else thing


def _walked(module: str, loaded: object, path: str) -> tuple[object, ...]:
    thing, owner = loaded, module
    for name in path.split("."):
        try:
            thing = getattr(thing, name)
        except AttributeError as error:
            names = [each for each in dir(thing) if each[:2] != "__"]
            return "lacks", path, owner, name, names, _told(error)[1]
        owner = f"{owner}.{name}"
    return "resolves", path, callable(thing), _written(thing)


def _written(thing: object) -> str | None:
    """Return plain data as it is written; None of anything else, and of what is long."""
    if type(thing) not in (bool, int, float, str, bytes, type(None)):
        return None
    try:
        text = repr(thing)
    except ValueError:  # a number of thousands of digits
        return None
    return text if len(text) <= _MOST_SHOWN else None


def compare(answer: Answer, *paths: str) -> None:
    """Answer `("same", whether)` of names of modules: a module and a name of it in turn."""
    things = []
    for module, name in zip(paths[::2], paths[1::2], strict=True):
        __import__(module)
        things.append(getattr(sys.modules[module], name))
    answer("same", all(each is things[0] for each in things))


def import_as_main(answer: Answer, package: str, *statements: str) -> None:
    """Run import statements as a module does that `python -m` runs in its package.

    Answers `("imports",)` for each, or what it raised.
    """
    if package:
        __import__(package)
    for statement in statements:
        try:
            namespace = {"__name__": "__main__", "__package__": package}
            exec(statement, namespace)  # noqa: S102 (the project's own)
        except BaseException as error:  # noqa: BLE001 (a module may raise anything)
            answer(FAILED, *_told(error))
        else:
            answer("imports")


def run_by_path(answer: Answer, file: str, lines: str) -> None:
    """Run the first lines of a script as `python file` does, short of its main guard.

    It has the name that a spawned process of multiprocessing gives the main module.
    """
    with open(file, "rb") as script:
        source = b"".join(script.readlines()[: int(lines)])
    module = type(sys)("__mp_main__")
    module.__dict__.update(__file__=file, __package__=None, __spec__=None)
    sys.modules["__main__"] = sys.modules["__mp_main__"] = module
    sys.path.insert(0, os.path.dirname(file))
    sys.argv[:] = [file]
    exec(compile(source, file, "exec"), module.__dict__)  # noqa: S102 (the project's own)
    answer("runs")


def run_lines(answer: Answer, module: str, file: str, *lines: str) -> None:
    """Import a module; answer `("ran", line)` for each of some lines of its file that runs."""
    left = {int(line) for line in lines}

    def on_line(frame: Any, _event: str, _argument: Any) -> Any:
        if frame.f_lineno in left:
            left.remove(frame.f_lineno)
            answer("ran", frame.f_lineno)
        return on_line if left else None

    def on_call(frame: Any, _event: str, _argument: Any) -> Any:
        return on_line if left and frame.f_code.co_filename == file else None

    sys.settrace(on_call)
    __import__(module)


def load_in_subinterpreters(answer: Answer, *modules: str) -> None:
    """Import each module in an interpreter of its own with a GIL of its own (PEP 684).

    Answers `("loaded", text)` for each; the text is what was raised, or empty.
    """
    new = sys.version_info >= (3, 13)
    interpreters: Any = __import__("_interpreters" if new else "_xxsubinterpreters")
    for module in modules:
        # None is ever ended: what an extension does at its end is not asked for here.
        one = interpreters.create("isolated") if new else interpreters.create(isolated=True)
        reading, writing = os.pipe()
        interpreters.run_string(one, _IN_SUBINTERPRETER.format(module=module, writing=writing))
        os.close(writing)
        with open(reading, "rb") as said:
            answer("loaded", said.read().decode())


_IN_SUBINTERPRETER = """
import os
try:
    __import__({module!r})
except BaseException as error:
    text = f"{{type(error).__name__}}: {{error}}"
    os.write({writing}, text[:4000].encode("utf-8", "backslashreplace"))
"""


def load_extensions(answer: Answer, *modules: str) -> None:
    """Import modules, and look at what loading each extension leaves in the buffers of C's stdio.

    Answers `("left", module, text)` for each that has left some; it would be written when the
    process ends. What Python itself writes has other buffers.
    """
    loader: Any = sys.modules["_imp"]
    flush = __import__("ctypes").CDLL(None).fflush
    file = os.open("written", os.O_RDWR | os.O_CREAT | os.O_APPEND)
    os.dup2(file, 1)
    status, read = os.fstat, os.pread

    def watched(load: Callable[..., Any]) -> Callable[..., Any]:
        def watching(loading: Any, *others: Any) -> Any:
            flush(None)  # it is what has been loaded before that has left this
            try:
                return load(loading, *others)
            finally:
                begin = status(file).st_size
                flush(None)
                if left := read(file, _MOST_SHOWN, begin):
                    spec = getattr(loading, "__spec__", None) or loading
                    answer("left", getattr(spec, "name", ""), left.decode("utf-8", "replace"))

        return watching

    loader.create_dynamic = watched(loader.create_dynamic)
    loader.exec_dynamic = watched(loader.exec_dynamic)
    for module in modules:
        try:
            __import__(module)
        except BaseException:  # noqa: BLE001, S112 (the import has been told of)
            continue


def make_lazy(answer: Answer, module: str, *imports: str) -> None:
    """Measure the import of a module with each of some imports made lazy, and without that.

    Each measurement has a process of its own, forked from this one, and takes processor time; of
    `_TIMES` the least counts. Answers `("lazy", import, milliseconds, milliseconds when lazy)` for
    those whose names all resolve to something when they are asked for.
    """
    __import__("importlib.util")
    eager = [_milliseconds(module, "") for _ in range(_TIMES)]
    for name in imports:
        lazy = [_milliseconds(module, name) for _ in range(_TIMES)]
        if all(eager) and all(lazy):
            answer("lazy", name, min(eager), min(lazy))


def _milliseconds(module: str, lazy: str) -> float:
    """Return what an import takes, in a process of its own; 0 when it fails."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writing, repr(_timed(module, lazy)).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with open(reading, "rb") as said:
        told = said.read().decode()
    os.waitpid(child, 0)
    return float(told or 0)


def _timed(module: str, lazy: str) -> float:
    clock = __import__("time").process_time_ns
    util: Any = sys.modules["importlib.util"]
    begin = clock()
    spec = util.find_spec(module)  # imports the packages around it
    made = sys.modules[module] = util.module_from_spec(spec)
    if lazy:
        made.__lazy_modules__ = [lazy]
    spec.loader.exec_module(made)
    taken: float = (clock() - begin) / 1e6
    for value in list(vars(made).values()):
        if type(value).__name__ == "lazy_import":
            value.resolve()
    return taken


PROGRAMS = {
    each.__name__: each
    for each in (
        resolve,
        compare,
        import_as_main,
        run_by_path,
        run_lines,
        load_in_subinterpreters,
        load_extensions,
        make_lazy,
    )
}


def _told(error: BaseException) -> tuple[str, str, list[tuple[str, int]]]:
    frames = []
    step = error.__traceback__
    while step is not None:
        frames.append((step.tb_frame.f_code.co_filename, step.tb_lineno))
        step = step.tb_next
    if isinstance(error, SyntaxError) and isinstance(error.filename, str):
        frames.append((error.filename, error.lineno or 0))
    try:
        text = str(error)
    except BaseException:  # noqa: BLE001 (an exception may fail at telling what it is)
        text = ""
    return type(error).__name__, text, [(file, line) for file, line in frames if file != __file__]


def _answer_on_stdout() -> Answer:
    """Take stdout away from the code that is to run, and return a way to write to it."""
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    # Taken hold of now: the project may put anything in the place of these.
    write, written = os.write, repr

    def answer(*values: object) -> None:
        line = written(values).encode("utf-8", "backslashreplace") + b"\n"
        while line:
            line = line[write(kept, line) :]

    return answer


def main() -> None:
    """Run what the first argument names with the others."""
    leave, answer = os._exit, _answer_on_stdout()
    _, program, *arguments = sys.argv
    sys.argv[:] = ["-c"]
    try:
        PROGRAMS[program](answer, *arguments)
    except BaseException as error:  # noqa: BLE001 (SystemExit above all)
        answer(FAILED, *_told(error))
    # A thread that the project has started must not hold up the answer.
    leave(0)


if __name__ == "__main__":
    main()
