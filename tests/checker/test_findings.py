"""What is said of an import: each way to break it, and what only looks like one."""

import os
import sys

import pytest

from tests.checker.conftest import Import

ON_POSIX = pytest.mark.skipif(os.name == "nt", reason="signals and forks are POSIX's")

# Name: source, code, line, words of the message. Line 1 imports what the rest needs.
BROKEN: dict[str, tuple[str, str, int | None, str]] = {
    "exits": ("import sys\nsys.exit(0)", "MW102", 2, "sys.exit(0)"),
    "exits without a word": ("\n\nraise SystemExit", "MW102", 3, "sys.exit()"),
    "exits with a reason": ("import sys\nsys.exit('bad day')", "MW102", 2, "sys.exit(bad day)"),
    "exits by a class of its own": (
        "class Quit(SystemExit): ...\nraise Quit(3)",
        "MW102",
        2,
        "sys.exit(3)",
    ),
    "reads options that are not there": (
        "import argparse\np = argparse.ArgumentParser()\np.add_argument('x')\np.parse_args()",
        "MW102",
        4,
        "sys.exit(2)",
    ),
    "exits at once": ("import os\nos._exit(0)", "MW102", 2, "os._exit(0)"),
    "exits at once with a code": ("import os\nos._exit(7)", "MW102", 2, "os._exit(7)"),
    "raises": ("\nraise ValueError('no such day')", "MW101", 2, "ValueError: no such day"),
    "raises without a word": ("\nraise ValueError", "MW101", 2, "ValueError"),
    "misses a variable below its own end": (
        "exec(compile('\\n' * 99 + \"import os; os.environ['NOSUCH']\", __file__, 'exec'))",
        "MW101",
        100,
        "KeyError: 'NOSUCH'",
    ),
    "misses an argument below its own end": (
        "exec(compile('\\n' * 99 + 'import sys; sys.argv[99]', __file__, 'exec'))",
        "MW101",
        100,
        "IndexError: list index out of range",
    ),
    "is interrupted": ("\nraise KeyboardInterrupt", "MW101", 2, "KeyboardInterrupt"),
    "asks somebody": ("\ninput('Name: ')", "MW101", 2, "EOFError"),
    "imports a name that is not there": (
        "\nfrom os import nosuch",
        "MW101",
        2,
        "cannot import name 'nosuch'",
    ),
    "is no Python": ("x = 1\ndef f(:\n    pass", "MW101", 2, "SyntaxError: "),
    "is indented badly": ("if True:\n  x = 1\n y = 2", "MW101", 3, "unindent does not match"),
    "recurses": ("def f():\n    f()\nf()", "MW101", 2, "RecursionError: "),
    "removes itself": ("import sys\ndel sys.modules[__name__]", "MW101", None, "KeyError: "),
    "needs what nobody declares": (
        "\nimport nosuch_library.part",
        "MW201",
        2,
        "imports nosuch_library, which no declared",
    ),
    "fails at saying what is wrong": (
        "class Mute(Exception):\n def __str__(self): raise ValueError\nraise Mute",
        "MW101",
        3,
        "Mute",
    ),
    "exits while saying what is wrong": (
        "class Rude(Exception):\n def __str__(self): raise SystemExit\nraise Rude",
        "MW101",
        3,
        "Rude",
    ),
    "names no text as missing": (
        "\nraise ModuleNotFoundError('gone', name=object())",
        "MW101",
        2,
        "ModuleNotFoundError: gone",
    ),
    "names no text as its file": (
        "\nraise SyntaxError('bad', (b'x.py', 1, 1, ''))",
        "MW101",
        2,
        "SyntaxError: bad",
    ),
    "fails on several lines": (
        "\nraise ValueError('a\\n\\n  b\\tc')",
        "MW101",
        2,
        "ValueError: a b c",
    ),
    "fails in half a character": (
        "\nraise ValueError('\\udc80')",
        "MW101",
        2,
        "ValueError: \\udc80",
    ),
    "fails in markup": ("\nraise ValueError('[red]')", "MW101", 2, "ValueError: [red]"),
    "fails in colours": ("\nraise ValueError('\\x1b[31mred')", "MW101", 2, "ValueError: "),
    "replaces open, then fails": (
        "import builtins\nbuiltins.open = None\nraise ValueError('late')",
        "MW101",
        3,
        "ValueError: late",
    ),
    "closes everything, then fails": (
        "import os\nos.closerange(0, 3)\nraise ValueError('late')",
        "MW101",
        3,
        "ValueError: late",
    ),
}
SIGNALS = {
    "faults": ("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)", "SIGSEGV", 2),
    "aborts": ("import os\nos.abort()", "SIGABRT", 2),
    "is killed": ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "SIGKILL", 2),
    "faults in C": ("import ctypes\nctypes.string_at(0)", "SIGSEGV", 2),
}
HANGING = {
    "sleeps": "import time\ntime.sleep(600)",
    "computes": "\nwhile True: pass",
    "waits for itself": "from threading import Lock\nlock = Lock(); lock.acquire(); lock.acquire()",
    "waits in C": "import ctypes\nctypes.PyDLL(None).sleep(600)",
    "refuses to be ended": (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN)\ntime.sleep(600)"
    ),
}
HARMLESS = {
    "prints megabytes": (
        "import sys\nprint('x' * 5_000_000)\nprint('y' * 5_000_000, file=sys.stderr)"
    ),
    "prints what is not text": (
        "import os\nos.write(2, b'import time: 1 | 1 | \\xff\\n')\nos.write(1, b'\\xff')"
    ),
    "starts a thread that goes on": (
        "import threading, time\nthreading.Thread(target=time.sleep, args=(600,)).start()"
    ),
    "has a thread that fails": (
        "import threading\nt = threading.Thread(target=lambda: 1 / 0); t.start(); t.join()"
    ),
    "has something to do at the end": "import atexit, os\natexit.register(os._exit, 9)",
    "closes stdout": "import sys\nsys.stdout.close()",
    "closes every standard stream": "import os\nos.closerange(0, 3)",
    "replaces stdout": "import io, sys\nsys.stdout = sys.stderr = io.StringIO()",
    "has no stdout": "import sys\nsys.stdout = sys.stderr = None",
    "goes elsewhere": "import os\nos.chdir('/')",
    "removes where it is": "import os\nos.rmdir(os.getcwd())",
    "reads what nobody types": "import sys\nassert sys.stdin.read() == ''",
    "puts an object in its place": (
        "import sys, types\nsys.modules[__name__] = types.SimpleNamespace(a=1)"
    ),
    "puts an object in its place that refuses every attribute": (
        "import sys\nclass Lazy:\n"
        "  def __getattr__(self, name): raise RuntimeError('not configured')\n"
        "sys.modules[__name__] = Lazy()"
    ),
    "has attributes only when asked": (
        "def __getattr__(name):\n  if name == '__all__': raise AttributeError\n  raise ValueError"
    ),
    "forgets its file": "del __file__",
    "forgets its spec": "__spec__ = None",
    "replaces open": "import builtins\nbuiltins.open = None",
    "replaces what prints and shows": "import builtins\nbuiltins.repr = builtins.print = None",
    "replaces import": "import builtins\nreal = builtins.__import__\n"
    "builtins.__import__ = lambda *a, **k: real(*a, **k)",
    "replaces os": "import sys\nsys.modules['os'] = None",
    "reads options": "import argparse\nargparse.ArgumentParser().parse_args()",
    "does without a library": "try:\n  import nosuch_library\nexcept ImportError:\n  pass",
    "imports for types": (
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n  import nosuch_library"
    ),
    "exits when it is run": "import sys\nif __name__ == '__main__':\n  sys.exit(1)",
    "warns": "import warnings\nwarnings.warn('old', DeprecationWarning)",
    "keeps to itself what faulthandler says": "import faulthandler\nfaulthandler.disable()",
    "writes into its folder": "open('file', 'w').write('x')",
}
OF_PYTHON = ["codecs", "io", "random", "this", "time", "types", "encodings"]


@pytest.mark.parametrize("way", BROKEN)
def test_a_module_that_cannot_be_imported_is_an_error(way: str, import_source: Import) -> None:
    source, code, line, words = BROKEN[way]
    name, _, findings = import_source(source)
    [finding] = findings
    assert (finding.code, finding.severity, finding.module) == (code, "error", name)
    assert words in finding.message
    assert (finding.file, finding.line) == (f"src/{name}.py", line)
    assert finding.message.isprintable()
    assert finding.hint


@ON_POSIX
@pytest.mark.parametrize("way", SIGNALS)
def test_a_module_that_crashes_python_is_an_error(way: str, import_source: Import) -> None:
    source, signal, line = SIGNALS[way]
    name, _, findings = import_source(source)
    [finding] = findings
    assert (finding.code, finding.file, finding.line) == ("MW103", f"src/{name}.py", line)
    assert signal in finding.message


@ON_POSIX
@pytest.mark.parametrize("way", HANGING)
def test_a_module_that_does_not_finish_is_an_error(way: str, import_source: Import) -> None:
    name, outcome, findings = import_source(HANGING[way], time_limit=1.5)
    [finding] = findings
    assert (finding.code, finding.file, finding.line) == ("MW104", f"src/{name}.py", 2)
    assert "1.5 s" in finding.message
    assert outcome.import_ms is None


@pytest.mark.full
def test_a_module_that_hangs_and_silences_faulthandler_is_an_error(import_source: Import) -> None:
    source = (
        "import faulthandler, time\nfaulthandler.cancel_dump_traceback_later()\ntime.sleep(600)"
    )
    _, _, findings = import_source(source, time_limit=1.5)
    assert [finding.code for finding in findings] == ["MW104"]


@ON_POSIX
@pytest.mark.parametrize("way", HARMLESS)
def test_a_module_that_only_looks_suspicious_is_fine(way: str, import_source: Import) -> None:
    _, outcome, findings = import_source(HARMLESS[way])
    assert findings == ()
    assert outcome.loaded
    assert outcome.import_ms is not None
    assert outcome.exit_code == 0


@pytest.mark.parametrize("name", OF_PYTHON)
def test_a_module_that_python_has_of_its_own_never_gets_its_turn(
    name: str, import_source: Import
) -> None:
    _, _, findings = import_source("", name=name)
    assert [(finding.code, finding.file) for finding in findings] == [("MW401", f"src/{name}.py")]


def test_a_module_of_pythons_names_inside_a_package_is_fine(import_source: Import) -> None:
    assert import_source("", {"inner/random.py": "", "inner/__init__.py": ""}).errors == ()


def test_the_line_is_the_projects_own_innermost_one(import_source: Import) -> None:
    deep = "import json\n\ndef read():\n    return json.loads('{')\n"
    name, _, findings = import_source("import deep_one\ndeep_one.read()", {"deep_one.py": deep})
    [finding] = findings
    assert (finding.module, finding.file, finding.line) == (name, "src/deep_one.py", 4)


def test_a_syntax_error_is_found_in_the_file_that_has_it(import_source: Import) -> None:
    _, _, findings = import_source("import crooked", {"crooked.py": "\n\nx = = 1"})
    assert [(finding.file, finding.line) for finding in findings] == [("src/crooked.py", 3)]


def test_a_module_that_the_wheel_should_hold_is_not_a_missing_dependency(
    import_source: Import,
) -> None:
    _, _, findings = import_source("import whole.part", {"whole/__init__.py": ""})
    assert [finding.code for finding in findings] == ["MW101"]


def test_a_missing_neighbour_in_a_namespace_is_a_missing_dependency(
    import_source: Import,
) -> None:
    _, _, findings = import_source("import acme.mail", {"acme/billing.py": ""})
    assert [finding.code for finding in findings] == ["MW201"]
    assert "acme.mail" in findings[0].message


def test_a_module_of_another_system_is_not_said_to_be_a_distribution(
    import_source: Import,
) -> None:
    missing = "msvcrt" if os.name != "nt" else "fcntl"
    _, _, findings = import_source(f"import {missing}")
    [finding] = findings
    assert "distribution" not in finding.hint


def test_a_part_that_the_standard_library_lacks_is_not_a_missing_dependency(
    import_source: Import,
) -> None:
    _, _, findings = import_source("import json.nosuch")
    assert [finding.code for finding in findings] == ["MW101"]


def test_a_message_names_no_folder_that_is_gone(import_source: Import) -> None:
    _, _, findings = import_source("import torn", {"torn.abi3.so": "no extension"})
    [finding] = findings
    assert finding.code == "MW101"
    assert "torn.abi3.so" in finding.message
    assert "site-packages" not in finding.message


def test_a_message_without_end_is_cut(import_source: Import) -> None:
    _, _, findings = import_source("raise ValueError('x' * 100_000)")
    assert len(findings[0].message) < 600


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can limit another process")
def test_a_module_that_prints_without_end_does_not_fill_the_disk(import_source: Import) -> None:
    source = "import sys\nwhile True: sys.stderr.write('x' * 1_000_000)"
    [finding] = import_source(source).errors
    assert (finding.code, finding.line) == ("MW101", 2)
    assert "OSError" in finding.message
