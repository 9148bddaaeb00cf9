"""MW706: modules of one operating system without a guard."""

import sys

import pytest

from modwright_check.model.import_result import Outcome
from modwright_check.model.report import Severity
from modwright_check.rules.platforms import expected_elsewhere, judge
from tests.checker.rules.conftest import EvidenceOf, Judged

BOTH = "Classifier: Operating System :: OS Independent\n"
POSIX = "Classifier: Operating System :: POSIX\n"
WINDOWS = "Classifier: Operating System :: Microsoft :: Windows :: Windows 11\n"


def said(judged: Judged, source: str, metadata: str = BOTH, **others: str) -> list[str]:
    files = {"pkg/__init__.py": "", "pkg/mod.py": source, **others}
    found = judged(judge, files, metadata=metadata)
    return [f"{each.module.rpartition('.')[2]}:{each.line}" for each in found]


@pytest.mark.parametrize(
    "source",
    [
        "import winreg\n",
        "import fcntl\n",
        "from termios import tcgetattr\n",
        "from os import fork\n",
        "import curses.panel\n",
        "from asyncio import windows_events\n",
        "import signal; signal.SIGALRM\n",
        "import os; UID = os.getuid()\n",
        "from ctypes import windll\n",
        "import os\nclass A:\n    stop = os.startfile\n",
    ],
)
def test_what_one_system_has_is_found_when_nothing_guards_it(judged: Judged, source: str) -> None:
    (found,) = judged(judge, {"pkg.py": source}, metadata=BOTH)
    assert (found.code, found.line) == ("MW706", len(source.splitlines()))


@pytest.mark.parametrize(
    "source",
    [
        "import sys\nif sys.platform == 'win32':\n    import winreg\n",
        "import os\nif os.name == 'posix':\n    import fcntl\nelse:\n    import msvcrt\n",
        "import sys\nassert sys.platform == 'win32'\nimport winreg\n",
        "import sys\nif sys.platform != 'win32':\n    raise ImportError\nimport winreg\n",
        "try:\n    import fcntl\nexcept ImportError:\n    import msvcrt\n",
        "def lock():\n    import fcntl\n",
        "import os\ndef user():\n    return os.getuid()\n",
        "import os\nif hasattr(os, 'fork'):\n    os.fork\n",
        "import os\nuser = os.getuid() if hasattr(os, 'getuid') else 0\n",
        "from .compat import IS_WINDOWS\nif not IS_WINDOWS:\n    import fcntl\n",
        "from .runtime import platformType\nif platformType == 'win32':\n    import winreg\n",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import winreg\n",
        "if __name__ == '__main__':\n    import readline\n",
        "import os; os.path, os.sep, os.environ\n",
        "import signal; signal.SIGINT\n",
        "import ctypes.wintypes\n",
    ],
)
def test_what_is_guarded_or_not_used_at_import_is_left_alone(judged: Judged, source: str) -> None:
    assert said(judged, source) == []


def test_all_that_one_module_uses_of_a_system_is_one_finding(judged: Judged) -> None:
    found = judged(judge, {"pkg.py": "import fcntl\nimport pwd\nimport msvcrt\n"}, metadata=BOTH)
    assert [(each.line, each.severity) for each in found] == [
        (1, Severity.ERROR),
        (3, Severity.ERROR),
    ]
    assert "pwd" in found[0].message


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [(POSIX, []), (WINDOWS, ["mod:1"]), (BOTH, ["mod:1"]), (POSIX + WINDOWS, ["mod:1"])],
)
def test_a_project_for_one_system_may_use_what_that_one_has(
    judged: Judged, metadata: str, expected: list[str]
) -> None:
    assert said(judged, "import fcntl\n", metadata) == expected


def test_without_classifiers_posix_is_a_warning_and_windows_an_error(judged: Judged) -> None:
    files = {"a.py": "import fcntl\n", "b.py": "import winreg\n"}
    found = judged(judge, files)
    assert [each.severity for each in found] == [Severity.WARNING, Severity.ERROR]


@pytest.mark.parametrize("name", ["_winconsole", "_win32_console", "windows_utils", "unixlike_"])
def test_a_module_named_for_its_system_may_use_what_it_has(judged: Judged, name: str) -> None:
    expected = [] if "win" in name else [f"{name}:1"]
    assert said(judged, "", **{f"pkg/{name}.py": "import winreg\n"}) == expected


def test_a_module_imported_under_a_test_only_is_guarded_by_it(judged: Judged) -> None:
    backend = {
        "pkg/backend.py": "import winreg\nfrom . import inner\n",
        "pkg/inner.py": "import nt",
    }
    guarded = "import os\nif os.name == 'nt':\n    from . import backend\n"
    assert said(judged, guarded, **backend) == []
    assert set(said(judged, "from . import backend\n", **backend)) == {"backend:1", "inner:1"}


def test_a_module_that_fails_here_for_want_of_another_system_is_expected_to(
    evidence_of: EvidenceOf,
) -> None:
    other, missing = ("fcntl", "posix") if sys.platform == "win32" else ("winreg", "win32")
    failed = Outcome(
        False,
        0,
        30,
        error="ModuleNotFoundError",
        message=f"No module named '{other}'",
        missing=other,
    )
    files = {
        "pkg/__init__.py": "import sys\nif sys.platform == 'x':\n    from . import guarded\n",
        "pkg/guarded.py": f"import {other}\n",
        f"pkg/_{missing}.py": f"import {other}\n",
        "pkg/plain.py": f"import {other}\n",
        "pkg/typo.py": "import no_such_thing\n",
    }
    modules = ("pkg.guarded", f"pkg._{missing}", "pkg.plain", "pkg.typo")
    evidence = evidence_of(files, outcomes=dict.fromkeys(modules, failed))
    assert expected_elsewhere(evidence) == {"pkg.guarded", f"pkg._{missing}"}


def test_a_lazy_import_waits_where_every_python_knows_such(judged: Judged) -> None:
    lazy = "__lazy_modules__ = ['winreg']\nimport winreg\ndef f(): return winreg.OpenKey\n"
    told = []
    for requires in (">=3.15", ">=3.14"):
        found = judged(judge, {"pkg.py": lazy}, metadata=f"Requires-Python: {requires}\n")
        told.append([each.line for each in found])
    assert told == [[], [2]]
