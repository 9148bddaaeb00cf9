"""The way in: `python -I -c BEGIN CHECKING FOLDER` follows FOLDER/plan.

The plan is a dictionary, written with marshal by the checker:

    own         files of the project's modules
    suspects    those of them that may assign to attributes of other modules
    units       what to import: see `tree.Line`
    foreign     what each module imports of other distributions
    leading     what each module imports of the project before it does anything else
    chain       modules of the project in order of dependence, each with those that it needs
    subclasses  whether the project asks classes for their subclasses
    exports     whether to resolve what modules export
    stubbed     modules whose attributes shall be noted
    lines       how many walk through the tree side by side; 0 to import in turn in one process
    fork        whether to import in a child of the process that is waited for
    seconds     that each import may take
    record      whether to note effects
    before      what to import first, whatever becomes of it
    trace       the kinds of them to look for the lines of
    within      the files to look in for them; none for all of the project
    patched     modules, each with a name, that alone are looked at for patches; none for all
    strain      under which strain to import: see `strains`
    paths       what to search for modules before any site-packages
    deeper      whether imports may lie deeper within one another, by what the probe adds to each

FOLDER/outcomes receives what is seen, FOLDER/trace the stack on a crash or when the time is over,
FOLDER/ended how the one process that imports has ended.
"""

from __future__ import annotations

import faulthandler
import marshal
import os
import sys
from _signal import SIGINT, default_int_handler, signal

from . import strains
from .effects import Recorder
from .exports import attributes, note_exports
from .importer import Importer
from .loading import Loading
from .result_writer import Outcomes
from .tracing import trace

TYPE_CHECKING = False  # the module typing is not loaded here
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import IO, Any

if hasattr(os, "fork"):
    from .chain import Chain, without_done
    from .tree import Line

# To the seven to ten frames that Python takes for an import, the probe adds two.
MORE_FRAMES = 1.3

NOT_WRITTEN = 74  # EX_IOERR of sysexits.h: the outcome could not be written down


def main() -> None:
    """Follow the plan; end the process."""
    folder = sys.argv[2]
    with open(f"{folder}/plan", "rb") as file:
        plan: dict[str, Any] = marshal.load(file)  # noqa: S302 (the checker has written it)
    sys.argv[:] = ["-c"]
    signal(SIGINT, default_int_handler)  # a shell has its background jobs ignore it
    _forget(sys.path.pop(0))
    _stay_in_the_environment()
    begin = _first_site_packages()
    sys.path[begin:begin] = plan["paths"]
    loading = Loading(frozenset(plan["own"]), frozenset(plan["suspects"]))
    outputs = [f"{folder}/stdout", f"{folder}/stderr"]
    recorder = Recorder(loading, outputs) if plan["record"] else None
    strains.prepare(plan["strain"])
    if plan["deeper"]:
        sys.setrecursionlimit(int(sys.getrecursionlimit() * MORE_FRAMES))
    importer = Importer(loading, recorder, plan["strain"])
    loading.begin()
    if recorder:
        recorder.begin()
    importer.begin()
    if plan["lines"]:
        _grow(folder, plan, importer)
    else:
        _import_here(folder, plan, importer)


def _stay_in_the_environment() -> None:
    """Have the environment's prefix without site as well, which sets it before Python 3.14.

    Whatever else runs without site has its data where its prefix says.
    """
    environment = os.path.dirname(os.path.dirname(sys.executable))
    if sys.flags.no_site and os.path.isfile(os.path.join(environment, "pyvenv.cfg")):
        sys.prefix = sys.exec_prefix = environment


def _first_site_packages() -> int:
    """Return where in sys.path the standard library ends."""
    places = [place for place, path in enumerate(sys.path) if path.endswith("site-packages")]
    return places[0] if places else len(sys.path)


def _forget(path: str) -> None:
    """Leave no trace of this package where a module looks for others."""
    package = __name__.partition(".")[0]
    for name in [name for name in sys.modules if name.partition(".")[0] == package]:
        del sys.modules[name]
    for entry in [entry for entry in sys.path_importer_cache if entry.startswith(path)]:
        del sys.path_importer_cache[entry]
    sys.modules.pop("__future__", None)


def _grow(folder: str, plan: dict[str, Any], importer: Importer) -> None:
    """Import all units, each module in a child of a process that has imported its parents."""
    if plan["chain"] and (recorder := importer.recorder):
        _in_child(lambda: Chain(plan, folder, importer, recorder).grow())
        plan["units"] = without_done(plan, folder)
    if plan["units"]:
        _in_child(lambda: Line(plan, folder, importer).walk())
    os._exit(0)


def _in_child(work: Callable[[], None]) -> None:
    child = os.fork()
    if not child:
        work()
        os._exit(0)
    os.waitpid(child, 0)


def _import_here(folder: str, plan: dict[str, Any], importer: Importer) -> None:
    """Import in this process; in a child of it, lest a module end the process that waits."""
    if plan["fork"]:
        child = os.fork()
        if child:
            status = os.waitpid(child, 0)[1]
            with open(f"{folder}/ended", "w") as file:
                file.write(str(status))
            os._exit(0)
    # Held open to the end: faulthandler writes into it when nothing else can run any more.
    stack = open(f"{folder}/trace", "w")  # noqa: SIM115
    faulthandler.enable(stack)
    outcomes = Outcomes(f"{folder}/outcomes/0")
    [(_, _, names)] = plan["units"]
    try:
        for name in names:
            _import_one(name, plan, importer, outcomes, stack)
    except OSError:
        os._exit(NOT_WRITTEN)
    # A thread that a module has started must not hold up the verdict on the import.
    os._exit(0)


def _import_one(
    name: str, plan: dict[str, Any], importer: Importer, outcomes: Outcomes, stack: IO[str]
) -> None:
    faulthandler.dump_traceback_later(plan["seconds"], exit=True, file=stack)
    is_there = name in sys.modules
    for other in plan["before"]:
        importer.import_module(other)
    if not (is_there or importer.loading.has_loaded(name)):
        sys.modules.pop(name, None)  # one of them has put it there, whole or not
    if plan["trace"] and importer.recorder:
        trace(importer.recorder, plan)
    outcome = importer.import_module(name)
    faulthandler.cancel_dump_traceback_later()
    outcomes.note("import", name, outcome)
    if plan["exports"] and "error" not in outcome:
        faulthandler.dump_traceback_later(plan["seconds"], exit=True, file=stack)
        note_exports(name, outcomes)
        faulthandler.cancel_dump_traceback_later()
        if name in plan["stubbed"]:
            outcomes.note("attributes", name, attributes(name))
