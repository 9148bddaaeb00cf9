"""Modules that import, but not in every circumstance that they will meet."""

import os
from pathlib import Path
from threading import Event, Thread, get_ident
from time import sleep
from zipfile import ZipFile

import pytest

from modwright_check.collect.stress import import_strained
from modwright_check.model.import_result import EVEN_WITH_A_HOME, Outcome
from modwright_check.probe import strains
from modwright_check.run.probe_client import Interpreter, Strain
from modwright_check.static.preload_plan import at_import
from tests.checker.laid_out import Laid, lay_out

HAS_FORK = hasattr(os, "fork")
NEEDS_FORK = pytest.mark.skipif(not HAS_FORK, reason="no fork here")
FORKS = [
    pytest.param(True, marks=NEEDS_FORK),
    pytest.param(False, marks=pytest.mark.full),
]

# Code of the strain: ways to fail under it, and its harmless twins.
STRAINED: dict[str, tuple[list[str], list[str]]] = {
    "MW707": (
        [
            "def f():\n  '''Text.'''\nf.__doc__.strip()",
            "'''Text.'''\n__doc__.splitlines()",
            "done = []\nassert not done.append(1)\ndone[0]",
        ],
        [
            "def f():\n  '''Text.'''\n(f.__doc__ or '').strip()",
            "done = []\ndone.append(1)\nassert done\ndone[0]",
        ],
    ),
    "MW708": (
        [
            "import sys\nsys.stdout.write('')",
            "import sys\nsys.stderr.isatty()",
            "import sys\ncolour = sys.stdout.encoding",
            "import sys\nassert sys.stdout",
        ],
        [
            "import sys\nif sys.stdout: sys.stdout.write('')",
            "import sys\ncolour = getattr(sys.stdout, 'encoding', None)",
            "print('', end='')",
        ],
    ),
    "MW710": (
        [
            "with open(__file__) as file:\n  file.read()\n# é",
            "print('\\xe9')",
            "import locale\nencoding = locale.getpreferredencoding(False)\n"
            "if encoding.upper() != 'UTF-8': raise ValueError",
        ],
        [
            "with open(__file__, encoding='utf-8') as file:\n  file.read()\n# é",
            "with open(__file__) as file:\n  file.read()\n# e",
            "text = 'é'",
        ],
    ),
    "MW711": (
        [
            "import asyncio\nasync def main(): ...\ntry:\n  c = main()\n  asyncio.run(c)\n"
            "finally:\n  c.close()",
            "import asyncio\nloop = asyncio.new_event_loop()\n"
            "async def main(): ...\nc = main()\ntry:\n  loop.run_until_complete(c)\n"
            "finally:\n  c.close(); loop.close()",
        ],
        [
            "import asyncio\nasync def main(): ...\ndef run(): asyncio.run(main())",
            "import asyncio\nlock = asyncio.Lock()",
        ],
    ),
    "MW712": (
        [
            "import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)",
            "import threading\nassert threading.current_thread() is threading.main_thread()",
            "import asyncio, threading\n"
            "if threading.current_thread() is not threading.main_thread():\n"
            "  asyncio.get_running_loop()",
        ],
        [
            "import signal, threading\nif threading.current_thread() is threading.main_thread():\n"
            "  signal.signal(signal.SIGINT, signal.default_int_handler)",
            "import threading\nlock = threading.Lock()\nwith lock: pass",
            "import signal\nsignal.getsignal(signal.SIGINT)",
        ],
    ),
    "MW713": (
        ["stop = exit", "quit.__call__", "import builtins\nbuiltins.copyright"],
        ["import sys\nstop = sys.exit", "def main(): exit()", "def exit(): ...\nexit()"],
    ),
    "MW715": (
        [
            "from pathlib import Path\nCACHE = Path.home() / '.cache'",
            "import os\nHOME = os.environ.get('HOME') or os.environ['USERPROFILE']",
        ],
        [
            "from pathlib import Path\ndef cache(): return Path.home() / '.cache'",
            "import os.path\nCACHE = os.path.expanduser('~/.cache')",
            "import os\nHOME = os.environ.get('HOME', '/')",
        ],
    ),
    EVEN_WITH_A_HOME: (
        ["import getpass\nUSER = getpass.getuser()"],
        ["import getpass\ndef user(): return getpass.getuser()"],
    ),
}
Cases = list[tuple[str, str]]
CASES = [(code, source) for code, (failing, _) in STRAINED.items() for source in failing]
TWINS = [(code, source) for code, (_, twins) in STRAINED.items() for source in twins]


def with_and_without_fork(cases: Cases) -> list[object]:
    """Return what to try with fork, and what without.

    Without fork every module is imported afresh under every strain. What fork has found is
    confirmed in just that way, so the first of each strain shows what there is to show, and the
    others are for a release.
    """
    first = list({code: (code, source) for code, source in reversed(cases)}.values())
    others = [case for case in cases if case not in first]
    return [
        pytest.param(True, cases, marks=NEEDS_FORK, id="fork"),
        pytest.param(False, first, marks=pytest.mark.full, id="no fork"),
        pytest.param(False, others, marks=pytest.mark.release, id="no fork, all others"),
    ]


def strained(
    project: Laid, *, fork: bool, zip_file: Path | None = None, event_loop: bool = True
) -> dict[str, set[str]]:
    """Return the strains under which a module fails, by its name."""
    seen = import_strained(
        project.interpreter,
        project.names,
        at_import(project.read.values(), project.names),
        zip_file=str(zip_file) if zip_file else None,
        fork=fork,
        event_loop=event_loop,
        reads_utf8=False,
    )
    assert not any(outcome.loaded for outcome in seen.values())
    found: dict[str, set[str]] = {}
    for code, name in seen:
        found.setdefault(name, set()).add(code)
    return found


@pytest.mark.parametrize(("fork", "cases"), with_and_without_fork(CASES))
def test_a_module_that_fails_under_one_strain_is_found_whatever_the_others_hide(
    fork: bool, cases: Cases, tmp_path: Path
) -> None:
    files = {f"fails_{number}.py": source for number, (_, source) in enumerate(cases)}
    expected = {f"fails_{number}": {code, code[:5]} for number, (code, _) in enumerate(cases)}
    project = lay_out(tmp_path, files)
    assert {name for name in project.names if not project.fresh(name).loaded} == set()
    assert strained(project, fork=fork) == expected


@pytest.mark.parametrize(("fork", "twins"), with_and_without_fork(TWINS))
def test_its_harmless_twin_is_not(fork: bool, twins: Cases, tmp_path: Path) -> None:
    files = {f"twin_{number}.py": source for number, (_, source) in enumerate(twins)}
    project = lay_out(tmp_path, files)
    assert {name for name in project.names if not project.fresh(name).loaded} == set()
    assert strained(project, fork=fork) == {}


def test_each_strain_has_failures_and_twins() -> None:
    assert all(failing and twins for failing, twins in STRAINED.values())


@pytest.mark.parametrize("fork", FORKS)
def test_a_zip_file_is_a_strain_when_it_is_promised(fork: bool, tmp_path: Path) -> None:
    files = {
        "app/__init__.py": "",
        "app/reads.py": (
            "from pathlib import Path\ntext = Path(__file__).with_name('data.txt').read_text()"
        ),
        "app/finds.py": (
            "from importlib.resources import files\n"
            "text = files('app').joinpath('data.txt').read_text()"
        ),
        "app/data.txt": "text",
    }
    python = {name: text for name, text in files.items() if name.endswith(".py")}
    data = {name: text for name, text in files.items() if name not in python}
    project = lay_out(tmp_path, python, data)
    wheel = tmp_path / "promised.whl"
    with ZipFile(wheel, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    assert strained(project, fork=fork) == {}
    assert strained(project, fork=fork, zip_file=wheel) == {"app.reads": {"MW709"}}


def test_a_library_that_fails_under_strain_is_told_of_its_users(tmp_path: Path) -> None:
    files = {f"app_{letter}.py": "\nimport lib" for letter in "abc"} | {"other.py": ""}
    project = lay_out(tmp_path, files, {"lib.py": "import sys\nsys.stdout.write('')"})
    assert strained(project, fork=HAS_FORK) == {f"app_{letter}": {"MW708"} for letter in "abc"}


@pytest.mark.parametrize(
    "library", ["import asyncio", "import _asyncio", "from concurrent import futures"]
)
def test_a_loop_runs_where_asyncio_is_there_to_notice_it(library: str, tmp_path: Path) -> None:
    notices = "import lib\nif lib.a_loop_runs(): raise RuntimeError"
    runs = f"{library}\nimport sys\ndef a_loop_runs():\n  if 'asyncio' in sys.modules: return "
    runs += "sys.modules['asyncio']._get_running_loop()"
    project = lay_out(tmp_path, {"app.py": notices}, {"lib.py": runs})
    loads_asyncio = project.fresh("app").loads_asyncio
    assert loads_asyncio == ("asyncio" in library)
    found = strained(project, fork=HAS_FORK, event_loop=loads_asyncio)
    assert found == ({"app": {"MW711"}} if loads_asyncio else {})


def test_modules_that_only_disturb_one_another_do_not_fail(tmp_path: Path) -> None:
    takes = "import builtins\nif hasattr(builtins, 'taken'): raise RuntimeError\nbuiltins.taken = 1"
    project = lay_out(tmp_path, {f"takes_{number}.py": takes for number in range(10)})
    assert strained(project, fork=HAS_FORK) == {}


def test_what_fails_for_the_same_reason_is_imported_alone_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone: list[str] = []
    import_fresh = Interpreter.import_fresh

    def counted(self: Interpreter, name: str, *, strain: Strain) -> Outcome:
        alone.append(name)
        return import_fresh(self, name, strain=strain)

    monkeypatch.setattr(Interpreter, "import_fresh", counted)
    files = {f"user_{number}.py": "import base" for number in range(10)}
    project = lay_out(tmp_path, files | {"base.py": "import sys\nsys.stdout.write('')"})
    assert strained(project, fork=HAS_FORK) == {name: {"MW708"} for name in project.names}
    assert alone == ["base"]


@pytest.mark.full
def test_what_only_others_keep_from_importing_does_not_fail_for_the_same_reason(
    tmp_path: Path,
) -> None:
    base = "taken = []\ndef take():\n  if taken: raise RuntimeError\n  taken.append(1)"
    files = {f"takes_{number}.py": "import base\nbase.take()" for number in range(10)}
    assert strained(lay_out(tmp_path, files | {"base.py": base}), fork=HAS_FORK) == {}


def test_modules_that_end_the_process_under_a_strain_are_all_found(tmp_path: Path) -> None:
    ends = "import os, sys\nif sys.stdout is None: os._exit(7)"
    files = {f"ends_{number}.py": ends for number in range(6)} | {"fine.py": "", "last.py": ends}
    found = strained(lay_out(tmp_path, files), fork=HAS_FORK)
    assert found == {name.removesuffix(".py"): {"MW708"} for name in files if name != "fine.py"}


def test_what_is_in_a_package_that_ends_the_process_is_not_tried_beside_it(tmp_path: Path) -> None:
    ends = tmp_path / "ends"
    package = f"""
        import os, sys
        if sys.stdout is None:
            open({str(ends)!r}, "a").write("x")
            os._exit(7)
    """
    modules = {f"app/m{number}.py": "" for number in range(6)}
    project = lay_out(tmp_path, {"app/__init__.py": package} | modules)
    assert strained(project, fork=HAS_FORK) == {name: {"MW708"} for name in project.names}
    assert len(ends.read_text("utf-8")) == 3  # under several strains, under its own, and alone


def test_a_thread_that_the_package_needs_does_not_count_as_failure(tmp_path: Path) -> None:
    files = {
        "app/__init__.py": (
            "import threading, time\n"
            "threading.Thread(target=time.sleep, args=(60,), daemon=True).start()"
        ),
        "app/inside.py": "",
        "app/in_/__init__.py": "",
        "app/in_/deep.py": "",
    }
    assert strained(lay_out(tmp_path, files), fork=HAS_FORK) == {}


@NEEDS_FORK
def test_what_is_imported_in_a_thread_is_handed_back_whole(tmp_path: Path) -> None:
    files = {"app/__init__.py": ""} | {
        f"app/{name}.py": "import re\nre.compile('a')" for name in "abcd"
    }
    project = lay_out(tmp_path, files)
    asked = at_import(project.read.values(), project.names)
    strain = Strain(within=("thread",))
    seen = project.interpreter.import_tree(project.names, asked, lines=1, strain=strain)
    assert {name: outcome.message for name, outcome in seen.items()} == dict.fromkeys(
        project.names, ""
    )


@pytest.mark.parametrize("listed_in", [strains._THREADS, "/is/not/there"])
def test_other_threads_are_not_waited_for_whether_or_not_the_system_lists_them(
    listed_in: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        sleep(seconds)

    monkeypatch.setattr(strains, "_THREADS", listed_in)
    monkeypatch.setattr(strains, "sleep", wait)
    stop = Event()
    Thread(target=stop.wait, daemon=True).start()  # as faulthandler has one, which watches
    imported: list[int] = []
    strains.under(["thread"], lambda: imported.append(get_ident()))
    stop.set()
    assert len(waits) < strains._PATIENCE
    assert imported != [get_ident()]
