"""A kit as its leader makes it: what is in it, which wheels, and what is refused."""

import hashlib
import http.server
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import ClassVar
from zipfile import ZipFile

import pytest
from packaging.specifiers import SpecifierSet

from modwright.errors import EnvironmentFailed, UsageFailed
from modwright.git import git
from modwright.kits.begin.code import Ready, decode, encode
from modwright.kits.downloading import Cache, download
from modwright.kits.making import Wheelhouse, contents
from modwright.kits.packing import write_zip
from modwright.kits.resolving import Wheel, resolve
from modwright.kits.subject import project_in
from modwright.kits.targets import PLATFORMS, Target, platforms_of, pythons_of
from tests.conftest import Run, WriteFiles
from tests.kits.conftest import HERE, PROJECT, Kit, MakeKit, MakeWheel

LINUX, WINDOWS = PLATFORMS["linux-x86_64"], PLATFORMS["windows-x86_64"]
Index = Callable[..., None]


class _Server(http.server.SimpleHTTPRequestHandler):
    """Gives a file from where it is asked to; of what is called `busy`, only at the second try."""

    asked: ClassVar[list[str]] = []  # the ranges of wheels

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass

    def do_GET(self) -> None:
        if not self.path.endswith(".whl") or self.headers["User-Agent"] != "modwright":
            return super().do_GET()
        wanted = self.headers["Range"] or ""
        self.asked.append(wanted)
        if "busy" in self.path and len(self.asked) == 1:
            return self.send_error(503)
        begin = int(wanted.removeprefix("bytes=").rstrip("-") or 0)
        try:
            content = Path(self.translate_path(self.path)).read_bytes()[begin:]
        except FileNotFoundError:
            return self.send_error(404)
        self.send_response(206 if begin else 200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        return None


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Index]:
    """Serve wheels from an index of their own, which is the one that uv is told of."""
    folder = tmp_path / "index"
    folder.mkdir()
    _Server.asked.clear()
    handler = partial(_Server, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("UV_DEFAULT_INDEX", f"http://127.0.0.1:{server.server_port}/simple/")
    monkeypatch.setenv("UV_NO_CONFIG", "1")
    # The port may have been another test's, whose wheels uv would remember by the address.
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache of uv"))
    for name in ("UV_FIND_LINKS", "UV_INDEX", "UV_EXTRA_INDEX_URL", "UV_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)

    def add(*wheels: Wheel) -> None:
        for wheel in wheels:
            page = folder / "simple" / wheel.name.partition("-")[0] / "index.html"
            page.parent.mkdir(parents=True, exist_ok=True)
            content = (tmp_path / "wheels" / wheel.name).read_bytes()
            (folder / wheel.name).write_bytes(content)
            before = page.read_text("utf-8") if page.exists() else ""
            link = f'<a href="/{wheel.name}#sha256={wheel.sha256}">{wheel.name}</a>\n'
            page.write_text(before + link, "utf-8")

    yield add
    server.shutdown()
    server.server_close()


@pytest.fixture
def project(tmp_path: Path, write_files: WriteFiles) -> Path:
    return write_files(tmp_path / "small", PROJECT)


def test_the_same_inputs_give_the_same_bytes(
    project: Path, greeting: Wheel, tmp_path: Path
) -> None:
    places = {greeting: tmp_path / "wheels" / greeting.name}
    digests = set()
    for name in ("one.zip", "two.zip"):
        house = Wheelhouse({Target(LINUX, "3.13"): [greeting]}, places)
        write_zip(tmp_path / name, contents(project_in(project), house))
        digests.add(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest())
        for file in project.rglob("*"):
            file.touch()
    assert len(digests) == 1


def test_a_kit_holds_what_git_would_take_and_no_wheel_under_its_ending(
    make_kit: MakeKit, tmp_path: Path
) -> None:
    ignored = {".gitignore": "*.log\n/build/\n", "loud.log": "x", "build/x.py": "x"}
    kit = make_kit(ignored | {".env.example": "x", ".venv/x": "x", "docs/ü.md": "x"})
    held = {file.relative_to(kit.project).as_posix() for file in kit.project.rglob("*.*")}
    assert {".gitignore", ".env.example", "docs/ü.md", "src/small/hello.py"} <= held
    assert not {"loud.log", "build/x.py"} & held
    assert not (kit.project / ".venv").exists()
    with ZipFile(tmp_path / "kit.zip") as packed:
        assert not [name for name in packed.namelist() if name.endswith(".whl")]
        modes = {entry.filename: entry.external_attr >> 16 for entry in packed.infolist()}
    assert modes["small-kit/start.command"] & modes["small-kit/start.sh"] & 0o111
    assert b"\r\n" in (kit.root / "start.bat").read_bytes()
    assert b"\r" not in (kit.root / "start.sh").read_bytes()


def test_a_repository_gives_what_it_tracks_and_would_track(project: Path) -> None:
    (project / ".gitignore").write_text("*.log\n", "utf-8")
    for name in ("kept.log", "lost.log", "new.txt", "gone.txt"):
        (project / name).touch()
    git(project, "init", "--quiet")
    git(project, "add", "--force", "kept.log", "gone.txt")
    (project / "gone.txt").unlink()
    assert {"kept.log", "new.txt"} == {
        path.name for path in project_in(project).files if path.suffix in {".log", ".txt"}
    }
    assert not [path for path in project_in(project).files if path.parts[0] == ".git"]
    (project / "src" / "pyproject.toml").touch()  # a project in a larger repository
    assert Path("small/hello.py") in project_in(project / "src").files
    (project / ".gitignore").write_text("/src/\n", "utf-8")
    with pytest.raises(UsageFailed, match="git ignores its"):
        project_in(project / "src")


def test_a_link_out_of_the_project_is_refused(project: Path) -> None:
    (project / "passwords").symlink_to("/etc/passwd")
    with pytest.raises(UsageFailed, match="is a link out of the project"):
        project_in(project)


def test_each_computer_is_given_its_own_wheels(
    index: Index, make_wheel: MakeWheel, greeting: Wheel, project: Path
) -> None:
    module = {"native/__init__.py": ""}
    tags = ("cp313-cp313-manylinux_2_17_x86_64", "cp313-cp313-win_amd64", "cp311-abi3-win_amd64")
    native = [make_wheel("native", module, tag) for tag in tags]
    index(greeting, *native)
    targets = [Target(LINUX, "3.13"), Target(WINDOWS, "3.13"), Target(WINDOWS, "3.12")]
    resolved = resolve(project, ["native"], targets)
    names = [[wheel.name for wheel in resolved[target]] for target in targets]
    assert names == [[greeting.name, wheel.name] for wheel in native]


def test_a_dependency_without_a_wheel_is_named_with_all_that_lack_it(
    index: Index, make_wheel: MakeWheel, greeting: Wheel, project: Path
) -> None:
    index(greeting, make_wheel("native", {}, "cp313-cp313-win_amd64"))
    targets = [Target(LINUX, "3.13"), Target(LINUX, "3.12"), Target(WINDOWS, "3.13")]
    with pytest.raises(EnvironmentFailed) as failed:
        resolve(project, ["native"], targets)
    assert "nothing was downloaded" in str(failed.value)
    assert "native" in str(failed.value)
    assert "linux-x86_64 3.13" in str(failed.value)
    assert "windows" not in str(failed.value)


@pytest.fixture
def wheel(index: Index, make_wheel: MakeWheel, project: Path) -> Wheel:
    """Return a wheel as an index has it."""
    index(make_wheel("greeting", {"greeting/__init__.py": f"TEXT = {'x' * 3000!r}"}))
    target = Target(LINUX, "3.13")
    return resolve(project, [], [target])[target][0]


def test_a_part_is_continued_and_what_is_there_is_not_asked_for_again(
    wheel: Wheel, tmp_path: Path
) -> None:
    cache, told = Cache(tmp_path / "cache"), list[int]()
    whole = (tmp_path / "wheels" / wheel.name).read_bytes()
    part = cache.file(wheel).with_name(f"{wheel.name}.part")
    part.parent.mkdir(parents=True)
    part.write_bytes(whole[:200])
    download([wheel], cache, told.append)
    assert cache.file(wheel).read_bytes() == whole
    assert (_Server.asked, sum(told)) == (["bytes=200-"], len(whole) - 200)
    assert cache.lacks([wheel]) == []
    cache.file(wheel).write_bytes(whole[:-1])  # a disk that fails, perhaps
    assert cache.lacks([wheel]) == [wheel]


def test_what_is_damaged_is_fetched_anew(wheel: Wheel, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    part = cache.file(wheel).with_name(f"{wheel.name}.part")
    part.parent.mkdir(parents=True)
    part.write_bytes(b"this is not its beginning")
    download([wheel], cache, lambda _: None)
    assert hashlib.sha256(cache.file(wheel).read_bytes()).hexdigest() == wheel.sha256
    assert _Server.asked == ["bytes=25-", ""]


def test_a_server_that_is_busy_is_asked_again(
    index: Index, make_wheel: MakeWheel, greeting: Wheel, project: Path, tmp_path: Path
) -> None:
    index(greeting, make_wheel("busy", {"busy/__init__.py": ""}))
    target = Target(LINUX, "3.13")
    busy = [wheel for wheel in resolve(project, ["busy"], [target])[target] if "busy" in wheel.name]
    download(busy, Cache(tmp_path / "cache"), lambda _: None)
    assert _Server.asked == ["", ""]
    assert Cache(tmp_path / "cache").lacks(busy) == []


def test_what_is_not_as_announced_is_not_taken(
    wheel: Wheel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("modwright.kits.downloading.TRIES", 1)
    (tmp_path / "index" / wheel.name).write_bytes(b"something else")
    with pytest.raises(EnvironmentFailed, match="is not what the index has announced"):
        download([wheel], Cache(tmp_path / "cache"), lambda _: None)
    assert Cache(tmp_path / "cache").lacks([wheel]) == [wheel]


def test_a_wheel_that_the_index_does_not_have_any_more_is_named(
    wheel: Wheel, tmp_path: Path
) -> None:
    (tmp_path / "index" / wheel.name).unlink()
    with pytest.raises(EnvironmentFailed, match="cannot be downloaded: the server says 404"):
        download([wheel], Cache(tmp_path / "cache"), lambda _: None)


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ((), ["linux-x86_64", "macos-arm64", "macos-x86_64", "windows-x86_64"]),
        (("macos",), ["macos-arm64", "macos-x86_64"]),
        (
            ("Windows-ARM64", "linux-arm64", "linux"),
            ["windows-arm64", "linux-aarch64", "linux-x86_64"],
        ),
        (("windows-amd64", "windows"), ["windows-x86_64"]),
        (("macos-aarch64",), ["macos-arm64"]),
    ],
)
def test_platforms_are_named_as_people_name_them(asked: tuple[str, ...], names: list[str]) -> None:
    assert [platform.name for platform in platforms_of(asked)] == names


@pytest.mark.parametrize("asked", ["amiga", "-", "windows-sparc", ""])
def test_other_platforms_are_refused_with_those_there_are(asked: str) -> None:
    with pytest.raises(UsageFailed, match="There are: linux, macos, windows"):
        platforms_of([asked])


def test_pythons_are_those_that_the_project_admits() -> None:
    assert pythons_of((), SpecifierSet(">=3.13.2")) == ["3.15", "3.14", "3.13"]
    assert pythons_of(("3.11", "3.13"), SpecifierSet("")) == ["3.13", "3.11"]
    for asked in ("3.12", "3", "2.7", "3.13.1", "x"):
        with pytest.raises(UsageFailed, match=re.escape(f"--python {asked}: ")):
            pythons_of((asked,), SpecifierSet(">=3.13"))


REFUSED = [
    ((), "Name the file to write"),
    (("-o", "there.zip"), "there.zip is there already"),
    (("-o", "no/where.zip"), "there is no folder"),
    (("nothing", "-o", "kit.zip"), "nothing"),
    (("empty", "-o", "kit.zip"), "it is not a project"),
    (("-o", "kit.zip", "--platform", "amiga"), "no such platform"),
    (("-o", "kit.zip", "--installer", "python.exe"), "there is no such file"),
    (("-o", "kits", "--roster", "names.csv"), "The roster cannot be read"),
    (("--code", "K7QF-2M"), "misheard"),
    (("--collect", "empty"), "neither folders nor zips"),
]


@pytest.mark.parametrize(("arguments", "words"), REFUSED, ids=lambda value: " ".join(value)[:30])
def test_what_cannot_be_used_is_told_in_a_line_and_nothing_is_written(
    arguments: tuple[str, ...], words: str, run_here: Run, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "there.zip").touch()
    before = sorted(tmp_path.iterdir())
    finished = run_here("kit", *arguments)
    assert finished.returncode == 2, finished.stderr
    [line] = finished.stderr.splitlines()
    assert words in line
    assert sorted(tmp_path.iterdir()) == before


def test_a_code_is_told_in_words(run_here: Run) -> None:
    ready = Ready("windows-x86_64", 13, "beside the project", imports=True, test=True)
    finished = run_here("kit", "--code", encode(ready))
    assert finished.returncode == 0
    assert "windows-x86_64, Python 3.13, environment: beside the project, kit 0" in finished.stdout
    assert re.search("^yes +All works", finished.stdout, re.MULTILINE)
    assert re.search("^no +There is a C compiler", finished.stdout, re.MULTILINE)


@pytest.mark.full
def test_the_preset_workshop_is_ready_without_a_network(run: Run, tmp_path: Path) -> None:
    made = run("kit", "-o", "kit.zip", "--platform", "linux", "--python", HERE)
    assert made.returncode == 0, made.stderr
    assert re.search(r"linux-\w+ +[\d.]+ MB\nIn the kit: \d+ wheels, [\d.]+ MB", made.stdout)
    with ZipFile(tmp_path / "kit.zip") as packed:
        packed.extractall(tmp_path / "unpacked")
    kit = Kit(tmp_path / "unpacked" / "workshop-kit")
    ready = decode(kit.last_line().rpartition(" ")[2])
    assert ready.all_works
    assert ready.by_uv
    assert ready.modwright
    # Once more as where uv may not be run: what it has done, the wheels are laid out for.
    starter = kit.root / "kit-files" / "begin" / "environment.py"
    without = starter.read_text("utf-8").replace('startswith("uv-")', 'startswith("no-")')
    starter.write_text(without, "utf-8")
    shutil.rmtree(kit.root / "workshop" / ".venv")
    ready = decode(kit.last_line().rpartition(" ")[2])
    assert ready.all_works
    assert ready.modwright
    assert not ready.by_uv
