"""Every module imported as if it were the first: the fork tree beside one process and fresh ones.

python -m benchmarks.importing_modules [ROUNDS]

All times are seconds of a processor, of this process and of all that it has started: others may
use the machine as well.
"""

import ctypes
import random
import resource
import statistics
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from packaging.specifiers import SpecifierSet
from uv import find_uv_bin

from benchmarks.timing import print_ratios
from modwright_check.model.environment import Environment
from modwright_check.run.environment import create_environment
from modwright_check.run.probe_client import Interpreter
from modwright_check.run.sandbox import ProcessGroup
from modwright_check.static.preload_plan import AtImport, at_import
from modwright_check.static.source import read_sources
from modwright_check.system.side_by_side import cores, side_by_side
from modwright_check.wheel.modules import Module
from modwright_check.wheel.source_map import SourceMap

Way = Callable[[], object]

MODULES, IMPORTS = 1000, 5
SAMPLE = 60  # fresh interpreters that are timed, and multiplied
PACKAGES = ("sqlalchemy", "pandas", "django")
# Held against a fresh interpreter for each module: distributions, and what they import as.
AGAINST_FRESH = {
    "sanic": "sanic",
    "hatch": "hatch",
    "pygments": "pygments",
    "jupyter-server": "jupyter_server",
    "streamlit": "streamlit",
    "yt-dlp": "yt_dlp",
    "prefect": "prefect",
}
FOLDERS, MOST_OWN, OWN_OF_LIBRARY = 20, 10, 3
USUAL = ["argparse", "asyncio", "collections", "dataclasses", "email.message", "enum", "json"]
USUAL += ["logging", "pathlib", "re", "subprocess", "typing", "urllib.parse", "uuid"]
# Loaded by nobody on purpose, or only in a graphical session.
NOT_FOR_IMPORT = {"antigravity", "idlelib", "lib2to3", "test", "this", "tkinter", "turtle"}
# All modules in one process; failures count for nothing.
ONE_PROCESS = """
import sys
for name in sys.stdin.read().split():
    try:
        __import__(name)
    except BaseException:
        pass
"""


@dataclass(frozen=True)
class Subject:
    """What is imported: the names of modules, and by which interpreter."""

    names: list[str]
    asked: AtImport
    interpreter: Interpreter


def synthetic(environment: Environment) -> Subject:
    """Write a package with an empty `__init__`, whose modules import of the standard library."""
    chance = random.Random(1)  # noqa: S311 (nothing secret)
    library = sorted(
        name
        for name in sys.stdlib_module_names
        if not name.startswith("_") and name not in NOT_FOR_IMPORT and _is_there(environment, name)
    )
    package = environment.site_packages / "synthetic"
    package.mkdir()
    (package / "__init__.py").touch()
    for number in range(MODULES):
        lines = [f"import {name}\n" for name in chance.sample(library, IMPORTS)]
        (package / f"module_{number}.py").write_text("".join(lines), "utf-8")
    return subject(environment, "synthetic")


def application(environment: Environment) -> Subject:
    """Write an application: packages with an empty `__init__`, modules that import one another."""
    chance = random.Random(1)  # noqa: S311 (nothing secret)
    root = environment.site_packages / "application"
    for folder in (root, *(root / f"part_{number}" for number in range(FOLDERS))):
        folder.mkdir()
        (folder / "__init__.py").touch()
    written: list[tuple[str, str]] = []
    for number in range(MODULES):
        part, name = f"part_{number % FOLDERS}", f"module_{number}"
        lines = [f"import {name}\n" for name in chance.sample(USUAL, OWN_OF_LIBRARY)]
        several = min(len(written), chance.randint(MOST_OWN // 2, MOST_OWN))
        lines += [f"from application.{a} import {b}\n" for a, b in chance.sample(written, several)]
        lines.append(f"class Class{number}:\n    def method(self): return {number}\n")
        (root / part / f"{name}.py").write_text("".join(lines), "utf-8")
        written.append((part, name))
    return subject(environment, "application")


def _is_there(environment: Environment, name: str) -> bool:
    command = [str(environment.python), "-I", "-c", f"import {name}"]
    return not subprocess.run(command, check=False, capture_output=True).returncode


def subject(environment: Environment, package: str) -> Subject:
    """Return a package without its tests."""
    root = environment.site_packages
    files = [path.relative_to(root) for path in sorted((root / package).rglob("*.py"))]
    modules = tuple(
        Module(_dotted(path), PurePosixPath(path.as_posix()))
        for path in files
        if not {"tests", "testing"} & set(path.parts)
        and all(part.isidentifier() for part in path.with_suffix("").parts)
    )
    sources = SourceMap(None, root, modules)
    own = tuple(str(root / module.path) for module in modules)
    interpreter = Interpreter(environment, own, 60, ProcessGroup())
    names = [module.name for module in modules]
    asked = at_import(read_sources(sources).values(), names)
    return Subject(names, asked, interpreter)


def without_failures(whole: Subject) -> Subject:
    """Return a subject without the modules that do not import."""
    seen = whole.interpreter.import_tree(whole.names, whole.asked, lines=cores())
    return replace(whole, names=[name for name in seen if seen[name].loaded])


def _dotted(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def adopt_orphans() -> None:
    """Have what outlives its parent end as a child of this process, which counts its time."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER


def spent() -> float:
    """Return the seconds of a processor that this process and its children have taken."""
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def whole_check(distribution: str, folder: Path, fresh: float) -> None:
    """Print what a check of a wheel takes, strains and rules and environment, beside fresh ones.

    Args:
        distribution: The latest of its wheels is checked.
        folder: Receives the wheel.
        fresh: Seconds of a fresh interpreter for each module.
    """
    pip = [find_uv_bin(), "run", "--quiet", "--no-project", "--with", "pip", "python", "-m", "pip"]
    of_wheels = ["--no-deps", "--only-binary", ":all:", "--dest", str(folder)]
    subprocess.run([*pip, "download", "--quiet", *of_wheels, distribution], check=True)
    begin = spent()
    for wheel in folder.glob("*.whl"):
        command = [sys.executable, "-m", "modwright", "check", str(wheel), "--format", "json"]
        subprocess.run(command, check=False, capture_output=True)
    taken = spent() - begin
    print(f"  the whole check: {taken:.1f} s, {taken / fresh:.2f} x fresh   goal: at most 0.33")


def compare(title: str, subject: Subject, rounds: int, goal: float | None) -> float:
    """Time all ways in turns; print medians and ratios; return the time of fresh interpreters."""
    interpreter, names = subject.interpreter, subject.names
    one = [str(interpreter.environment.python), "-I", "-c", ONE_PROCESS]

    tree_alone = replace(subject.asked, order={})

    def tree(asked: AtImport, *, record: bool = True) -> None:
        interpreter.import_tree(names, asked, lines=cores(), record=record)

    def fresh() -> None:
        chosen = names[:: max(1, len(names) // SAMPLE)][:SAMPLE]
        side_by_side(interpreter.import_fresh, chosen, cores())

    ways: dict[str, Way] = {
        "one process for all": lambda: subprocess.run(
            one, input=" ".join(names), text=True, check=False, capture_output=True
        ),
        "chain and fork tree": lambda: tree(subject.asked),
        "fork tree alone": lambda: tree(tree_alone),
        "fork tree alone, nothing recorded": lambda: tree(tree_alone, record=False),
        f"a fresh interpreter for each ({SAMPLE} timed)": fresh,
    }
    times: dict[str, list[float]] = {way: [] for way in ways}
    for turn in range(rounds + 1):
        for way, run in ways.items():
            begin = spent()
            run()
            if turn:  # the first round writes bytecode and fills caches
                times[way].append(spent() - begin)
    medians = {way: statistics.median(taken) for way, taken in times.items()}
    for way in medians:
        if way.startswith("a fresh"):
            medians[way] *= len(names) / min(SAMPLE, len(names))
    goals = {"chain and fork tree": goal} if goal else {}
    print_ratios(f"{title}: {len(names)} modules", medians, goals)
    recorded, bare = medians["fork tree alone"], medians["fork tree alone, nothing recorded"]
    print(f"  the recorder: {recorded / bare:5.2f} x   goal: at most 1.05")
    fresh_ones = next(medians[way] for way in medians if way.startswith("a fresh"))
    print(
        f"  beside fresh: {medians['chain and fork tree'] / fresh_ones:5.2f} x   goal: at most 0.33"
    )
    return fresh_ones


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    adopt_orphans()
    with TemporaryDirectory() as folder:
        environment = create_environment(Path(folder).resolve() / "environment", SpecifierSet())
        compare("a package with an empty __init__", synthetic(environment), rounds, 8)
        compare("an application", application(environment), rounds, 8)
        target = ["--quiet", "--python", str(environment.python)]
        command = [find_uv_bin(), "pip", "install", *target, *PACKAGES]
        subprocess.run(command, check=True)
        for package in PACKAGES:
            whole = subject(environment, package)
            compare(package, whole, rounds, 1.5)
            compare(f"{package} without what fails", without_failures(whole), rounds, None)
        for number, (distribution, package) in enumerate(AGAINST_FRESH.items()):
            place = Path(folder).resolve() / str(number)
            environment = create_environment(place, SpecifierSet())
            target = ["--quiet", "--python", str(environment.python)]
            subprocess.run([find_uv_bin(), "pip", "install", *target, distribution], check=True)
            fresh = compare(distribution, subject(environment, package), rounds, None)
            whole_check(distribution, place / "wheel", fresh)


if __name__ == "__main__":
    main()
