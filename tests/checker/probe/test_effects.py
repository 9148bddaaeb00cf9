"""What a module does at import beyond defining things is noted, with the line that does it."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modwright_check.model.import_result import Effect, Outcome
from modwright_check.model.options import Isolation
from tests.checker.laid_out import Laid, lay_out

ON_LINUX = sys.platform == "linux"
HAS_FORK = hasattr(os, "fork")
needs_fork = pytest.mark.skipif(not HAS_FORK, reason="there is no fork here")

# Name: imports, the one line that has the effect, its kind, words of its detail.
EFFECTS: dict[str, tuple[str, str, str, str]] = {
    "prints": ("sys", "print('hello')", "output", "hello"),
    "writes to stderr": ("sys", "sys.stderr.write('oh')", "output", "oh"),
    "writes to a descriptor": ("os", "os.write(1, b'raw')", "output", "raw"),
    "lets a program print": (
        "subprocess",
        "subprocess.run(['echo', 'told'])",
        "output",
        "told",
    ),
    "warns": ("warnings", "warnings.warn('old')", "warning", "UserWarning: old"),
    "warns at length": ("warnings", "warnings.warn('old ' * 50 + 'end')", "warning", "old end"),
    "uses what is deprecated": (
        "warnings",
        "warnings.warn('gone', DeprecationWarning)",
        "warning",
        "DeprecationWarning: gone",
    ),
    "loses a file": ("os", "open(os.devnull).read()", "warning", "ResourceWarning: unclosed file"),
    "writes a file": ("os", "open('new', 'w').close()", "file", "writes the file new"),
    "writes a file by pathlib": ("pathlib", "pathlib.Path('new').write_text('x')", "file", "new"),
    "makes a folder": ("os", "os.mkdir('folder')", "file", "creates the folder folder"),
    "makes a temporary folder": ("tempfile", "tempfile.mkdtemp()", "file", "creates the folder"),
    "moves a file": ("os", "os.rename(os.getcwd(), os.getcwd())", "file", "moves"),
    "opens a database": (
        "sqlite3",
        "sqlite3.connect('x.db').close()",
        "file",
        "opens the database x.db",
    ),
    "connects": (
        "socket",
        "socket.socket(type=socket.SOCK_DGRAM).connect(('127.0.0.1', 9))",
        "network",
        "connects to 127.0.0.1 port 9",
    ),
    "binds a socket": (
        "socket",
        "socket.socket().bind(('127.0.0.1', 0))",
        "network",
        "binds a socket to 127.0.0.1 port 0",
    ),
    "looks up a name": ("socket", "socket.gethostbyaddr('127.0.0.1')", "network", "looks up"),
    "runs a program": (
        "subprocess",
        "subprocess.run(['true'])",
        "program",
        "starts the program true",
    ),
    "runs a shell": ("os", "os.system('true; exit')", "program", "starts the program true;"),
    "runs what is given to asyncio": (
        "asyncio",
        "asyncio.run(asyncio.create_subprocess_exec('true'))",
        "program",
        "starts the program true",
    ),
    "has Python run what it knows": (
        "platform",
        "platform.processor()",
        "question",
        "platform.processor, which starts the program uname",
    ),
    "has Python run what it knows, by a method": (
        "platform",
        "platform.uname()[0]",
        "question",
        "platform.uname_result.__getitem__, which starts the program uname",
    ),
    "forks": ("os", "os.fork() or os._exit(0)", "program", "forks"),
    "sends a signal": ("os", "os.kill(os.getpid(), 0)", "kill", "sends a signal to"),
    "starts a thread": ("threading", "threading.Thread(target=print).start()", "thread", "print"),
    "starts a timer": ("threading", "threading.Timer(9, print).start()", "thread", "runs"),
    "starts a pool": (
        "concurrent.futures",
        "concurrent.futures.ThreadPoolExecutor(1).submit(abs, 1)",
        "thread",
        "runs",
    ),
    "registers something to do at exit": ("atexit", "atexit.register(print)", "atexit", "1"),
    "handles a signal": (
        "signal",
        "signal.signal(signal.SIGUSR1, signal.SIG_IGN)",
        "signal",
        "SIGUSR1",
    ),
    "sets the locale": ("locale", "locale.setlocale(locale.LC_ALL, 'C')", "locale", "C"),
    "changes the working directory": (
        "os",
        "os.chdir('/')",
        "folder",
        "changes the working directory to /",
    ),
    "changes the umask": ("os", "os.umask(0o077)", "umask", "63"),
    "sets a variable": (
        "os",
        "os.environ['SAID'] = 'x'",
        "environment",
        "sets the environment variable SAID",
    ),
    "removes a variable": (
        "os",
        "os.environ.pop('PATH')",
        "environment",
        "removes the environment variable PATH",
    ),
    "adds to sys.path": ("sys", "sys.path.append('/nowhere')", "path", "adds /nowhere"),
    "turns sys.path round": ("sys", "sys.path.reverse()", "path", "changes its order"),
    "configures logging": ("logging", "logging.basicConfig()", "logging", ""),
    "sets the root logger's level": ("logging", "logging.root.setLevel(10)", "logging", ""),
    "disables logging": ("logging", "logging.disable()", "logging", ""),
    "has logging take warnings": ("logging", "logging.captureWarnings(True)", "logging", ""),
    "silences warnings": ("warnings", "warnings.simplefilter('ignore')", "filters", ""),
    "lets integers have any number of digits": (
        "sys",
        "sys.set_int_max_str_digits(0)",
        "interpreter",
        "sys.set_int_max_str_digits",
    ),
    "raises the recursion limit": (
        "sys",
        "sys.setrecursionlimit(5000)",
        "interpreter",
        "sys.setrecursionlimit",
    ),
    "replaces stdout": ("io, sys", "sys.stdout = io.StringIO()", "interpreter", "sys.stdout"),
    "replaces the exception hook": (
        "sys",
        "sys.excepthook = print",
        "interpreter",
        "sys.excepthook",
    ),
    "switches the garbage collector off": ("gc", "gc.disable()", "interpreter", "gc"),
    "sets a timeout for all sockets": (
        "socket",
        "socket.setdefaulttimeout(3)",
        "interpreter",
        "socket.setdefaulttimeout",
    ),
    "chooses how processes start": (
        "multiprocessing",
        "multiprocessing.set_start_method('spawn')",
        "interpreter",
        "multiprocessing.set_start_method",
    ),
    "reckons with another precision": (
        "decimal",
        "decimal.getcontext().prec = 50",
        "interpreter",
        "decimal.setcontext",
    ),
    "changes the command line": ("sys", "sys.argv.append('-v')", "interpreter", "sys.argv"),
    "hides tracebacks": (
        "sys",
        "sys.tracebacklimit = 0",
        "interpreter",
        "sys.tracebacklimit",
    ),
    "lets fields of tables be longer": (
        "csv",
        "csv.field_size_limit(9)",
        "interpreter",
        "csv.field_size_limit",
    ),
    "traces memory": ("tracemalloc", "tracemalloc.start()", "interpreter", "tracemalloc.start"),
    "traces": ("sys", "sys.setprofile(None)", "interpreter", "sys.setprofile"),
    "installs a finder": (
        "sys",
        "sys.meta_path.append(type('Finder', (), {'find_spec': lambda *a: None})())",
        "hook",
        "Finder",
    ),
    "installs a finder of a name that is there": (
        "sys",
        "sys.meta_path.append(type('PathFinder', (), {'find_spec': lambda *a: None})())",
        "hook",
        "PathFinder",
    ),
    "installs a path hook": ("sys", "sys.path_hooks.append(no_hook)", "hook", "a path hook"),
    "patches": ("json", "json.loads = own", "patch", "json.loads"),
    "adds to a module": ("json", "json.shout = own", "patch", "json.shout"),
    "patches by setattr": ("json", "setattr(json, 'dumps', own)", "patch", "json.dumps"),
    "adds a builtin": ("builtins", "builtins.shout = own", "builtins", "shout"),
    "replaces a builtin": ("builtins", "builtins.ascii = own", "builtins", "ascii"),
    "leaves a file open": ("os", "os.open(os.__file__, os.O_RDONLY)", "descriptor", "os.py"),
    "leaves a temporary file open": (
        "tempfile",
        "own.kept = tempfile.TemporaryFile()",
        "descriptor",
        "a temporary file",
    ),
    "leaves a pipe open": ("os", "os.pipe()", "descriptor", "pipe"),
    "asks": ("sys", "ask()", "input", "waits for input()"),
}
# What the lines need.
BEGIN = """\
import {imports}

def own(*_): ...

def no_hook(path): raise ImportError

def ask():
    try: return input()
    except EOFError: return ''

"""
ONLY_ON_LINUX = {"descriptor"}

# Where the line stands.
PLACES = {
    "at the top": "{line}\n",
    "in a function that is called": "def main():\n    {line}\nmain()\n",
    "in a class body": "class Settings:\n    {line}\n",
    "in a loop": "for _ in range(3):\n    {line}\n    break\n",
    "in a try": "try:\n    {line}\nfinally:\n    pass\n",
    "in a function that a builtin calls": "def f(_): {line}\nlist(map(f, [1]))\n",
}
IN_FULL = {"in a function that is called"}


def _marks(place: str) -> list[pytest.MarkDecorator]:
    if place == "at the top":
        return []
    return [pytest.mark.full if place in IN_FULL else pytest.mark.release]


IN_TIERS = [pytest.param(place, marks=_marks(place)) for place in PLACES]
HARMLESS = {
    "makes sure of the folder it runs in": "import os; os.makedirs('.', exist_ok=True)",
    "catches warnings and lets them go": (
        "import warnings\nwith warnings.catch_warnings():\n  warnings.simplefilter('ignore')\n"
        "  warnings.warn('old')"
    ),
    "silences warnings while it imports": (
        "import warnings\nwith warnings.catch_warnings():\n  warnings.simplefilter('ignore')\n"
        "  import json.tool"
    ),
    "silences stdout while it imports": (
        "import contextlib, io\nwith contextlib.redirect_stdout(io.StringIO()):\n  import json.tool"
    ),
    "gets a logger": (
        "import logging\nlog = logging.getLogger(__name__)\nlog.addHandler(logging.NullHandler())\n"
        "log.setLevel(10)\nlog.debug('nothing')"
    ),
    "makes locks": (
        "import threading\nlocks = [threading.Lock(), threading.RLock(), threading.Event()]\n"
        "local = threading.local()"
    ),
    "makes a lock for processes": "import multiprocessing\nlock = multiprocessing.Lock()",
    "asks how processes start": "import multiprocessing\nmultiprocessing.get_start_method()",
    "reckons": (
        "import decimal\nwith decimal.localcontext() as context:\n  context.prec = 3\n"
        "  third = 1 / decimal.Decimal(3)"
    ),
    "makes a queue": "import queue\nwaiting = queue.Queue()",
    "prepares a pool": (
        "import concurrent.futures\npool = concurrent.futures.ThreadPoolExecutor()"
    ),
    "asks where temporary files go": "import tempfile\nfolder = tempfile.gettempdir()",
    "reads a variable": "import os\nhome = os.environ.get('HOME')\nos.getenv('NO_SUCH')",
    "reads its own source": "with open(__file__) as file:\n  text = file.read()",
    "reads a text beside it": (
        "from importlib.resources import files\nfiles('json').joinpath('tool.py').read_text()"
    ),
    "has a database in memory": "import sqlite3\nsqlite3.connect(':memory:').close()",
    "makes a socket": "import socket\nsocket.socket().close()",
    "names what runs programs": "import subprocess\nrun = subprocess.run",
    "looks at paths": "from pathlib import Path\nhere = Path(__file__).parent\nhere.exists()",
    "looks at the signal handlers": "import signal\nsignal.getsignal(signal.SIGINT)",
    "looks at the locale": "import locale\nlocale.getlocale()",
    "looks at the working directory": "import os\nos.getcwd()",
    "adds to sys.path and takes it away": (
        "import sys\nsys.path.insert(0, 'x')\ntry:\n  import json\nfinally:\n  sys.path.remove('x')"
    ),
    "goes elsewhere within a with": "import contextlib\nnull = contextlib.nullcontext()",
    "redirects stdout for a while": (
        "import contextlib, io\nwith contextlib.redirect_stdout(io.StringIO()):\n  print('x')"
    ),
    "prints nothing": "print('', end='')",
    "has attributes of its own objects": "class A: ...\nA.b = 1\nA().c = 2\nsetattr(A, 'd', 3)",
    "has a name of a builtin": "def print(): ...\nid = 1",
    "patches itself": "import sys\nsys.modules[__name__].one = 1",
    "makes an enumeration and a dataclass": (
        "import enum, dataclasses\nclass C(enum.Enum):\n  A = 1\n"
        "@dataclasses.dataclass\nclass D:\n  a: int = 1"
    ),
    "compiles a pattern": "import re\npattern = re.compile('x+')",
    "catches a signal in a function": "import signal\ndef main(): signal.signal(2, print)",
    "registers a type": (
        "import numbers, collections.abc\n@numbers.Number.register\nclass N: ...\n"
        "collections.abc.Sized.register(N)"
    ),
    "imports asyncio and multiprocessing": "import asyncio, multiprocessing",
    "imports what has much to do": "import ctypes, decimal, email, http.server, unittest, zoneinfo",
}
if sys.version_info >= (3, 14):  # it starts the process that will clean up after such locks
    lock = "multiprocessing.Lock()"
    EFFECTS["makes a lock for processes"] = ("multiprocessing", lock, "descriptor", "pipe")
    del HARMLESS["makes a lock for processes"]
DEPENDENCIES = {
    "lib.py": "def act(): print('hello')",
    "lib_settles.py": "import sys\ndef act(): sys.path.append('/nowhere')",
    "loud.py": "print('hello')",
    "loud_settles.py": "import sys\nsys.path.append('/nowhere')",
    "outer.py": "import loud",
}
# With them there are enough modules for the tree.
OTHERS = {"other_1.py": "", "other_2.py": ""}


def line_of(source: str, words: str) -> int:
    return source[: source.index(words)].count("\n") + 1


def alone(effects: tuple[Effect, ...], kind: str) -> list[Effect]:
    return [effect for effect in effects if effect.kind == kind]


def noted(project: Laid, name: str) -> tuple[Effect, ...]:
    """Import in the tree, and where the tree knows no line, with a look after each line."""
    effects = (project.in_tree()[name] if HAS_FORK else project.fresh(name)).effects
    kinds = {effect.kind for effect in effects if effect.own and effect.file is None}
    traced = project.fresh(name, trace=sorted(kinds)).effects if kinds else ()
    lines = (effect for effect in traced if effect.kind in kinds)
    return (*(effect for effect in effects if effect.kind not in kinds), *lines)


@pytest.mark.parametrize("place", IN_TIERS)
@pytest.mark.parametrize("what", EFFECTS)
def test_an_effect_is_noted_at_its_line(what: str, place: str, tmp_path: Path) -> None:
    source, kind, words = _source(what, place)
    project = lay_out(tmp_path, {"effect.py": source}, suspects=["effect"])
    [effect] = alone(noted(project, "effect"), kind)
    assert words in effect.detail
    assert effect.own
    if kind != "atexit":
        marked = "input()" if what == "asks" else EFFECTS[what][1]
        assert (effect.file, effect.line) == (
            project.interpreter.own[0],
            line_of(source, marked),
        )


@pytest.mark.full
@pytest.mark.parametrize("what", EFFECTS)
def test_an_effect_is_noted_in_a_fresh_interpreter_at_its_line(what: str, tmp_path: Path) -> None:
    source, kind, words = _source(what, "at the top")
    project = lay_out(tmp_path, {"effect.py": source}, suspects=["effect"])
    [effect] = alone(project.fresh("effect", trace=[kind]).effects, kind)
    assert words in effect.detail
    marked = "input()" if what == "asks" else EFFECTS[what][1]
    assert effect.line == line_of(source, marked)


def _source(what: str, place: str) -> tuple[str, str, str]:
    imports, line, kind, words = EFFECTS[what]
    if kind in ONLY_ON_LINUX and not ON_LINUX:
        pytest.skip("only Linux shows it")
    if os.name == "nt" and kind in {"signal", "umask", "kill", "program", "question"}:
        pytest.skip("it is POSIX's")
    return BEGIN.format(imports=imports) + PLACES[place].format(line=line), kind, words


def test_what_looks_like_an_effect_is_none(tmp_path: Path) -> None:
    files = {f"look_{number}.py": source for number, source in enumerate(HARMLESS.values())}
    ways = {f"look_{number}": way for number, way in enumerate(HARMLESS)}
    project = lay_out(tmp_path, files, suspects=list(ways))
    outcomes = project.imported()
    failed = {ways[name]: one.message for name, one in outcomes.items() if not one.loaded}
    assert failed == {}
    own = {ways[name]: _own(outcome) for name, outcome in outcomes.items()}
    assert {way: effects for way, effects in own.items() if effects} == {}


def _own(outcome: Outcome) -> list[Effect]:
    return [effect for effect in outcome.effects if effect.own]


UNDONE = {
    "filters": (
        "import warnings\nwith warnings.catch_warnings():\n  warnings.simplefilter('ignore')\n"
        "warnings.simplefilter('error')  # stays"
    ),
    "path": (
        "import sys\nsys.path.append('a')\nimport json.tool\nsys.path.remove('a')\n"
        "sys.path.append('b')  # stays"
    ),
    "interpreter": (
        "import contextlib, io, sys\nwith contextlib.redirect_stdout(io.StringIO()): pass\n"
        "sys.stdout = io.StringIO()  # stays"
    ),
}


@pytest.mark.parametrize("kind", UNDONE)
def test_what_is_undone_is_none_beside_what_stays(kind: str, tmp_path: Path) -> None:
    source = UNDONE[kind]
    project = lay_out(tmp_path, {"effect.py": source})
    [effect] = alone(noted(project, "effect"), kind)
    assert effect.line == line_of(source, "# stays")


CALLED = {
    "thread": "import threading\ndef act(): threading.Thread(target=print).start()",
    "file": (
        "import os, threading\ndef write(): os.mkdir('new')\ndef act():\n"
        "  thread = threading.Thread(target=write)\n  thread.start()\n  thread.join()"
    ),
    "path": "import sys\ndef act(): sys.path.append('/nowhere')",
    "warning": "import warnings\ndef act(): warnings.warn('old', stacklevel=1)",
    "environment": "import os\nclass Act:\n  def __init__(self): os.environ['X'] = 'y'\nact = Act",
}


@pytest.mark.parametrize("kind", CALLED)
def test_what_a_function_of_ones_own_does_is_told_of_the_module_that_calls_it(
    kind: str, tmp_path: Path
) -> None:
    service = "from helpers import act\n\n\ndef start():\n  return act()\n\n\nSTARTED = start()\n"
    user = "import service\n"
    project = lay_out(
        tmp_path, {"helpers.py": CALLED[kind], "service.py": service, "user.py": user}
    )
    files = {Path(file).name: file for file in project.interpreter.own}
    for name in ("service", "user"):
        [effect] = alone(noted(project, name), kind)
        assert (effect.own, effect.file, effect.line) == (True, files["service.py"], 5)
    assert alone(noted(project, "helpers"), kind) == []


@pytest.mark.parametrize("library", ["lib", "lib_settles"])
def test_what_a_library_does_when_it_is_called_is_the_callers_doing(
    library: str, tmp_path: Path
) -> None:
    files = {"app.py": f"import {library}\n\n\n{library}.act()"}
    project = lay_out(tmp_path, files, DEPENDENCIES)
    [effect] = noted(project, "app")
    assert (effect.own, effect.file, effect.line) == (True, project.interpreter.own[0], 4)


@pytest.mark.parametrize("library", ["loud", "loud_settles", "outer"])
def test_what_a_library_does_when_it_is_imported_is_its_own_doing(
    library: str, tmp_path: Path
) -> None:
    project = lay_out(tmp_path, {"app.py": f"\nimport {library}"}, DEPENDENCIES)
    [effect] = noted(project, "app")
    assert not effect.own
    fresh = project.fresh("app").effects
    assert [effect.own for effect in fresh] == [False]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells which descriptors are open")
def test_a_library_that_closes_later_has_the_probe_leave_nothing_open(tmp_path: Path) -> None:
    """As gevent does once it has put its own functions in the place of those of os."""
    later = {"later.py": "import os\nos.close = lambda _descriptor: None"}
    files = {"app.py": "import later\nkept = later.os.open('/', 0)\nimport json.tool"}
    project = lay_out(tmp_path, files, later)
    [effect] = [each for each in project.fresh("app").effects if each.own]
    assert (effect.kind, effect.detail) == ("descriptor", "/")


def test_a_module_that_computes_is_not_charged_with_what_comes_after(tmp_path: Path) -> None:
    busy = "for number in range(20_000):\n    number\nimport loud\nimport json.tool\n"
    project = lay_out(tmp_path, {"busy.py": busy, "loud.py": "\nprint('hello')\nimport json"})
    [effect] = project.fresh("busy", trace=["output"]).effects
    assert Path(effect.file or "").name == "loud.py"
    assert effect.line == 2


def test_an_effect_belongs_to_the_module_that_has_it_not_to_its_importers(tmp_path: Path) -> None:
    files = {
        "app/__init__.py": "",
        "app/loud.py": "\n\nprint('hello')",
        "app/user.py": "from app import loud",
    }
    project = lay_out(tmp_path, files)
    file = next(file for file in project.interpreter.own if file.endswith("loud.py"))
    outcomes = project.imported()
    assert [(e.file, e.line) for e in outcomes["app.loud"].effects] == [(file, 3)]
    assert outcomes["app.user"].effects == outcomes["app"].effects == ()


def test_what_a_package_has_done_is_not_its_modules_doing(tmp_path: Path) -> None:
    files = {
        "app/__init__.py": "import os, sys\nprint('x')\nsys.path.append('x')\nos.umask(0)",
        "app/quiet.py": "",
        **OTHERS,
    }
    outcomes = lay_out(tmp_path, files).imported()
    assert {effect.kind for effect in outcomes["app"].effects} == {"output", "path", "umask"}
    assert outcomes["app.quiet"].effects == ()


@pytest.mark.parametrize("isolation", Isolation)
def test_every_effect_is_noted_once(isolation: Isolation, tmp_path: Path) -> None:
    source = "import os\nfor _ in range(5):\n    os.environ['A'] = 'x'\n    print('hello')"
    outcome = lay_out(tmp_path, {"app.py": source, **OTHERS}).imported(isolation)["app"]
    assert sorted((e.kind, e.line) for e in outcome.effects if e.kind != "output") == [
        ("environment", 3)
    ]
    assert {(e.kind, e.line) for e in outcome.effects} == {("environment", 3), ("output", 4)}


def test_no_value_of_a_variable_is_noted(tmp_path: Path) -> None:
    source = "import os\nos.environ['TOKEN'] = 'secret'\nos.putenv('KEY', 'secret')"
    effects = lay_out(tmp_path, {"app.py": source, **OTHERS}).imported()["app"].effects
    assert len(effects) == 2
    assert "secret" not in repr(effects)


@needs_fork
@pytest.mark.full
@settings(max_examples=8, deadline=None)
@given(chosen=st.lists(st.sampled_from(sorted(EFFECTS)), min_size=1, max_size=4, unique=True))
def test_the_same_modules_have_the_same_effects_every_time(
    chosen: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    files = {f"m{number}.py": _source(what, "at the top")[0] for number, what in enumerate(chosen)}
    project = lay_out(tmp_path_factory.mktemp("same"), files)
    first, second = _told(project), _told(project)
    assert first == second


def _told(project: Laid) -> dict[str, list[tuple[str, str | None, int | None]]]:
    # Not the details: folders and ports are others each time.
    return {
        name: [(effect.kind, effect.file, effect.line) for effect in outcome.effects]
        for name, outcome in project.imported().items()
    }


@pytest.mark.skipif(os.name == "nt", reason="Windows deletes no folder that somebody is in")
def test_a_folder_that_is_made_is_noted_though_the_working_directory_is_gone(
    tmp_path: Path,
) -> None:
    source = (
        "import os\nhere = os.path.abspath('here')\nos.mkdir(here)\nos.chdir(here)\n"
        f"os.rmdir(here)\nos.mkdir({str(tmp_path / 'there')!r})\n"
    )
    outcome = lay_out(tmp_path, {"own.py": source}).fresh("own")
    made = [each.line for each in outcome.effects if each.detail.startswith("creates the folder")]
    assert made == [3, 6]
