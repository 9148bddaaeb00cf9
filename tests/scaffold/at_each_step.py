"""Runs `modwright new` once for each step that it takes in the file system, and stops it there.

    python at_each_step.py TEMPLATE FOLDER PLACE SIGNAL TIMES

Each run is a fork of this process, which has imported everything, and sends the signal to itself:
before or after one step, and with TIMES `again` at every later step as well. What became of each
run is written as one JSON list.
"""

import io
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from itertools import count
from pathlib import Path
from typing import Any

import modwright.scaffold.source
from modwright.cli import main
from modwright.scaffold.merge import take_back_if_killed

STEPS = ("mkdir", "rename", "replace", "rmdir", "unlink")
# What lies there before a run; None stands for a folder.
PLACES: dict[str, dict[str, str | None]] = {
    "fresh": {},
    "deep": {},
    "empty": {"there": None},
    "full": {
        "there/README.md": "mine",
        "there/src/code.py": "mine",
        "there/src/theirs.py": "theirs",
        "there/docs/notes.md": "theirs",
    },
}
OnStep = Callable[[int, bool], None]
Moment = tuple[int, bool]


def destination_of(place: str) -> str:
    return "new/below/there" if place == "deep" else "there"


def make(place: str, *more: str) -> int:
    options = ["--defaults", "--no-check", "--no-git", "--force", *more]
    sys.argv[:] = ["modwright", "new", destination_of(place), *options]
    return main()


def put_back(place: str) -> int:
    take_back_if_killed(Path(destination_of(place)).resolve(), lambda _: True)
    return 0


def lay_out(folder: Path, place: str) -> Path:
    folder.mkdir(parents=True)
    for name, content in PLACES[place].items():
        path = folder / name
        if content is None:
            path.mkdir()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
            path.chmod(0o640)
    return folder


def tree(folder: Path) -> dict[str, list[Any]]:
    """Return mode and content of all that a folder holds."""
    return {
        path.relative_to(folder).as_posix(): [
            oct(path.lstat().st_mode),
            path.read_text(encoding="utf-8") if path.is_file() else None,
        ]
        for path in sorted(folder.rglob("*"))
    }


def run(work: Callable[[str], int], place: str, folder: Path, on_step: OnStep) -> int:
    """Do some work in a process of its own; return its exit code, negative for a signal."""
    process = os.fork()
    if process:
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    os.chdir(folder)
    output = os.open("../output", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(output, 1)
    os.dup2(output, 2)
    watch(on_step)
    code: Any = 99
    try:
        code = work(place)
    except SystemExit as end:
        code = end.code
    except BaseException:  # noqa: BLE001 (it is told, and ends the fork)
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def watch(on_step: OnStep) -> None:
    """Call a function with the number of each step: before it (False), and after it (True)."""
    numbers = count()

    def watched(function: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any, **keywords: Any) -> Any:
            number = next(numbers)
            on_step(number, False)
            try:
                return function(*arguments, **keywords)
            finally:
                on_step(number, True)

        return step

    for name in STEPS:
        setattr(os, name, watched(getattr(os, name)))


def moments(work: Callable[[str], int], place: str, folder: Path) -> list[Moment]:
    """Return the beginning and the end of each step of some work, which is done."""
    with (folder.parent / "steps").open("w", encoding="utf-8") as steps:
        run(
            work, place, folder, lambda step, after: print(step, int(after), file=steps, flush=True)
        )
    told = (folder.parent / "steps").read_text(encoding="utf-8").split()
    return [(int(step), after == "1") for step, after in zip(told[::2], told[1::2], strict=True)]


def stop(moment: Moment, number: int, *, again: bool) -> OnStep:
    def on_step(step: int, after: bool) -> None:
        if (step, after) == moment or (again and (step, after) > moment):
            os.kill(os.getpid(), number)

    return on_step


def let_alone(_step: int, _after: bool) -> None: ...


def runs(base: Path, place: str, number: int, *, again: bool) -> Iterator[dict[str, Any]]:
    """Yield what becomes of a run that is stopped, for each moment, and of what follows it."""
    before = tree(lay_out(base / "before", place))
    whole = lay_out(base / "whole" / "work", place)
    at = moments(make, place, whole)
    finished = tree(whole)

    def state(now: dict[str, list[Any]]) -> str:
        return "before" if now == before else "finished" if now == finished else "half-way"

    def told(folder: Path, work: str, moment: Moment, code: int) -> dict[str, Any]:
        now = tree(folder)
        besides = {name: now[name] for name in now if ".modwright-" not in name}
        output = (folder.parent / "output").read_text(encoding="utf-8")
        found = {"state": state(now), "besides stage": state(besides), "output": output}
        return {"work": work, "moment": moment, "code": code, "tree": now, **found}

    for moment in at:
        folder = lay_out(base / "{}-{}".format(*moment) / "work", place)
        code = run(make, place, folder, stop(moment, number, again=again))
        yield told(folder, "stopped", moment, code)
        if number != signal.SIGKILL:
            continue
        code = run(make, place, folder, let_alone)
        yield told(folder, "next", moment, code)
        if code:
            kill_in_turn(put_back, place, folder)
            yield told(folder, "put back", moment, 0)
            yield told(folder, "again", moment, run(make, place, folder, let_alone))


def kill_in_turn(work: Callable[[str], int], place: str, folder: Path) -> None:
    """Kill some work after one step, after two, and so on, until it is done."""
    for step in count():
        if run(work, place, folder, stop((step, True), signal.SIGKILL, again=False)) == 0:
            return


if __name__ == "__main__":
    template, base, where, kind, times = sys.argv[1:]
    modwright.scaffold.source.template_root = lambda: Path(template)
    with redirect_stdout(io.StringIO()):
        make("fresh", "--dry-run")  # imports everything
    number = getattr(signal, kind)
    print(json.dumps(list(runs(Path(base), where, number, again=times == "again"))))
