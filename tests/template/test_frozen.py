"""A project's other forms run where nothing of it is installed, and say how they were loaded."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from zipfile import ZipFile

import pytest
from uv import find_uv_bin

from tests.template.answers import Answers, presets
from tests.template.conftest import Render, succeed

SETS: dict[str, Answers] = {
    "stdlib": {},
    "sqlalchemy": {"stack": "sqlalchemy"},
    "subpackages": {"subpackages": ["billing", "services.mail"], "project_name": "My.Own-name"},
    "namespace": {"package_name": "acme.shop.billing"},
    "extension in C": {"package_name": "acme.shop", "extension": "c", "stack": "sqlalchemy"},
    "extension in C++": {"extension": "cpp"},
}
# With C go a namespace and SQLAlchemy; in place of C++, Python is taken.
MOST = "extension in C"
EACH = [
    pytest.param(answers, id=name, marks=pytest.mark.full if name == MOST else pytest.mark.release)
    for name, answers in SETS.items()
]


@pytest.mark.parametrize("stack", ["stdlib", "sqlalchemy"])
def test_a_project_without_another_form_knows_nothing_of_it(render: Render, stack: str) -> None:
    project = render({"stack": stack})
    for file in (path for path in project.rglob("*") if path.is_file()):
        if file.name not in {".copier-answers.yml", "LICENSE"}:
            text = file.read_text("utf-8")
            assert "where.py" not in file.name
            assert not any(word in text for word in ("--where", "zipapp", "packaging", "tools/"))


class TestZipapp:
    @pytest.mark.parametrize("answers", EACH)
    def test_it_runs_in_an_empty_environment(
        self, render: Render, answers: Answers, tmp_path: Path
    ) -> None:
        project, python = _installed(render, answers | {"frozen": "zipapp"}, tmp_path)
        archive = _made(python, project, "make_zipapp.py")
        empty = _empty(tmp_path)
        lines = _where(empty, [sys.executable, "-I", "-S", archive], tmp_path)
        assert {kind for kind, name in lines if _is_own(name, answers)} == {"zip"}
        assert ("built-in", "sys") in lines
        _use(empty, [sys.executable, "-I", "-S", archive], tmp_path)

    @pytest.mark.parametrize("answers", EACH)
    def test_its_bytes_do_not_depend_on_where_and_when_it_was_made(
        self, render: Render, answers: Answers, tmp_path: Path
    ) -> None:
        project, python = _installed(render, answers | {"frozen": "zipapp"}, tmp_path)
        first = _made(python, project, "make_zipapp.py").read_bytes()
        elsewhere = project.rename(tmp_path / "elsewhere")
        for file in elsewhere.rglob("*.py"):
            os.utime(file, (1e9, 1e9))
        uv = find_uv_bin()
        again = ("pip", "install", "--quiet", "--no-deps", "--python", python, "--editable", ".")
        succeed(uv, *again, cwd=elsewhere)
        assert _made(python, elsewhere, "make_zipapp.py").read_bytes() == first


@pytest.mark.full
def test_an_older_python_is_told_what_the_archive_needs(render: Render, tmp_path: Path) -> None:
    older = _older_python()
    project, python = _installed(render, {"frozen": "zipapp"}, tmp_path)
    archive = _made(python, project, "make_zipapp.py")
    run = subprocess.run([older, archive], check=False, capture_output=True, text=True, env={})
    assert run.returncode == 1
    assert run.stderr.startswith("hello needs Python 3.11 or newer, and this is 3.")
    assert run.stderr.count("\n") == 1


@pytest.mark.full
def test_compiled_libraries_are_not_loaded_by_another_python(
    render: Render, tmp_path: Path
) -> None:
    others = [path for path in _pythons() if path.name != f"python3.{sys.version_info.minor}"]
    if not others:
        pytest.skip("there is no other Python here")
    answers = {"frozen": "zipapp", "stack": "sqlalchemy"}
    project, python = _installed(render, answers, tmp_path)
    archive = _made(python, project, "make_zipapp.py")
    run = subprocess.run(
        [others[-1], archive], check=False, capture_output=True, text=True, env=_empty(tmp_path)
    )
    assert run.returncode == 1
    assert run.stderr.startswith("hello holds libraries compiled for cpython-3")
    assert run.stderr.count("\n") == 1
    assert not (tmp_path / "caches").exists()


@pytest.mark.full
def test_what_is_compiled_for_speed_alone_binds_the_archive_to_no_python(
    render: Render, tmp_path: Path
) -> None:
    project, python = _installed(render, presets()["automation"], tmp_path)
    archive = _made(python, project, "make_zipapp.py")
    with ZipFile(archive) as opened:
        suffixes = {Path(name).suffix for name in opened.namelist()}
    assert not suffixes & {".so", ".pyd", ".dylib"}
    feed = tmp_path / "feed.json"
    feed.write_text('{"items": [{"id": "1"}]}', "utf-8")
    pages = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), pages) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/feed.json"
        (tmp_path / "jobs.toml").write_text(f'[jobs.feed]\nurl = "{url}"\n', "utf-8")
        for other in (Path(sys.executable), *_pythons()):
            command: list[str | Path] = [other, "-I", "-S", "-W", "error", archive]
            _run(_empty(tmp_path), [*command, "migrate"], tmp_path)
            said = _run(_empty(tmp_path), [*command, "run", "feed"], tmp_path)
            assert said == "feed: 1 new, 1 in the feed\n"
            (tmp_path / "hello.db").unlink()
        server.shutdown()


@pytest.mark.skipif(
    not sysconfig.get_config_var("Py_ENABLE_SHARED"), reason="this Python has no shared library"
)
@pytest.mark.parametrize("answers", EACH)
def test_the_host_runs_in_an_empty_environment(
    render: Render, answers: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CFLAGS", "-std=c11 -O2 -Wall -Wextra -Wpedantic -Werror")
    project, python = _installed(render, answers | {"frozen": "host"}, tmp_path)
    host = _made(python, project, "make_host.py")
    lines = _where({}, [host], tmp_path)
    own = {(kind, name) for kind, name in lines if _is_own(name, answers)}
    if answers.get("extension") == "c":
        built_in = ("built-in", "acme.shop._speedups")
        assert built_in in own
        own.remove(built_in)
    assert {kind for kind, name in own} == {"frozen"}
    assert ("built-in", "sys") in lines
    _use({}, [host], tmp_path)

    link = tmp_path / "link"
    link.symlink_to(host)
    assert succeed(link, "--version", cwd=tmp_path).split()[1] == "0.1.0"


@pytest.mark.full
@pytest.mark.skipif(
    not sysconfig.get_config_var("Py_ENABLE_SHARED"), reason="this Python has no shared library"
)
def test_a_host_without_its_libraries_says_so(render: Render, tmp_path: Path) -> None:
    project, python = _installed(render, {"frozen": "host", "stack": "sqlalchemy"}, tmp_path)
    host = _made(python, project, "make_host.py")
    alone = shutil.copy(host, tmp_path / "alone")
    run = subprocess.run([alone, "--version"], check=False, capture_output=True, text=True)
    assert run.returncode == 1
    assert "the folder hello-libraries has to lie beside the program" in run.stderr
    assert run.stderr.count("\n") == 1


@pytest.mark.full
@pytest.mark.parametrize("missing", ["compiler", "headers"])
def test_what_a_host_lacks_is_told_in_one_line(
    render: Render, tmp_path: Path, missing: str
) -> None:
    project, python = _installed(render, {"frozen": "host"}, tmp_path)
    run = subprocess.run(
        [python, "-c", LACKING[missing], project / "tools" / "make_host.py"],
        check=False,
        capture_output=True,
        text=True,
        env={"CC": "no-such-compiler"},
    )
    assert run.returncode == 3
    assert run.stderr.startswith("make_host: no ")
    assert run.stderr.count("\n") == 1
    [*_, summary] = subprocess.run(
        [python, "-m", "pytest", "-q", "-rs", "tests/test_host.py"],
        cwd=project,
        check=True,
        capture_output=True,
        text=True,
        env={"CC": "no-such-compiler"},
    ).stdout.splitlines()
    assert "skipped" in summary


@pytest.mark.full
@pytest.mark.parametrize("form", ["zipapp", "host"])
def test_a_place_that_cannot_be_written_to_is_told_in_one_line(
    render: Render, tmp_path: Path, form: str
) -> None:
    project, python = _installed(render, {"frozen": form}, tmp_path)
    (tmp_path / "file").touch()
    command = [python, project / "tools" / f"make_{form}.py", tmp_path / "file"]
    run = subprocess.run(command, check=False, capture_output=True, text=True)
    assert run.returncode == 1
    assert run.stderr.startswith(f"make_{form}: ")
    assert run.stderr.count("\n") == 1


LACKING = {
    "compiler": "import runpy, sys; runpy.run_path(sys.argv.pop(1), run_name='__main__')",
    "headers": "import runpy, sys, sysconfig; sysconfig.get_path = lambda name: '/nowhere';"
    " runpy.run_path(sys.argv.pop(1), run_name='__main__')",
}


def _installed(render: Render, answers: Answers, tmp_path: Path) -> tuple[Path, Path]:
    """Return a project and the interpreter of an environment that it is installed in."""
    project = render(answers)
    environment = tmp_path / "environment"
    uv = find_uv_bin()
    succeed(uv, "venv", "--quiet", "--python", sys.executable, environment, cwd=project)
    python = environment / "bin" / "python"
    install = ("pip", "install", "--quiet", "--python", python, "--editable", ".")
    succeed(uv, *install, "--group", "test", cwd=project)
    return project, python


def _made(python: Path, project: Path, tool: str) -> Path:
    # A relative path, as a person would write it.
    return Path(succeed(python, f"tools/{tool}", cwd=project).splitlines()[-1])


def _empty(tmp_path: Path) -> dict[str, str]:
    """Return an environment of nothing but a place for what has to be unpacked."""
    return {"XDG_CACHE_HOME": str(tmp_path / "caches")}


def _where(
    environment: dict[str, str], command: list[str | Path], cwd: Path
) -> set[tuple[str, str]]:
    printed = _run(environment, [*command, "--where"], cwd)
    return {(kind, name) for kind, name in (line.split() for line in printed.splitlines())}


def _is_own(name: str, answers: Answers) -> bool:
    project = answers.get("project_name", "hello")
    package = answers.get("package_name", re.sub("[^a-z0-9]+", "_", project.lower()))
    return f"{name}.".startswith(f"{package}.")


def _use(environment: dict[str, str], command: list[str | Path], cwd: Path) -> None:
    """Register, sign in and ask who that is."""
    secret = "correct horse battery staple"  # noqa: S105 (nobody's password)
    said = _run(environment, [*command, "register", "ann@example.org"], cwd, secret)
    assert said == "ann@example.org is registered\n"
    token = _run(environment, [*command, "sign-in", "ann@example.org"], cwd, secret)
    assert _run(environment, [*command, "whoami"], cwd, token) == "ann@example.org\n"


def _run(environment: dict[str, str], command: list[str | Path], cwd: Path, enter: str = "") -> str:
    run = subprocess.run(
        command,
        cwd=cwd,
        env=environment,
        input=f"{enter}\n",
        check=False,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


def _pythons() -> Iterator[Path]:
    """Yield the interpreters of pyenv that a project can run on, by their full paths."""
    root = Path(os.environ.get("PYENV_ROOT", "~/.pyenv")).expanduser()
    for minor in range(11, 16):
        yield from sorted(root.glob(f"versions/3.{minor}.*/bin/python3.{minor}"))


def _older_python() -> Path:
    root = Path(os.environ.get("PYENV_ROOT", "~/.pyenv")).expanduser()
    for minor in (10, 9, 8):
        for python in sorted(root.glob(f"versions/3.{minor}.*/bin/python3.{minor}")):
            return python
    pytest.skip("there is no Python older than 3.11 here")
