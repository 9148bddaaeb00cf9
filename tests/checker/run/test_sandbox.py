"""A process of its own for each import: nothing foreign gets in, nothing stays."""

import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from tempfile import gettempdir

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from modwright.errors import EnvironmentFailed
from modwright_check.model.environment import Environment
from modwright_check.model.import_result import Outcome
from modwright_check.model.options import Isolation
from modwright_check.run.probe_client import Interpreter
from modwright_check.run.sandbox import ProcessGroup
from modwright_check.system.cgroup import cgroup
from tests.checker import test_findings
from tests.checker.conftest import Import
from tests.checker.laid_out import lay_out, verdict
from tests.parts import shared_out

ON_POSIX = pytest.mark.skipif(os.name == "nt", reason="locks, forks and sessions are POSIX's")
ON_LINUX = sys.platform == "linux"
# Holds a lock through a process that it leaves behind.
LEAVES_A_PROCESS = """
import fcntl, os, subprocess, sys, time
lock = open({lock!r}, "w")
fcntl.flock(lock, fcntl.LOCK_EX)
"""
WAYS_TO_LEAVE_ONE = {
    "runs a program": (
        "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'],"
        " pass_fds=[lock.fileno()])"
    ),
    "forks": "if os.fork() == 0: time.sleep(600)",
    "forks twice": "if os.fork() == 0:\n  os.fork()\n  time.sleep(600)",
    "forks into a session of its own": (
        "if os.fork() == 0:\n  os.setsid()\n  if os.fork() == 0: time.sleep(600)\n  os._exit(0)"
    ),
    "runs a program and fails": (
        "subprocess.Popen(['sleep', '600'], pass_fds=[lock.fileno()])\nraise ValueError"
    ),
    "runs a program and hangs": (
        "subprocess.Popen(['sleep', '600'], pass_fds=[lock.fileno()])\ntime.sleep(600)"
    ),
}


def released(lock: Path) -> bool:
    """Return whether nobody holds the lock any more; the dying get a moment to die."""
    import fcntl  # noqa: PLC0415 (Windows has none)

    for _ in range(6000):
        try:
            with lock.open() as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.01)
        else:
            return True
    return False


@ON_POSIX
@pytest.mark.parametrize("way", WAYS_TO_LEAVE_ONE)
def test_what_a_module_has_started_is_gone_afterwards(
    way: str, import_source: Import, tmp_path: Path
) -> None:
    if "session" in way and not ON_LINUX:
        pytest.skip("only Linux tells the environment of a process")
    lock = tmp_path / "lock"
    source = LEAVES_A_PROCESS.format(lock=str(lock)) + WAYS_TO_LEAVE_ONE[way]
    import_source(source, time_limit=2 if way.endswith("hangs") else 30)
    assert lock.exists()
    assert released(lock)


def test_a_secret_of_the_environment_is_not_handed_on(
    import_source: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("ACCESS_TOKEN", "PYTHONPATH", "PYTHONSTARTUP", "LD_PRELOAD", "VIRTUAL_ENV")
    for name in (*names, "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, "")
    source = """
        import os
        known = {"PATH", "LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "TZ", "HOME", "TMPDIR", "TEMP",
                 "TMP", "USERPROFILE", "SYSTEMROOT", "COMSPEC", "PATHEXT", "PWD", "SHLVL", "_",
                 "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"}
        assert not set(os.environ) - known, set(os.environ) - known
    """
    assert import_source(source).errors == ()


def test_home_is_an_empty_folder_that_is_gone_afterwards(
    import_source: Import, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    before = set(Path(gettempdir()).glob("modwright-*/home/trace"))
    source = """
        from pathlib import Path
        assert list(Path.home().iterdir()) == []
        Path("~/trace").expanduser().write_text("x")
    """
    assert import_source(source).errors == ()
    assert not (tmp_path / "trace").exists()
    assert set(Path(gettempdir()).glob("modwright-*/home/trace")) == before


def test_what_is_typed_does_not_reach_a_module(import_source: Import, tmp_path: Path) -> None:
    (tmp_path / "typed").write_text("typed", encoding="utf-8")
    kept = os.dup(0)
    try:
        with (tmp_path / "typed").open() as file:
            os.dup2(file.fileno(), 0)
        findings = import_source("import sys\nassert sys.stdin.read() == ''").errors
    finally:
        os.dup2(kept, 0)
        os.close(kept)
    assert findings == ()


def test_the_working_folder_is_empty_and_not_on_the_path(import_source: Import) -> None:
    source = """
        import os, sys
        assert os.listdir() == []
        assert "" not in sys.path and os.getcwd() not in sys.path
        assert sys.argv == ["-c"], sys.argv
    """
    assert import_source(source).errors == ()


def test_nothing_is_loaded_that_a_bare_interpreter_has_not_loaded(import_source: Import) -> None:
    source = """
        import sys
        extra = {"ast", "json", "re", "importlib.util", "subprocess", "pathlib", "modwright"}
        assert not extra & set(sys.modules), extra & set(sys.modules)
        import collections
        collections.abc
        import importlib
        importlib.util
    """
    _, _, findings = import_source(source)
    assert [finding.message.partition(":")[0] for finding in findings] == ["raises AttributeError"]


def test_one_import_does_not_prepare_the_next(import_source: Import) -> None:
    others = {"order_base.py": "import json.tool"}
    assert import_source("import json.tool", others).errors == ()
    name, _, findings = import_source("import json\njson.tool")
    assert [(finding.module, finding.line) for finding in findings] == [(name, 2)]


def test_the_file_that_was_imported_is_told(import_source: Import) -> None:
    name, outcome, _ = import_source("")
    assert outcome.file is not None
    assert Path(outcome.file).name == f"{name}.py"


@pytest.mark.parametrize("source", ["", "raise ValueError"])
def test_an_import_that_ends_is_timed(source: str, import_source: Import) -> None:
    _, outcome, _ = import_source(source)
    assert outcome.import_ms is not None
    assert outcome.import_ms > 0


def test_a_modules_own_time_is_less_than_that_with_what_it_imports(import_source: Import) -> None:
    _, outcome, _ = import_source("import slow_part", {"slow_part.py": "sum(range(3_000_000))"})
    assert outcome.import_ms is not None
    assert outcome.self_ms is not None
    assert outcome.self_ms < outcome.import_ms / 2


def test_the_interpreter_is_the_environments_and_isolated(import_source: Import) -> None:
    source = """
        import sys
        assert sys.prefix != sys.base_prefix
        assert sys.flags.isolated
    """
    assert import_source(source).errors == ()
    assert sys.prefix not in str(import_source("").outcome.file)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(st.characters(codec=None)), stderr=st.binary())
def test_whatever_text_an_exception_has_it_is_one_printable_line(
    text: str, stderr: bytes, import_source: Import
) -> None:
    source = f"import os\nos.write(2, {stderr!r})\nraise ValueError({text!r})"
    _, _, findings = import_source(source)
    [finding] = findings
    assert finding.code == "MW101"
    assert finding.message.startswith("raises ValueError")
    assert finding.message.isprintable()


def test_an_import_that_begins_when_all_are_ended_is_ended_too(environment: Environment) -> None:
    under_way = ProcessGroup()
    under_way.end_all()
    with suppress(EnvironmentFailed):  # it had no time to begin, or none to finish
        assert not Interpreter(environment, (), 30, under_way).import_fresh("this").loaded


@ON_POSIX
@pytest.mark.parametrize("way", WAYS_TO_LEAVE_ONE)
def test_what_a_module_of_the_tree_has_started_is_gone_afterwards(way: str, tmp_path: Path) -> None:
    if not ON_LINUX:
        pytest.skip("only Linux tells the environment of a process")
    lock = tmp_path / "lock"
    source = LEAVES_A_PROCESS.format(lock=str(lock)) + WAYS_TO_LEAVE_ONE[way]
    time_limit = 2 if way.endswith("hangs") else 15  # what has its own session may take it all
    lay_out(tmp_path, {"leaves.py": source}, time_limit=time_limit).in_tree()
    assert lock.exists()
    assert released(lock)


WITH_AND_WITHOUT = {
    **{way: source for way, (source, *_) in test_findings.BROKEN.items()},
    **{way: source for way, (source, *_) in test_findings.SIGNALS.items()},
    **test_findings.HANGING,
    **test_findings.HARMLESS,
}


@ON_POSIX
@pytest.mark.parametrize("way", shared_out(WITH_AND_WITHOUT, full=3))
def test_without_fork_the_verdict_is_the_same(way: str, tmp_path: Path) -> None:
    time_limit = 1.5 if way in test_findings.HANGING else 30
    project = lay_out(tmp_path, {"tried.py": WITH_AND_WITHOUT[way]}, time_limit=time_limit)
    with_fork, without = project.fresh("tried"), project.without_fork().fresh("tried")
    assert verdict(without) == verdict(with_fork)
    assert (without.exit_code, without.exits, without.frames) == (
        with_fork.exit_code,
        with_fork.exits,
        with_fork.frames,
    )
    assert [(e.kind, e.line) for e in without.effects] == [
        (e.kind, e.line) for e in with_fork.effects
    ]


@ON_POSIX
@pytest.mark.full
@pytest.mark.parametrize("fork", [True, False])
def test_the_whole_import_without_a_tree_says_the_same(fork: bool, tmp_path: Path) -> None:
    ways = ("raises", "exits", "is no Python", "prints megabytes", "warns", "replaces open")
    files = {f"app/way_{n}.py": WITH_AND_WITHOUT[way] for n, way in enumerate(ways)}
    project = lay_out(tmp_path, {"app/__init__.py": "", **files})
    tree = project.imported()
    fresh = (project if fork else project.without_fork()).imported(Isolation.FRESH)
    assert {name: verdict(o) for name, o in fresh.items()} == {
        name: verdict(o) for name, o in tree.items()
    }
    assert {name: _told(o) for name, o in fresh.items()} == {
        name: _told(o) for name, o in tree.items()
    }


def _told(outcome: Outcome) -> list[tuple[str, int | None, bool]]:
    return [(effect.kind, effect.line, effect.own) for effect in outcome.effects]


@pytest.mark.skipif(not ON_LINUX, reason="only Linux can limit another process")
def test_a_module_that_wants_too_much_memory_gets_none_and_the_check_goes_on(
    tmp_path: Path,
) -> None:
    installed = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    files = {
        "app/__init__.py": "",
        "app/greedy.py": f"\nroom = bytearray({installed * 3 // 4})",
        "app/modest.py": "room = bytearray(1_000_000)",
    }
    outcomes = lay_out(tmp_path, files).imported()
    assert (outcomes["app.greedy"].loaded, outcomes["app.greedy"].error) == (False, "MemoryError")
    assert outcomes["app.greedy"].frames[-1][1] == 2
    assert outcomes["app.modest"].loaded


TOO_MUCH = {
    "processes": (
        "MOST_PROCESSES",
        5,
        "import os, time\nfor _ in range(9):\n  if not os.fork(): break\ntime.sleep(60)",
        "it has started more than 5 processes",
    ),
    "processes in sessions of their own": (
        "MOST_PROCESSES",
        5,
        "import os, time\nfor _ in range(9):\n  if not os.fork():\n    os.setsid()\n    break\n"
        "time.sleep(60)",
        "it has started more than 5 processes",
    ),
    "files": (
        "LARGEST_HOME",
        20 << 20,
        "import time\nfrom pathlib import Path\nfor number in range(9):\n"
        "  Path.home().joinpath(str(number)).write_bytes(bytes(5 << 20))\ntime.sleep(60)",
        "it has written more than 20 MB to its temporary home",
    ),
    "shared memory": (
        "_memory_limit",
        lambda: 100 << 20,
        "import mmap, time\nmaps = [mmap.mmap(-1, 30 << 20) for _ in range(5)]\n"
        "for each in maps: each.write(bytes(30 << 20))\ntime.sleep(60)",
        "its processes together take more than 100 MB of memory",
    ),
}


@pytest.mark.skipif(not ON_LINUX, reason="only Linux tells what processes take")
@pytest.mark.parametrize("kind", TOO_MUCH)
def test_a_module_that_takes_too_much_with_all_its_processes_is_ended(
    kind: str, import_source: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit, most, source, said = TOO_MUCH[kind]
    monkeypatch.setattr(f"modwright_check.run.limits.{limit}", most)
    [error] = import_source(source, time_limit=50).errors
    assert error.code == "MW104"
    assert error.message == f"does not finish importing: {said}, and was ended"


def test_a_module_that_forks_faster_than_anybody_looks_is_kept_to_a_number_by_the_kernel(
    import_source: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    with cgroup(10) as group:
        if group is None:
            pytest.skip("no control group can be made here")
    monkeypatch.setattr("modwright_check.run.limits.MOST_TASKS", 50)
    [error] = import_source("import os\nwhile True: os.fork()", time_limit=50).errors
    said = "it has started more than 50 processes and threads"
    assert error.message == f"does not finish importing: {said}, and was ended"


@pytest.mark.parametrize("isolation", Isolation)
def test_a_module_that_deletes_its_neighbours_spoils_it_for_nobody(
    isolation: Isolation, tmp_path: Path
) -> None:
    files = {
        "app/__init__.py": "",
        "app/a_deletes.py": (
            "import os\nfor name in os.listdir(os.path.dirname(__file__)):\n"
            "  if name.endswith('.py'): os.remove(os.path.join(os.path.dirname(__file__), name))"
        ),
        "app/b_changes.py": "open(__file__.replace('b_changes', 'neighbour'), 'w').write('1 / 0')",
        "app/neighbour.py": "ONE = 1",
        "app/z/__init__.py": "",
        "app/z/user.py": "from app import neighbour\nassert neighbour.ONE",
    }
    project = lay_out(tmp_path, files)
    outcomes = project.imported(isolation)
    assert {name: o.loaded for name, o in outcomes.items()} == dict.fromkeys(project.names, True)


@ON_POSIX
def test_a_module_that_deletes_what_is_around_it_is_told_of_and_the_check_goes_on(
    tmp_path: Path,
) -> None:
    source = "import shutil\nshutil.rmtree('..', ignore_errors=True)"
    files = {"app/__init__.py": "", "app/deletes.py": source, "app/neighbour.py": ""}
    outcomes = lay_out(tmp_path, files).imported()
    assert not outcomes["app.deletes"].loaded
    assert "deletes" in outcomes["app.deletes"].message
    assert outcomes["app.neighbour"].loaded
