"""The course in a browser: Chromium shows a kit's page, and real keys and clicks do exercises."""

import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from modwright.kits import pyodide
from modwright.kits.begin.kit import this_platform
from modwright.kits.collection.receiving import receive
from modwright.kits.making import Wheelhouse, contents
from modwright.kits.packing import write_zip
from modwright.kits.subject import Subject, project_in, project_of_preset
from modwright.kits.targets import PLATFORMS, Target
from tests.checker.report.chromium import CONTRAST, PROGRAM, Chromium, chromium
from tests.kits.conftest import HERE
from tests.kits.conftest import shown as showing

pytestmark = [
    pytest.mark.full,
    pytest.mark.skipif(PROGRAM is None, reason="needs a Chromium on PATH, and POSIX"),
    pytest.mark.skipif(shutil.which("npm") is None, reason="needs npm, which brings Pyodide"),
]

PATIENCE = 90  # seconds for whatever Python does; a busy machine may take its time
STEP = 4  # blanks
SECONDS = 3  # that the first exercise may take here

KIND = """
    spec = find_spec(name)
    if spec is None:
        return "missing"
    origin = spec.origin or ""
    if origin in {"built-in", "frozen"}:
        return origin
    return "extension" if origin.endswith((".so", ".pyd")) else "file"
"""
HELPERS = {
    "utc_now": "    return datetime.now(UTC)",
    "as_utc": """
    if when.utcoffset() is None:
        raise ValueError(f"{when} has no time zone")
    return when.astimezone(UTC)
    """,
    "new_token": "    return secrets.token_urlsafe(32)",
    "digest": "    return hashlib.sha256(token.encode()).digest()",
}
IMPORTS = "import {0}.utils\nimport {0}.utils as helpers\nfrom {0}.utils import new_token"
STYLES = {
    "stamp": "    return {0}.utils.utc_now().isoformat()",
    "token": "    return new_token()",
    "fingerprint": "    return helpers.digest(text).hex()",
}
FIRST, SECOND, THIRD = "01_where_from", "02_helpers", "03_three_styles"


@dataclass(frozen=True)
class Shown:
    """A kit that is unpacked, and shown by its `start.py`."""

    root: Path
    url: str

    @property
    def project(self) -> Path:
        return self.root / "workshop"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Subject:
    """Make the course, whose first check may not take long."""
    subject = project_of_preset("workshop", {}, tmp_path_factory.mktemp("course"))
    with (subject.folder / "course" / FIRST / "exercise.toml").open("a") as file:
        file.write(f"seconds = {SECONDS}\n")
    return project_in(subject.folder)


@pytest.fixture(scope="module")
def shown(course: Subject, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    """Make a kit of it, unpack that, and let its own start show the page."""
    folder = tmp_path_factory.mktemp("kit")
    targets = {Target(PLATFORMS[this_platform()], HERE): ()}
    house = Wheelhouse(targets, {}, pyodide.bring())
    assert sum(map(len, house.pyodide.values())) == pyodide.SIZE
    write_zip(folder / "kit.zip", contents(course, house, person="Ann Ю <b>"))
    with ZipFile(folder / "kit.zip") as kit:
        kit.extractall(folder)
    root = folder / "workshop-kit"
    with showing(root) as (_, url):
        yield Shown(root, url)


@pytest.fixture(scope="module")
def chrome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    with chromium(tmp_path_factory.mktemp("profile")) as browser:
        browser.resize(1280, 800)
        yield browser


class Page:
    """The page of a course, and somebody before it."""

    def __init__(self, browser: Chromium, url: str) -> None:
        self.browser, self.url = browser, url

    def load(self) -> None:
        self.browser.visit(self.url)
        self.wait("document.getElementById('status').textContent === 'Ready.'")

    def wait(self, condition: str) -> None:
        until = time.monotonic() + PATIENCE
        while not self.browser.evaluate(condition):
            assert time.monotonic() < until, (condition, self.text("body"), self.browser.complaints)
            time.sleep(0.05)

    def text(self, selector: str) -> str:
        """Return what is seen of an element."""
        return str(self.browser.evaluate(f"document.querySelector('{selector}').innerText"))

    def is_seen(self, selector: str) -> bool:
        found = f"document.querySelector('{selector}').getClientRects().length"
        return bool(self.browser.evaluate(found))

    @property
    def code(self) -> str:
        return str(self.browser.evaluate("document.querySelector('textarea').value"))

    @property
    def kept(self) -> dict[str, Any]:
        """What the browser keeps of the course."""
        return dict(json.loads(self.browser.evaluate("Object.values(localStorage)[0]")))

    @property
    def tries(self) -> int:
        """How often the first exercise was checked."""
        return int(json.loads(self.kept["progress"])["exercises"][FIRST]["tries"])

    def click(self, selector: str) -> None:
        element = f"document.querySelector('{selector}')"
        self.browser.evaluate(f"{element}.scrollIntoView({{block: 'center'}})")
        box = f"{element}.getBoundingClientRect()"
        middle = f"(box => [box.x + box.width / 2, box.y + box.height / 2])({box})"
        self.browser.click(*self.browser.evaluate(middle))

    def go_to(self, number: int) -> None:
        """Click on an exercise of the list, counted from 1."""
        self.click(f"#list li:nth-child({number}) button")
        self.wait(f"document.querySelector('#page').innerText.startsWith('Exercise {number} ')")

    def tab_to(self, selector: str) -> None:
        """Press Tab until an element has the focus."""
        for _ in range(80):
            if self.browser.evaluate(f"document.activeElement.matches('{selector}')"):
                return
            self.browser.press("Tab")
        raise AssertionError(f"Tab does not reach {selector}")

    def write(self, hole: str, code: str) -> None:
        """Replace the line that holds a text, in the editor, by keys alone."""
        lines = self.code.splitlines()
        number = next(at for at, line in enumerate(lines) if hole in line)
        self.browser.press("Control+Home")
        for _ in range(number):
            self.browser.press("ArrowDown")
        self.browser.press("Home")
        self.browser.press("Shift+End")
        first, *rest = code.strip("\n").rstrip().splitlines()
        self.browser.type(first)
        indented = _indentation(first) + STEP * first.endswith(":")
        for line in rest:
            self.browser.press("Enter")
            for _ in range((indented - _indentation(line)) // STEP):
                self.browser.press("Shift+Tab")
            self.browser.type(line.lstrip())
            indented = _indentation(line) + STEP * line.endswith(":")

    def fill(self, holes: dict[str, str]) -> None:
        for name, body in holes.items():
            self.write(f"{name}() has no body yet", body)

    def check(self) -> str:
        """Let the exercise be checked by keys, and return what is said of it."""
        self.browser.evaluate("document.getElementById('result').replaceChildren()")
        self.browser.press("Control+Enter")
        return self.result()

    def result(self) -> str:
        self.wait("document.getElementById('result').textContent")
        return self.text("#result")


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip())


@pytest.fixture
def page(chrome: Chromium, shown: Shown) -> Iterator[Page]:
    """Open the page as somebody who has never been there; nothing may be complained of."""
    chrome.visit("about:blank")
    what = {"origin": shown.url, "storageTypes": "local_storage"}
    chrome.call("Storage.clearDataForOrigin", **what)
    chrome.complaints.clear()
    chrome.requests.clear()
    page = Page(chrome, shown.url)
    page.load()
    yield page
    assert chrome.complaints == []


@pytest.fixture(scope="module")
def open_page(shown: Shown, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with chromium(tmp_path_factory.mktemp("profile")) as browser:
        browser.resize(1280, 800)
        page = Page(browser, shown.url)
        page.load()
        browser.evaluate("globalThis.confirm = () => true")
        yield page


@pytest.fixture
def used_page(open_page: Page) -> Iterator[Page]:
    """Give a page that others have used, at its first exercise as it was; a load takes long."""
    open_page.go_to(2)
    open_page.go_to(1)
    open_page.click("#reset")
    open_page.wait("document.querySelector('textarea').value.includes('has no body yet')")
    open_page.wait("!document.getElementById('reset').disabled")
    yield open_page
    assert open_page.browser.complaints == []


def test_three_exercises_are_done_by_keys_alone_and_a_reload_keeps_them(page: Page) -> None:
    press = page.browser.press
    press("Tab")
    press("Enter")  # the first of all links leads to the editor
    assert page.browser.evaluate("document.activeElement.localName") == "textarea"
    page.write("kind() has no body yet", KIND)
    assert page.check().startswith("Done")

    press("Escape")
    page.tab_to("#next")
    press("Enter")
    page.wait("document.querySelector('#page').innerText.includes('Four small helpers')")
    page.tab_to("textarea")
    page.fill(HELPERS)
    press("Escape")
    page.tab_to("#check")
    press("Enter")
    assert page.result().startswith("Done")

    page.tab_to("#next")
    press("Enter")
    page.wait("document.querySelector('#page').innerText.includes('Three styles')")
    page.tab_to("textarea")
    page.write("the three imports go here", IMPORTS.format("workshop"))
    assert "Not written yet: stamp() has no body yet" in page.check()
    page.fill({name: body.format("workshop") for name, body in STYLES.items()})
    assert page.check().startswith("Done")
    written = page.code

    page.load()
    assert page.text("#done").startswith("3 of ")
    assert page.text("#page").startswith("Exercise 4 ")
    page.go_to(3)
    assert page.code == written
    assert page.text("#list li:nth-child(2)").endswith("done")
    records = json.loads(page.kept["progress"])["exercises"]
    assert records[THIRD]["tries"] == 2


def test_a_loop_without_end_is_ended_and_told(used_page: Page) -> None:
    tries = used_page.tries
    used_page.tab_to("textarea")
    used_page.write("kind() has no body yet", "    while True: name = name[::-1]")
    said = used_page.check()
    assert f"kinds.py did not come to an end within {SECONDS} s." in said
    assert used_page.tries == tries + 1
    # Whoever does not want to wait stops it, and all goes on.
    used_page.browser.press("Control+Enter")
    used_page.wait("!document.getElementById('stop').hidden")
    used_page.click("#stop")
    used_page.wait("document.getElementById('status').textContent === 'Stopped.'")
    used_page.click("textarea")
    used_page.write("while True:", '    return "missing"')
    assert "should return 'built-in'" in used_page.check()


def test_whatever_happens_is_told_in_words(used_page: Page) -> None:
    told = {
        "while True: print(name)": "kinds.py printed more than 64 KB.",
        "return kind(name)": "RecursionError",
        "raise SystemExit": "Your code ended the program itself.",
        "return input()": "A check gives no input",
        "import subprocess; subprocess.run(['ls'])": "OSError",
        "import threading; threading.Thread(target=print).start()": "RuntimeError",
        "import hashlib; hashlib.scrypt(b'')": "AttributeError",
        "retrun name": "SyntaxError: invalid syntax",
        "raise ValueError('<img src=x onerror=alert(1)>')": "<img src=x onerror=alert(1)>",
    }
    used_page.tab_to("textarea")
    hole = "kind() has no body yet"
    for code, words in told.items():
        used_page.write(hole, f"    {code}")
        said = used_page.check()
        assert words in said
        assert "Traceback" not in said
        hole = code
    assert not used_page.browser.evaluate("document.querySelector('#result img')")


def test_what_cannot_be_done_there_says_where_it_can(used_page: Page, shown: Shown) -> None:
    elsewhere = 0
    for number, folder in enumerate(sorted(shown.project.glob("course/[0-9]*")), 1):
        if "browser = false" in (folder / "exercise.toml").read_text("utf-8"):
            assert "on your computer" in used_page.text(f"#list li:nth-child({number})")
            used_page.go_to(number)
            assert "python learn.py" in used_page.text("#elsewhere")
            assert not used_page.is_seen("textarea")
            elsewhere += 1
    assert elsewhere
    used_page.go_to(1)
    assert used_page.is_seen("textarea")


def test_no_request_leaves_the_origin_even_if_the_code_asks_for_it(
    used_page: Page, shown: Shown
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as elsewhere:
        url = f"http://127.0.0.1:{elsewhere.getsockname()[1]}/"
        used_page.tab_to("textarea")
        ask = f"    import js; r = js.XMLHttpRequest.new(); r.open('GET', '{url}', False); r.send()"
        used_page.write("kind() has no body yet", ask)
        assert "NetworkError" in used_page.check()
        elsewhere.settimeout(0.2)
        with pytest.raises(TimeoutError):
            elsewhere.accept()
    assert any("pyodide.asm.wasm" in each for each in used_page.browser.requests)
    inside = (shown.url, f"blob:{shown.url}")
    assert {each for each in used_page.browser.requests if not each.startswith(inside)} == {url}
    assert "Content Security Policy" in "".join(used_page.browser.complaints)
    used_page.browser.complaints.clear()


def test_each_exercise_fails_there_unsolved_and_passes_solved(
    used_page: Page, shown: Shown, tmp_path: Path
) -> None:
    expected = _expected(shown.project, tmp_path / "solved")
    used_page.browser.evaluate("""(async () => {
        const { Python } = await import("./python.js");
        const { Project } = await import("./project.js");
        const project = new Project(await (await fetch("project.json")).json());
        globalThis.python = new Python(project.given);
    })()""")
    edits: dict[str, str | None] = {}
    for exercise in expected:
        for solved in (False, True):
            edits |= exercise["edits"] if solved else {}
            asked = {"what": "check", "exercise": exercise["name"], "edits": edits, "progress": ""}
            answer = used_page.browser.evaluate(f"python.ask({json.dumps(asked)})")
            outcome = answer["outcome"]
            assert outcome["passed"] is solved, outcome
            assert outcome["message"] == exercise["learned"] or not solved
            assert exercise["fails"] in outcome["message"] or solved
    used_page.browser.evaluate("python.end('stopped')")


def _expected(project: Path, copy: Path) -> list[dict[str, Any]]:
    """Return what the course's own runner says of the exercises that a browser can do."""
    shutil.copytree(project, copy)
    program = """if True:
        import json, sys
        from pathlib import Path
        sys.path.insert(0, "course")
        from runner import exercises, places
        root = Path.cwd()
        told = []
        for each in exercises.load(root):
            if each.browser:
                places.solve(root, each)
                texts = {root / file: file for file in each.files}
                edits = {file: path.read_text("utf-8") if path.exists() else None
                         for path, file in texts.items()}
                about = {"name": each.name, "fails": each.fails, "learned": each.learned}
                told.append({**about, "edits": edits})
        print(json.dumps(told))
    """
    command = [sys.executable, "-B", "-c", program]
    finished = subprocess.run(command, cwd=copy, check=True, capture_output=True, text=True)
    return list(json.loads(finished.stdout))


def test_what_is_downloaded_can_be_collected(used_page: Page, tmp_path: Path) -> None:
    used_page.tab_to("textarea")
    used_page.write("kind() has no body yet", KIND)
    used_page.click("#hint")
    used_page.wait("document.getElementById('help').innerText.startsWith('Hint 1')")
    used_page.click("textarea")
    assert used_page.check().startswith("Done")
    behavior = {"behavior": "allow", "downloadPath": str(tmp_path)}
    used_page.browser.call("Browser.setDownloadBehavior", **behavior)
    used_page.click("#download")
    until = time.monotonic() + PATIENCE
    while not (files := list(tmp_path.glob("*.zip"))):
        assert time.monotonic() < until
        time.sleep(0.05)
    with ZipFile(files[0]) as packed:
        assert packed.testzip() is None
    handed = receive(files[0])
    assert handed.name == "Ann Ю <b>"
    assert handed.remarks == []
    assert handed.claims[FIRST].passed
    assert handed.claims[FIRST].tries
    assert handed.claims[FIRST].hints
    assert KIND.strip() in handed.files[f"course/{FIRST}/kinds.py"].decode()


def test_a_module_becomes_a_package_by_writing_and_deleting(used_page: Page, shown: Shown) -> None:
    numbers = [folder.name for folder in sorted(shown.project.glob("course/[0-9]*"))]
    used_page.go_to(numbers.index("08_package") + 1)
    files = used_page.browser.evaluate(
        "[...document.querySelector('#file optgroup').children].length"
    )
    assert files == 3
    assert "(not there)" in used_page.text("#file option")
    used_page.tab_to("textarea")
    used_page.browser.type("from .records import load")
    assert "(not there)" not in used_page.text("#file option")
    assert not used_page.is_seen("#delete")
    used_page.browser.press("Escape")
    used_page.browser.press("Shift+Tab")
    assert used_page.browser.evaluate("document.activeElement.id") == "file"
    for _ in range(2):
        used_page.browser.press("ArrowDown")
    module = used_page.code
    assert "def load" in module
    used_page.tab_to("textarea")
    used_page.browser.press("Escape")
    used_page.tab_to("#delete")
    used_page.browser.press("Enter")
    used_page.wait("document.getElementById('status').textContent.endsWith(' is deleted.')")
    assert used_page.code == ""
    assert None in used_page.kept["edits"].values()
    assert "there is no" in used_page.check()
    used_page.click("#reset")
    used_page.wait("document.querySelector('#file option:nth-child(3)').innerText.endsWith('.py')")
    edits = {path: text for path, text in used_page.kept["edits"].items() if FIRST not in path}
    assert set(edits.values()) == {None, module}


def test_help_is_shown_and_a_reset_gives_the_place_back(used_page: Page) -> None:
    given = used_page.code
    used_page.tab_to("textarea")
    used_page.write("kind() has no body yet", '    return "file"')
    for number in (1, 2):
        used_page.click("#hint")
        used_page.wait(f"document.getElementById('help').innerText.includes('Hint {number}: ')")
    assert used_page.browser.evaluate("document.getElementById('hint').disabled")
    used_page.click("#solution")
    used_page.wait("document.getElementById('help').innerText.includes('A solution')")
    assert json.loads(used_page.kept["progress"])["exercises"][FIRST]["solution_shown"]
    used_page.click("#reset")
    used_page.wait(f"document.querySelector('textarea').value === {json.dumps(given)}")


PAGE = """
# A *title* with `code`

Two lines of
**one** paragraph, <b>not bold</b>, [a link](https://example.org/).

    an example
      of code, with `ticks` and *stars*

- one
- two, which goes on
  in `a second` line:

      inner()
  - inside
1. first
2) second

```python
fenced *code*
```
"""
RENDERED = (
    "<h2>A <em>title</em> with <code>code</code></h2>"
    "<p>Two lines of <strong>one</strong> paragraph, &lt;b&gt;not bold&lt;/b&gt;, "
    "a link (https://example.org/).</p>"
    "<pre>an example\n  of code, with `ticks` and *stars*</pre>"
    "<ul><li>one</li><li>two, which goes on in <code>a second</code> line:"
    "<pre>inner()</pre><ul><li>inside</li></ul></li></ul>"
    "<ol><li>first</li><li>second</li></ol>"
    "<pre>fenced *code*</pre>"
)


def test_pages_are_rendered_and_nothing_in_them_is_html(used_page: Page) -> None:
    found = used_page.browser.evaluate(f"""(async () => {{
        const {{ rendered }} = await import("./markdown.js");
        const place = document.createElement("div");
        place.append(rendered({json.dumps(PAGE)}));
        return place.innerHTML;
    }})()""")
    assert found == RENDERED


def test_what_another_window_writes_is_seen(used_page: Page) -> None:
    used_page.browser.evaluate(f"""(() => {{
        const key = Object.keys(localStorage)[0];
        const kept = JSON.parse(localStorage[key]);
        kept.edits["course/{FIRST}/kinds.py"] = "of another window";
        localStorage[key] = JSON.stringify(kept);
        dispatchEvent(new StorageEvent("storage", {{ key }}));
    }})()""")
    assert used_page.code == "of another window"


def test_it_can_be_read_at_both_sizes_in_light_and_dark(used_page: Page) -> None:
    used_page.click("#check")
    assert used_page.result().startswith("Not yet")
    try:
        for width, height in ((1280, 800), (390, 844)):
            used_page.browser.resize(width, height)
            for scheme in ("light", "dark"):
                used_page.browser.prefer(scheme)
                assert used_page.browser.evaluate(CONTRAST) == []
            assert used_page.browser.evaluate("document.documentElement.scrollWidth") <= width
    finally:
        used_page.browser.resize(1280, 800)
        used_page.browser.prefer("light")
