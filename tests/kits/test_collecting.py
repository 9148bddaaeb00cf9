"""What a class hands in: who can do what, and that hostile work harms nobody and is named."""

import csv
import io
import json
import os
import shutil
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from textwrap import dedent
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from rich.console import Console

from modwright.kits.begin.code import Ready, encode
from modwright.kits.collection.assessing import State
from modwright.kits.collection.contained import Jail
from modwright.kits.collection.gathering import Assessed, Class, collect
from modwright.kits.collection.receiving import receive
from modwright.kits.collection.showing import as_csv, as_html, show, standings
from modwright.kits.subject import maker
from modwright.scaffold.source import template_root
from tests.conftest import Run, WriteFiles

RUNNER = template_root() / "template" / "{% if exercises %}course{% endif %}" / "runner"
EXERCISE = """
    places = ["src/{{pkg}}/{0}.py::{0}"]
    fails = "has no body yet"
    learned = "It is done."
    hints = ["Look.", "Look again."]
    needs = {1}
    seconds = 2
"""
CHECK = """
    def test_it():
        from tiny.{0} import {0}
        assert {0}() == {1}, "{0}() has to be {1}"
"""
BEGUN = """
    def {0}():
        raise NotImplementedError("exercise {1}: {0}() has no body yet")
"""
COURSE = {
    "pyproject.toml": '[project]\nname = "tiny"\nversion = "1"\n[build-system]\nrequires = []\n',
    "src/tiny/__init__.py": "",
    "src/tiny/one.py": BEGUN.format("one", "01_one"),
    "src/tiny/two.py": BEGUN.format("two", "02_two"),
    "course/course.toml": 'package = "tiny"\n',
    "course/01_one/page.md": "# The first\n",
    "course/01_one/exercise.toml": EXERCISE.format("one", []),
    "course/01_one/check.py": CHECK.format("one", 1),
    "course/02_two/page.md": "# The second\n",
    "course/02_two/exercise.toml": EXERCISE.format("two", ["01_one"]),
    "course/02_two/check.py": CHECK.format("two", 2),
}
ONE = {"src/tiny/one.py": "def one():\n    return 1\n"}
TWO = {"src/tiny/two.py": "def two():\n    return 2\n"}

HandIn = Callable[..., Path]
Collect = Callable[[], dict[str, Assessed]]


def one(body: str) -> dict[str, str]:
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    return {"src/tiny/one.py": f"import os, sys\ndef one():\n{lines}"}


@pytest.fixture
def course(tmp_path: Path, write_files: WriteFiles) -> Path:
    folder = write_files(tmp_path / "course", COURSE)
    shutil.copytree(RUNNER, folder / "course" / "runner", ignore=shutil.ignore_patterns("__pyc*"))
    return folder


@pytest.fixture
def hand_in(tmp_path: Path, course: Path, write_files: WriteFiles) -> HandIn:
    """Hand in the course with some files in place of others."""

    def hand_in(name: str, *changes: Mapping[str, str]) -> Path:
        folder = tmp_path / "in" / name
        shutil.copytree(course, folder)
        for files in changes:
            write_files(folder, files)
        return folder

    return hand_in


@pytest.fixture
def collect_all(tmp_path: Path, course: Path) -> Callable[[], Class]:
    return lambda: collect(tmp_path / "in", maker(str(course)), lambda _done, _total: None)


def states(person: Assessed) -> list[State]:
    return [result.state for result in person.results.values()]


def by_name(collected: Class) -> dict[str, Assessed]:
    return {person.handed.name: person for person in collected.people}


def test_who_is_where_is_found_out_and_not_believed(
    hand_in: HandIn, collect_all: Callable[[], Class], run_here: Run, course: Path, tmp_path: Path
) -> None:
    forged = {"exercises": {"01_one": {"passed": "2026-11-29T09:00:00Z", "tries": 7, "hints": 1}}}
    code = encode(Ready("macos-arm64", 13, "beside the project", imports=True, test=True))
    record = {"person": "Ann <b>&amp;", "code": code}
    hand_in("ann", ONE, TWO, {".modwright-kit.json": json.dumps(record)})
    hand_in("bob", one("return 3"), TWO)
    hand_in(
        "cleo",
        one("return 3"),
        {"course/progress.json": json.dumps(forged), "course/01_one/check.py": "def test_it(): 0"},
    )
    hand_in("dan")
    collected = collect_all()
    ann, bob, cleo, dan = (by_name(collected)[n] for n in ("Ann <b>&amp;", "bob", "cleo", "dan"))
    assert states(ann) == [State.PASSED, State.PASSED]
    assert (ann.at, ann.handed.code) == ("", code)
    assert states(bob) == [State.FAILED, State.WAITS]
    assert bob.results["01_one"].message.count("one() has to be 1") == 1
    assert states(cleo) == [State.FAILED, State.UNTOUCHED]
    assert cleo.handed.remarks == ["says of 01_one that it is solved, and it is not"]
    assert states(dan) == [State.UNTOUCHED, State.UNTOUCHED]
    first = standings(collected)[0]
    assert (first.passed, first.wrong, first.tries, first.hints) == (1, 2, 7, 1)
    assert [answer.names for answer in first.answers] == [("bob", "cleo")]
    assert "return 3" in first.answers[0].wrote

    finished = run_here("kit", str(course), "--collect", "in", "--csv", "c.csv", "--html", "c.html")
    assert finished.returncode == 0, finished.stderr
    rows = list(csv.DictReader(io.StringIO((tmp_path / "c.csv").read_text("utf-8"))))
    assert [row["01_one"] for row in rows] == ["passed", "failed", "failed", "not begun"]
    assert rows[0]["platform"] == "macos-arm64"
    page = (tmp_path / "c.html").read_text("utf-8")
    assert "Ann &lt;b&gt;&amp;amp;" in page
    assert "<script" not in page


HOSTILE = {
    "loops": one("while True: pass"),
    "loops at import": {"src/tiny/__init__.py": "while True: pass\n", **one("return 1")},
    "deletes": one("import shutil; shutil.rmtree(os.environ['PRECIOUS'], True); return 2"),
    "exits": one("os._exit(0)"),
    "prints": one("while True: print('x' * 1000)"),
    "kills": one("os.kill(-1, 9)"),
    "kills its parent": one("os.kill(os.getppid(), 9)"),
    "forks": one("while True: os.fork()"),
    "fills the disk": one(
        "for number in range(100000):\n"
        "    open(f'file{number}', 'wb').write(b'x' * 10_000_000)\n"
        "return 2"
    ),
    "fills memory": one("x = [b'x' * 100_000_000 for _ in range(1000)]; return 2"),
    "leaves a child": one(
        "import subprocess\nsubprocess.Popen(['sleep', '611'], start_new_session=True)\nreturn 2"
    ),
    "rewrites the check": one("open('course/01_one/check.py', 'w').write(''); return 2"),
}
QUICK = ("loops", "deletes", "exits")


@pytest.mark.parametrize(
    "names", [QUICK, pytest.param(tuple(HOSTILE), marks=pytest.mark.full)], ids=["some", "all"]
)
def test_hostile_work_harms_nobody_and_is_named(
    names: tuple[str, ...],
    hand_in: HandIn,
    collect_all: Callable[[], Class],
    tmp_path: Path,
) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "file").touch()
    for name in names:
        hand_in(
            name,
            {
                p: t.replace("os.environ['PRECIOUS']", repr(str(precious)))
                for p, t in HOSTILE[name].items()
            },
        )
    hand_in("zoe", ONE, TWO)
    collected = collect_all()
    people = by_name(collected)
    assert states(people["zoe"]) == [State.PASSED, State.PASSED]
    assert [name for name in names if people[name].solved] == []
    assert states(people["loops"])[0] is State.HANGS
    assert people["loops"].handed.remarks == ["01_one does not end"]
    if not collected.is_closed:
        pytest.skip("nothing can be cut off here")
    assert (precious / "file").exists()
    if "leaves a child" in names:
        commands = [
            path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if path.exists()
        ]
        assert not [command for command in commands if b"611" in command]


SOLVE = """
    import sys
    from pathlib import Path
    project = Path(sys.argv[1])
    sys.path.insert(0, str(project / "course"))
    from runner.exercises import load
    from runner.places import solve
    for exercise in load(project):
        solve(project, exercise)
"""


@pytest.mark.release
def test_who_has_solved_the_whole_course_of_our_template_is_seen_to_have(tmp_path: Path) -> None:
    make = maker("workshop")
    project = make({"project_name": "ann-s", "package_name": "ann_s"}, tmp_path / "in")
    program: list[str | Path] = [sys.executable, "-B", "-c", dedent(SOLVE), project.folder]
    subprocess.run(program, check=True)
    make({"project_name": "ben", "package_name": "ben"}, tmp_path / "in")
    ann, ben = collect(tmp_path / "in", make, lambda _done, _total: None).people
    assert set(states(ann)) == {State.PASSED}
    assert set(states(ben)) == {State.UNTOUCHED}


def test_what_is_handed_in_sees_no_network(
    hand_in: HandIn, collect_all: Callable[[], Class]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        port = server.getsockname()[1]
        hand_in(
            "ann", one(f"import socket; socket.create_connection(('127.0.0.1', {port})); return 1")
        )
        collected = collect_all()
        if not collected.is_closed:
            pytest.skip("nothing can be cut off here")
        assert states(collected.people[0])[0] is State.FAILED
        with pytest.raises(TimeoutError):
            server.accept()


def test_a_zip_is_taken_from_however_deep_with_what_nobody_needs_left_out(
    course: Path, tmp_path: Path
) -> None:
    file = tmp_path / "ann.zip"
    with ZipFile(file, "w", ZIP_DEFLATED) as packed:
        for path in course.rglob("*.*"):
            packed.write(path, Path("Ann's kit", "tiny", path.relative_to(course)))
        link = ZipInfo("Ann's kit/tiny/.venv/bin/python")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        packed.writestr(link, "/usr/bin/python3")
        packed.writestr("__MACOSX/._x", b"x")
        packed.writestr("Ann's kit/tiny/large.bin", bytes(3 << 20))
    handed = receive(file)
    assert handed.is_taken
    assert handed.remarks == ["Ann's kit/tiny/large.bin has 3 MB, and was left out"]
    assert "src/tiny/one.py" in handed.files
    assert not [path for path in handed.files if ".venv" in path]


def bad_zips(folder: Path) -> dict[str, Path]:
    project = "[project]\n"

    def make(name: str, *entries: tuple[str | ZipInfo, bytes]) -> Path:
        with ZipFile(folder / f"{name}.zip", "w", ZIP_DEFLATED) as packed:
            packed.writestr("pyproject.toml", project)
            for entry, content in entries:
                packed.writestr(entry, content)
        return folder / f"{name}.zip"

    link = ZipInfo("src/link.py")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    (folder / "broken.zip").write_bytes(b"PK\x03\x04 and no more")
    small = [(f"src/{n}.py", bytes(1 << 20)) for n in range(40)]
    liar = make("liar", ("src/x.py", bytes(1000)))
    size, less = ((number).to_bytes(4, "little") for number in (1000, 7))
    liar.write_bytes(liar.read_bytes().replace(size, less))
    return {
        "lies outside": make("outside", ("../../evil.py", b"")),
        "lies outside of it": make("absolute", ("/etc/evil.py", b"")),
        "src/link.py is a link": make("link", (link, b"/etc/passwd")),
        "more than 3000 files or 30 MB": make("bomb", *small),
        "not a zip that can be read": folder / "broken.zip",
        "not a zip that can be read (": liar,
        "there is no pyproject.toml": _without_project(folder),
        "several projects": make_two(folder),
        "it is not a course": make("plain", ("src/x.py", b"")),
    }


def _without_project(folder: Path) -> Path:
    with ZipFile(folder / "nothing.zip", "w") as packed:
        packed.writestr("essay.txt", "my dog ate it")
    return folder / "nothing.zip"


def make_two(folder: Path) -> Path:
    with ZipFile(folder / "two.zip", "w") as packed:
        packed.writestr("a/pyproject.toml", "")
        packed.writestr("b/pyproject.toml", "")
    return folder / "two.zip"


def test_what_cannot_be_taken_is_told_with_the_reason(tmp_path: Path) -> None:
    for words, file in bad_zips(tmp_path).items():
        handed = receive(file)
        assert not handed.is_taken
        [remark] = handed.remarks
        assert words in remark, (file, remark)


@pytest.mark.skipif(os.name == "nt", reason="links and pipes are others there")
def test_links_and_pipes_in_a_folder_are_refused(hand_in: HandIn) -> None:
    linked = hand_in("linked")
    (linked / "src" / "tiny" / "passwd.py").symlink_to("/etc/passwd")
    assert receive(linked).remarks == ["not taken: src/tiny/passwd.py is a link"]
    piped = hand_in("piped")
    os.mkfifo(piped / "src" / "tiny" / "pipe.py")
    assert "is neither a file nor a folder" in receive(piped).remarks[0]


@pytest.mark.parametrize(
    "progress",
    ["", "[]", "nonsense", '{"exercises": 3}', '{"exercises": {"01_one": []}}', "[" * 99999],
)
def test_progress_may_be_anything(progress: str, hand_in: HandIn) -> None:
    handed = receive(hand_in("ann", {"course/progress.json": progress}))
    assert handed.is_taken
    assert handed.claims == {}


def test_a_table_is_shown_without_what_would_steer_a_terminal_or_a_spreadsheet(
    hand_in: HandIn, collect_all: Callable[[], Class]
) -> None:
    record = {"person": "=1+1 [red]\x1b[31m"}
    hand_in("ann", {".modwright-kit.json": json.dumps(record)})
    collected = collect_all()
    console = Console(record=True, width=100, file=io.StringIO())
    show(collected, console)
    text = console.export_text()
    assert "\x1b" not in text
    assert "[red]" in text
    assert as_csv(collected).splitlines()[1].startswith("'=1+1 [red]")
    assert "\x1b" not in as_html(collected)


def test_a_jail_shows_the_programs_own_folder_and_no_other_process(tmp_path: Path) -> None:
    jail = Jail(Path(sys.executable), tmp_path)
    if not jail.is_closed:
        pytest.skip("nothing can be cut off here")
    work = tmp_path / "work"
    work.mkdir()
    program = "import os; open('x', 'w'); print(sum(p.isdigit() for p in os.listdir('/proc')))"
    assert jail.run(program, (), work, 5).stdout == "1\n"
    assert (work / "x").exists()
