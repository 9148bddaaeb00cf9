"""Presets: ours by name, anybody's by file or URL, and what cannot be one."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from modwright.errors import UsageFailed
from modwright.scaffold import web
from modwright.scaffold.answers import combine
from modwright.scaffold.preset_sources import LARGEST_PRESET
from modwright.scaffold.presets import list_presets, load_preset
from modwright.scaffold.questions import read_questions
from modwright.scaffold.source import template_root
from tests.conftest import Run

ASKED_OF_NOBODY = {"renovate_extends"}
NOT_ANSWERS = [
    "",
    "- a\n- list\n",
    "only words",
    "42",
    "1: key is a number\n",
    "---\na: 1\n---\nb: 2",
]
BOMB = "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
NOT_YAML = [
    "a: [",
    "a: b: c",
    "\tkey: x",
    "key: !!python/object:os.system x",
    "&a a: *b",
    "a: \x00",
]


class Pages(BaseHTTPRequestHandler):
    """A few pages, most of them of the kind that one does not wish for."""

    def do_GET(self) -> None:
        getattr(self, self.path.strip("/").partition("/")[0])()

    def log_message(self, *_: object) -> None: ...

    def respond(self, content: bytes, *headers: tuple[str, str], status: int = 200) -> None:
        self.send_response(status)
        for header in headers:
            self.send_header(*header)
        self.end_headers()
        self.wfile.write(content)

    def good(self) -> None:
        self.respond(b"license: MIT\n")

    def moved(self) -> None:
        self.respond(b"", ("Location", "/good"), status=302)

    def astray(self) -> None:
        self.respond(b"", ("Location", "http://127.0.0.1:9/"), status=302)

    def local(self) -> None:
        self.respond(b"", ("Location", "file:///etc/hostname"), status=302)

    def to_ftp(self) -> None:
        self.respond(b"", ("Location", "ftp://127.0.0.1:9/team.yml"), status=302)

    def endless_move(self) -> None:
        self.send_response(302)
        self.send_header("Location", "/good")
        self.end_headers()
        with suppress(OSError):
            while True:
                self.wfile.write(b"x" * LARGEST_PRESET)

    def trickle(self) -> None:
        self.send_response(200)
        with suppress(OSError):  # of a reader who has had enough
            for number in range(90):  # more than a hundred are refused by Python itself
                self.send_header(f"Header-{number}", "")
                self.flush_headers()
                time.sleep(0.1)
        self.end_headers()

    def circle(self) -> None:
        self.respond(b"", ("Location", "/circle"), status=302)

    def missing(self) -> None:
        self.send_error(404)

    def broken(self) -> None:
        self.send_error(500)

    def large(self) -> None:
        self.respond(b"a: ")
        with suppress(OSError):  # of a reader who has had enough
            for self.server.sent in range(1, 101):  # type: ignore[attr-defined]
                self.wfile.write(b"x" * LARGEST_PRESET)

    def page(self) -> None:
        self.respond(b"<!DOCTYPE html><html><body>{a: [}</body></html>")

    def gibberish(self) -> None:
        self.wfile.write(b"what is this?\r\n\r\n")

    def hung_up(self) -> None:
        self.connection.shutdown(socket.SHUT_RDWR)

    def odd_length(self) -> None:
        self.respond(b"license: MIT\n", ("Content-Length", "many"))

    def cut_short(self) -> None:
        self.respond(b"license: MIT\n", ("Content-Length", "100"))


@pytest.fixture(scope="module")
def server() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def site(server: ThreadingHTTPServer) -> str:
    return f"http://127.0.0.1:{server.server_port}"


def refused(preset: str | Path) -> str:
    """Return the line that a preset is refused with."""
    with pytest.raises(UsageFailed) as caught:
        load_preset(str(preset), template_root())
    return str(caught.value)


def test_our_presets_are_listed_with_their_first_line() -> None:
    presets = list_presets(template_root())
    trades = {"automation", "library", "ml-pipeline", "web-backend"}
    assert {"minimal", "workshop"} | trades <= set(presets)
    for description in presets.values():
        assert description
        assert not description.startswith("#")


@pytest.mark.parametrize("name", list_presets(template_root()))
def test_a_preset_of_ours_answers_all_questions_but_three(name: str) -> None:
    questions = [q for q in read_questions(template_root()) if q.name not in ASKED_OF_NOBODY]
    preset = load_preset(name, template_root())
    assert preset.recorded == {}, "what is ours comes with the template's own version"
    answers = combine(questions, preset.answers)
    assert len(questions) - len(answers) <= 3
    for question in questions:
        if question.name in answers and question.choices:
            answer = answers[question.name]
            assert set(answer if question.many else [answer]) <= question.choices.keys()


def test_a_file_is_a_preset(tmp_path: Path) -> None:
    file = tmp_path / "team"
    file.write_text("stack: stdlib\nsubpackages: [a, b]\n", encoding="utf-8")
    answers = {"stack": "stdlib", "subpackages": ["a", "b"]}
    assert load_preset(str(file), template_root()).answers == answers


@pytest.mark.parametrize("page", ["good", "moved", "endless_move", "odd_length"])
def test_a_url_is_a_preset(page: str, site: str) -> None:
    assert load_preset(f"{site}/{page}", template_root()).answers == {"license": "MIT"}


@pytest.mark.parametrize(
    "page",
    ["astray", "local", "circle", "missing", "broken", "page", "gibberish", "hung_up", "cut_short"],
)
def test_a_url_that_gives_no_preset_is_refused_by_its_name(page: str, site: str) -> None:
    assert f"{site}/{page}" in refused(f"{site}/{page}")


def test_a_server_that_sends_us_to_ftp_is_not_followed(site: str) -> None:
    assert "the server sends us to ftp://127.0.0.1:9/team.yml" in refused(f"{site}/to_ftp")


def test_the_limit_of_time_holds_for_the_headers_too(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "SECONDS_TO_WAIT", 1)
    assert "not done after 1 s" in refused(f"{site}/trickle")


def test_a_preset_on_the_web_is_not_read_beyond_its_largest_size(
    site: str, server: ThreadingHTTPServer
) -> None:
    assert "larger than" in refused(f"{site}/large")
    assert vars(server)["sent"] < 100


def test_a_file_too_large_is_not_a_preset(tmp_path: Path) -> None:
    file = tmp_path / "large.yml"
    file.write_bytes(b"a: " + b"x" * LARGEST_PRESET)
    assert "larger than" in refused(file)


def test_a_name_that_is_none_of_ours_is_answered_with_those_that_are() -> None:
    assert "minimal" in refused("nosuch")


def test_a_file_that_is_not_there_is_not_taken_for_a_name() -> None:
    assert refused("nosuch.yml") == "Preset nosuch.yml: No such file or directory."


def test_a_folder_is_not_a_preset(tmp_path: Path) -> None:
    assert str(tmp_path) in refused(tmp_path)


@pytest.mark.parametrize("url", ["file:///etc/hostname", "ftp://127.0.0.1/x.yml", "data:,a: b"])
def test_only_the_web_is_asked_for_a_preset(url: str) -> None:
    assert url in refused(url)


@pytest.mark.parametrize("text", NOT_ANSWERS)
def test_what_holds_no_answers_is_not_a_preset(text: str, tmp_path: Path) -> None:
    (tmp_path / "preset.yml").write_text(text, encoding="utf-8")
    assert "KEY: VALUE" in refused(tmp_path / "preset.yml")


@pytest.mark.parametrize("text", NOT_YAML)
def test_what_is_not_yaml_is_not_a_preset(text: str, tmp_path: Path) -> None:
    (tmp_path / "preset.yml").write_text(text, encoding="utf-8")
    assert "not YAML" in refused(tmp_path / "preset.yml")


def test_the_line_at_fault_is_named(tmp_path: Path) -> None:
    (tmp_path / "preset.yml").write_text("a: 1\nb: c: d\n", encoding="utf-8")
    assert "preset.yml, line 2: not YAML" in refused(tmp_path / "preset.yml")


@pytest.fixture(scope="module")
def preset_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("presets") / "preset.yml"


@settings(deadline=None, max_examples=40)
@given(content=st.one_of(st.binary(), st.text("ab:-[]{}!&*#?|>'\"0123-_ \n").map(str.encode)))
@example(content=b"description: 2024-13-45")
@example(content=b"description: 0x_")
@example(content=b"a: " + b"[" * 1000)
@example(content=b"\xff\xfe\x00")
@example(content=b"{[a]: b}")
def test_whatever_a_file_holds_it_is_answers_or_refused(content: bytes, preset_file: Path) -> None:
    preset_file.write_bytes(content)
    try:
        answers = load_preset(str(preset_file), template_root()).answers
    except UsageFailed:
        return
    assert all(isinstance(key, str) for key in answers)


@pytest.mark.parametrize("answers", [["--preset", "team.yml"], ["--data", "licens=MIT"]])
def test_an_unknown_key_is_refused_with_the_nearest_question(
    answers: list[str], run: Run, tmp_path: Path
) -> None:
    (tmp_path / "team.yml").write_text("licens: MIT\n", encoding="utf-8")
    finished = run("new", "made", *answers)
    assert finished.returncode == 2
    assert "Did you mean license?" in finished.stderr
    assert not (tmp_path / "made").exists()


def test_lists_in_lists_are_not_answers(tmp_path: Path) -> None:
    (tmp_path / "preset.yml").write_text(BOMB, encoding="utf-8")
    assert "neither a value nor a list of values" in refused(tmp_path / "preset.yml")
