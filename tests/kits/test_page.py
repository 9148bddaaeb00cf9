"""The page of a kit: what is packed, where its Python comes from, and who may see it."""

import base64
import gzip
import hashlib
import http.client
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

import pytest

from modwright.errors import EnvironmentFailed, UsageFailed
from modwright.kits import pyodide
from modwright.kits.begin.kit import this_platform
from modwright.kits.making import Wheelhouse, contents
from modwright.kits.packing import write_zip
from modwright.kits.resolving import Wheel
from modwright.kits.subject import project_in
from modwright.kits.targets import PLATFORMS, Target
from tests.conftest import Run, WriteFiles
from tests.kits.conftest import HERE, PROJECT, MakeKit, shown, without_network

COURSE = {"course/course.toml": 'package = "small"\n'}
WASM = b"\0asm" * 1000
Npm = Callable[[str], None]
Served = tuple[subprocess.Popen[str], http.client.HTTPConnection]

posix = pytest.mark.skipif(os.name == "nt", reason="programs are files with a first line here")


@pytest.fixture
def npm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Npm:
    """Let npm be a program that does what is given; without, there is none."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def write(does: str) -> None:
        file = folder / "npm"
        file.write_text(f"#!{sys.executable}\nimport sys\n{does}\n")
        file.chmod(0o755)

    return write


def tarball(*, lacks: str = "") -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        for name in {*pyodide.FILES, "pyodide.js.map"} - {lacks}:
            entry = tarfile.TarInfo(f"package/{name}")
            entry.size = len(WASM)
            tar.addfile(entry, io.BytesIO(WASM))
    return packed.getvalue()


def expect(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    digest = base64.b64encode(hashlib.sha512(content).digest()).decode()
    monkeypatch.setattr(pyodide, "INTEGRITY", f"sha512-{digest}")


@posix
def test_pyodide_comes_by_npm_once(
    npm: Npm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = tarball()
    expect(monkeypatch, content)
    (tmp_path / "theirs.tgz").write_bytes(content)
    npm(f"""
import shutil
assert sys.argv[1:3] == ["pack", "pyodide@{pyodide.VERSION}"], sys.argv
shutil.copy({str(tmp_path / "theirs.tgz")!r}, "pyodide-1.tgz")""")
    brought = pyodide.bring(tmp_path / "cache")
    assert brought == dict.fromkeys(pyodide.FILES, WASM)
    npm("sys.exit('it is asked again')")
    assert pyodide.bring(tmp_path / "cache") == brought
    assert [file.name for file in (tmp_path / "cache").iterdir()] == [
        f"pyodide-{pyodide.VERSION}.tgz"
    ]


@posix
@pytest.mark.parametrize(
    ("does", "told"),
    [
        ("open('pyodide-1.tgz', 'w').write('another one')", "is not the pyodide"),
        ("sys.exit('npm error code E404\\nnpm error 404 Not Found - GET x')", "404 Not Found"),
        ("sys.exit(1)", "npm does not say why"),
        ("pass", "npm does not say why"),
    ],
)
def test_what_npm_cannot_bring_is_told_and_not_kept(
    npm: Npm, tmp_path: Path, does: str, told: str
) -> None:
    npm(does)
    with pytest.raises(EnvironmentFailed, match=told):
        pyodide.bring(tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


@pytest.mark.usefixtures("npm")
def test_without_npm_it_is_said_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFailed, match="there is no npm here"):
        pyodide.bring(tmp_path / "cache")


def test_the_page_is_asked_for_by_an_option_and_its_size_is_shown(
    tmp_path: Path,
    write_files: WriteFiles,
    run_here: Run,
    greeting: Wheel,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    project = write_files(tmp_path / "small", PROJECT | COURSE)
    for name, gives in {
        "own_wheel": lambda folder: _laid(greeting, tmp_path / "wheels", folder),
        "resolve": lambda _project, _own, targets, _tell: dict.fromkeys(targets, ()),
        "bring": lambda: {"pyodide.asm.wasm": WASM},
    }.items():
        monkeypatch.setattr(f"modwright.kits.gathering.{name}", gives)
    finished = run_here("kit", project, "-o", "kit.zip", "--browser", "--python", HERE)
    assert finished.returncode == 0, finished.stderr
    assert f"For browsers: Pyodide {pyodide.VERSION}, 13.5 MB." in finished.stdout
    with ZipFile(tmp_path / "kit.zip") as packed:
        assert packed.read("small-kit/browser/pyodide/pyodide.asm.wasm") == WASM
        assert "small-kit/browser/index.html" in packed.namelist()


def _laid(wheel: Wheel, place: Path, into: Path) -> Wheel:
    shutil.copy(place / wheel.name, into)
    return wheel


def test_a_project_without_exercises_has_no_page(
    tmp_path: Path, write_files: WriteFiles, run_here: Run
) -> None:
    project = write_files(tmp_path / "small", PROJECT)
    finished = run_here("kit", str(project), "-o", str(tmp_path / "kit.zip"), "--browser")
    assert finished.returncode == 2
    assert (
        finished.stderr.strip()
        == "modwright: error: --browser shows a course, and small has no exercises."
    )
    assert not (tmp_path / "kit.zip").exists()


def test_a_project_may_not_have_the_name_of_the_page(
    tmp_path: Path, write_files: WriteFiles
) -> None:
    project = write_files(tmp_path / "browser", PROJECT)
    with pytest.raises(UsageFailed, match="rename the project"):
        contents(project_in(project), Wheelhouse({}, {}))


@pytest.fixture
def kit(tmp_path: Path, write_files: WriteFiles) -> Path:
    """Make the kit of a course, with a page whose Python is not one."""
    project = project_in(write_files(tmp_path / "small", PROJECT | COURSE))
    targets = {Target(PLATFORMS[this_platform()], HERE): ()}
    held = contents(project, Wheelhouse(targets, {}, {"pyodide.asm.wasm": WASM}), person="Ann")
    write_zip(tmp_path / "kit.zip", held)
    subprocess.run(
        [sys.executable, "-m", "zipfile", "-e", "kit.zip", "."], cwd=tmp_path, check=True
    )
    return tmp_path / "small-kit"


def test_the_page_has_all_that_it_asks_for_and_every_file_of_the_project(kit: Path) -> None:
    page = kit / "browser"
    told = json.loads((page / "project.json").read_text("utf-8"))
    assert (told["name"], told["person"]) == ("small", "Ann")
    held = {path: base64.b64decode(text) for path, text in told["files"].items()}
    assert held == {
        file.relative_to(kit / "small").as_posix(): file.read_bytes()
        for file in (kit / "small").rglob("*")
        if file.is_file()
    }
    for script in page.glob("*.js"):
        for line in script.read_text("utf-8").splitlines():
            assert "http:" not in line
            assert "https:" not in line
            if line.startswith("import") and "/pyodide/" not in line:
                assert (page / line.split('"')[1]).is_file(), line
    assert (page / "pyodide" / "pyodide.asm.wasm").read_bytes() == WASM


@pytest.fixture
def served(kit: Path) -> Iterator[Served]:
    """Let the kit show its page; yield what shows it, and a connection to that."""
    with shown(kit) as (process, url), closing(_connection(url)) as connection:
        yield process, connection


def _connection(url: str) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(url.removeprefix("http://").strip("/"), timeout=60)


def test_a_page_is_served_as_browsers_want_it(served: Served) -> None:
    _, connection = served
    kinds = {"/": "text/html", "/main.js": "text/javascript", "/course.py": "text/plain"}
    for path, kind in kinds.items():
        connection.request("GET", path)
        answer = connection.getresponse()
        content = answer.read()
        assert answer.status == 200
        assert answer.headers["Content-Type"] == f"{kind}; charset=utf-8"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert len(content) == int(answer.headers["Content-Length"])
    wasm = "/pyodide/pyodide.asm.wasm"
    connection.request("GET", wasm, headers={"Accept-Encoding": "gzip, br"})
    answer = connection.getresponse()
    assert gzip.decompress(answer.read()) == WASM
    assert answer.headers["Content-Type"] == "application/wasm"
    connection.request("GET", wasm, headers={"If-None-Match": answer.headers["ETag"]})
    again = connection.getresponse()
    assert (again.status, again.read()) == (304, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/nothing.js",
        "/pyodide",
        "/../kit-files/kit.json",
        "/%2e%2e/start.py",
        "//etc/passwd",
        "/index.html%00.js",
    ],
)
def test_nothing_but_the_page_is_served(served: Served, path: str) -> None:
    _, connection = served
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 404


@posix
def test_ctrl_c_ends_it_though_a_browser_is_connected(served: Served) -> None:
    process, connection = served
    connection.request("GET", "/")
    assert connection.getresponse().read()
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does
    assert process.wait(50) == 0  # a connection may stay for a minute
    assert process.stdout
    assert process.stdout.read().splitlines()[-1] == "Ended."


def test_a_kit_without_a_page_says_so(make_kit: MakeKit) -> None:
    kit = make_kit()
    command = [sys.executable, str(kit.root / "start.py"), "--serve"]
    finished = subprocess.run(command, check=False, capture_output=True, text=True)
    assert finished.returncode == 1
    assert finished.stdout == "This kit has no page for browsers: it was made without --browser.\n"
    assert finished.stderr == ""


@posix
def test_a_room_without_a_network_is_told(kit: Path) -> None:
    apart = without_network()
    if not apart:
        pytest.skip("needs namespaces of the network")
    command = [*apart, sys.executable, "start.py", "--room"]
    finished = subprocess.run(command, cwd=kit, check=False, capture_output=True, text=True)
    assert finished.returncode == 1
    assert finished.stdout == "This computer is in no network. Join the room's first.\n"
