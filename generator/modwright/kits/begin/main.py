"""From an unpacked kit to one line: ready, and a code; or what is wrong, and what to do."""

import argparse
import errno
import json
import os
import sys
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from pathlib import Path
from typing import Any

from .code import ENVIRONMENTS, Ready, encode, kit_number
from .environment import make_environment
from .kit import UNPACK_AGAIN, Kit, read_kit, this_platform
from .place import BESIDE, alone, find_place
from .programs import end_all
from .serving import serve
from .trouble import Trouble
from .trying import first_test, has_compiler, has_modwright, import_all
from .unpacking import Folders

COURSE = "learn.py"  # what starts the course, in a project that is one
RECORD = ".modwright-kit.json"  # in the project, for whoever collects it
LOOK = 0.5  # seconds between two looks for a signal


def main(root: Path, arguments: Sequence[str] = ()) -> int:
    """Start a kit, or show its page; return 0 when all works, and 1 when a helper is needed."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    asked = _parser().parse_args(arguments)
    if asked.serve or asked.room:
        return serve(root, to_room=asked.room)
    ready = Ready(platform=this_platform(), python=sys.version_info.minor)
    try:
        kit = read_kit(root)
        ready.kit = kit_number(kit.id)
        with alone(kit):
            _start(kit, ready)
    except Trouble as trouble:
        return _not_ready(str(trouble), ready)
    except OSError as error:
        return _not_ready(_in_words(error), ready)
    except KeyboardInterrupt:
        return _not_ready("It was interrupted. Start again.", ready)
    except Exception as error:  # noqa: BLE001 (a traceback helps no beginner)
        return _not_ready(f"{type(error).__name__}: {_one_line(str(error))}. {UNPACK_AGAIN}", ready)
    print(f"Ready. Your code: {encode(ready)}", flush=True)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("start.py", description="Start the project of this kit.")
    show = "Show the course to browsers of this computer, and start nothing."
    parser.add_argument("--serve", action="store_true", help=show)
    parser.add_argument("--room", action="store_true", help="Show it to all in this network.")
    return parser


def _start(kit: Kit, ready: Ready) -> None:
    project, needs = kit.project, kit.needs()
    _tell(f"Python {sys.version.split()[0]} at {sys.executable}")
    environment, reason = find_place(project, needs)
    if reason:
        _tell(f"The environment lies at {environment}, for {reason}.")
    folders, ready.by_uv = make_environment(environment, kit, needs, _tell)
    ready.environment = ENVIRONMENTS[1 if environment == project / BESIDE else 2]
    _tell("Importing every module ...")
    failed, problem = _try(project, folders, ready)
    _record(kit, environment, folders.python, ready)
    for name, why in failed.items():
        raise Trouble(f"{name} cannot be imported: {_one_line(why)}.")
    if problem:
        raise Trouble(f"The first test does not pass: {_one_line(problem)}.")
    if (project / COURSE).is_file():
        beside = environment.parent == project
        python = folders.python.relative_to(project) if beside else folders.python
        _tell(f"Go on in the folder {project}, by typing: {python} {COURSE}")


def _try(project: Path, folders: Folders, ready: Ready) -> tuple[dict[str, str], str]:
    """Try all at once; return the modules that fail, and what is wrong with the first test."""
    workers = ThreadPoolExecutor()
    try:
        importing = workers.submit(import_all, project, folders)
        testing = workers.submit(first_test, project, folders)
        running = workers.submit(has_modwright, folders)
        ready.compiler = has_compiler()
        # A signal that another thread receives wakes no wait of this one, which looks for itself.
        tried: list[Future[Any]] = [importing, testing, running]
        while wait(tried, LOOK).not_done:
            pass
        failed, problem = importing.result(), testing.result()
        ready.modwright = running.result()
    except BaseException:  # at Ctrl-C nothing is waited for
        end_all()
        raise
    finally:
        workers.shutdown(wait=False, cancel_futures=True)
    ready.imports, ready.test = not failed, not problem
    return failed, problem


def _record(kit: Kit, environment: Path, python: Path, ready: Ready) -> None:
    """Write down, for the project's tools and for whoever collects it, what works here."""
    told = {
        "schema": 1,
        "kit": kit.id,
        "person": kit.told.get("person"),
        "code": encode(ready),
        "environment": str(environment),
        "python": str(python),
    }
    file = kit.project / RECORD
    draft = file.with_name(f"{RECORD}.{os.getpid()}")
    try:
        draft.write_text(json.dumps(told, indent=2) + "\n", "utf-8")
        draft.replace(file)
    finally:
        with suppress(OSError):
            draft.unlink()


def _tell(text: str) -> None:
    print(text, flush=True)


def _not_ready(what: str, ready: Ready) -> int:
    print(f"Not ready. {what} If that does not help, tell a helper: {encode(ready)}", flush=True)
    return 1


def _one_line(text: str) -> str:
    return " ".join(text.split()).rstrip(".")[:300]


def _in_words(error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return "The disk is full. Make room, and start again."
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{error.strerror or error}. Start again."
