"""A report as a page, in a browser: drawn, moved through by mouse and keys, without a complaint."""

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from modwright_check.model.report import ImportTime, ModuleResult, Report, Severity
from modwright_check.report.as_html import report_as_html
from tests.checker.report.chromium import CONTRAST, PROGRAM, Chromium, chromium
from tests.checker.report.samples import HOSTILE, finding, report

pytestmark = [
    pytest.mark.full,
    pytest.mark.skipif(PROGRAM is None, reason="needs a Chromium on PATH, and POSIX"),
]

IMPORTS = {
    "pkg.__main__": ("pkg.app",),
    "pkg.app": ("pkg.db", "pkg.sub.a", "pkg.utils"),
    "pkg.db": ("pkg.utils",),
    "pkg.sub.a": ("pkg.sub.b",),
    "pkg.sub.b": ("pkg.sub.a", "pkg.utils"),
}
NAMES = [
    "pkg",
    "pkg.__main__",
    "pkg.app",
    "pkg.db",
    "pkg.sub",
    "pkg.sub.a",
    "pkg.sub.b",
    "pkg.utils",
]
TIMES = (
    ImportTime(
        "pkg.app", 10.0, 1.0, (ImportTime("json", 4.0, 1.0), ImportTime("pkg.db", 5.0, 5.0))
    ),
)


def project() -> Report:
    """Return a project with findings of each weight and a cycle that breaks."""
    findings = {
        "pkg.sub.a": (finding(Severity.ERROR, "circular", "pkg.sub.a"),),
        "pkg.db": (replace(finding(Severity.WARNING, "prints", "pkg.db"), code="MW501"),),
        "pkg.app": (replace(finding(Severity.INFO, "reads HOME", "pkg.app"), code="MW512"),),
    }
    modules = [ModuleResult(name, findings.get(name, ()), 2.0, 1.0, 40) for name in NAMES]
    return replace(
        report(*modules),
        imports=IMPORTS,
        cycles=(("pkg.sub.a", "pkg.sub.b"),),
        import_times=TIMES,
    )


def large(packages: int, modules: int) -> Report:
    """Return a project of packages, each module of which imports three that come before it."""
    names = ["big"]
    for number in range(packages):
        inner = [f"big.p{number}.m{n}" for n in range(modules)]
        names += [f"big.p{number}", *inner]
    imports = {
        name: tuple({names[(at * 7 + step) % at] for step in range(3)})
        for at, name in enumerate(names)
        if at
    }
    results = tuple(ModuleResult(name, (), 1.0, 1.0, 10) for name in sorted(names))
    return replace(report(*results), imports=imports)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    """Start one browser for all; no test may leave it with a complaint."""
    with chromium(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


class Page:
    """A report that is shown."""

    def __init__(self, browser: Chromium, file: Path) -> None:
        self.browser, self.file = browser, file

    def show(self, report: Report, width: int = 1280, scheme: str = "light") -> "Page":
        self.file.write_text(report_as_html(report), encoding="utf-8")
        self.browser.resize(width)
        self.browser.prefer(scheme)
        self.browser.open(self.file)
        return self

    def names(self) -> list[str]:
        return list(self.each(".node", "element.dataset.name"))

    def each(self, selector: str, expression: str) -> list[str]:
        """Return a value of each element that the selector finds."""
        found = f"[...document.querySelectorAll({json.dumps(selector)})]"
        return list(self.browser.evaluate(f"{found}.map(element => {expression})"))

    def text(self, selector: str) -> str:
        return str(self.browser.evaluate(f"document.querySelector('{selector}').textContent"))

    def do(self, script: str) -> None:
        self.browser.evaluate(f"{{ {script} }}")

    def click(self, selector: str) -> None:
        """Click on an element with the mouse."""
        element = f"document.querySelector({json.dumps(selector)})"
        self.do(f"{element}.scrollIntoView({{block: 'center'}})")
        box = f"{element}.getBoundingClientRect()"
        middle = f"(box => [box.x + box.width / 2, box.y + box.height / 2])({box})"
        self.browser.click(*self.browser.evaluate(middle))

    def click_node(self, name: str) -> None:
        self.click(f'[data-name="{name}"]')

    def change(self, name: str, value: str) -> None:
        """Give a field of the filter another value."""
        event = "dispatchEvent(new Event('input', {bubbles: true}))"
        self.do(
            f"const field = document.querySelector('[name={name}]');"
            f"field.value = {json.dumps(value)}; field.{event}"
        )

    def shown_findings(self) -> list[str]:
        return self.each(".finding:not([hidden])", "element.dataset.code")


@pytest.fixture
def page(browser: Chromium, tmp_path: Path) -> Iterator[Page]:
    browser.complaints.clear()
    browser.requests.clear()
    page = Page(browser, tmp_path / "report.html")
    yield page
    assert browser.complaints == []
    assert set(browser.requests) == {page.file.as_uri()}


def test_each_module_stands_above_what_it_imports(page: Page) -> None:
    page.show(project())
    assert sorted(page.names()) == NAMES
    layer = dict(
        zip(page.names(), map(int, page.each(".node", "element.dataset.layer")), strict=True)
    )
    for upper, lowers in IMPORTS.items():
        for lower in lowers:
            if {upper, lower} == {"pkg.sub.a", "pkg.sub.b"}:
                assert layer[upper] == layer[lower]
            else:
                assert layer[upper] > layer[lower]
    assert len(page.each(".edge", "1")) == sum(map(len, IMPORTS.values()))


def test_a_cycle_that_breaks_is_marked_and_its_chain_named(page: Page) -> None:
    page.show(project())
    assert len(page.each(".edge.cycle", "1")) == 2
    assert set(page.each(".node.cycle", "element.dataset.name")) == {"pkg.sub.a", "pkg.sub.b"}
    assert "pkg.sub.a imports pkg.sub.b imports pkg.sub.a" in page.text(".cycles li")


def test_a_package_closes_and_opens_by_a_click(page: Page) -> None:
    page.show(project()).click_node("pkg.sub")
    closed = page.names()
    assert "pkg.sub" in closed
    assert "pkg.sub.a" not in closed
    assert page.each("[data-name='pkg.sub']", "element.getAttribute('aria-expanded')") == ["false"]
    assert "error" in page.each("[data-name='pkg.sub']", "element.getAttribute('class')")[0]
    page.click_node("pkg.sub")
    assert sorted(page.names()) == NAMES


def test_a_namespace_package_opens_though_it_is_not_a_module(page: Page) -> None:
    page.show(report(*(ModuleResult(f"acme.mail.{name}") for name in ("inbox", "outbox"))))
    page.click("#close-all")
    assert page.names() == ["acme.mail"]
    page.click_node("acme.mail")
    assert page.names() == ["acme.mail.inbox", "acme.mail.outbox"]
    assert page.browser.evaluate("document.activeElement.dataset.name") == "acme.mail.inbox"


def test_the_graph_is_moved_through_by_keys(page: Page) -> None:
    page.show(project())
    page.do("document.querySelector('.node[tabindex=\"0\"]').focus()")
    assert "pkg.__main__: ok" in page.text("#graph-says")
    page.browser.press("ArrowDown")
    assert "pkg.app: ok, 2.00 ms, loads 40 modules" in page.text("#graph-says")
    assert "Imports pkg.db, pkg.sub.a, pkg.utils." in page.text("#graph-says")
    page.do("document.querySelector('[data-name=\"pkg.sub\"]').focus()")
    page.browser.press("Enter")
    assert "pkg.sub.a" not in page.names()
    assert page.browser.evaluate("document.activeElement.dataset.name") == "pkg.sub"
    assert len(page.each(".node[tabindex='0']", "1")) == 1


@pytest.mark.parametrize("width", [1280, 400])
def test_eight_hundred_modules_are_packages_at_first(page: Page, width: int) -> None:
    page.show(large(20, 39), width)
    assert 10 < len(page.names()) <= 60
    page.click_node("big.p3")
    assert sum(name.startswith("big.p3.") for name in page.names()) == 39
    page.click("#open-all")
    assert len(page.names()) == 801
    assert page.browser.evaluate("document.documentElement.scrollWidth") == width
    page.click("#close-all")
    assert page.names() == ["big"]


def test_boxes_stay_within_the_picture_and_apart_from_each_other(page: Page) -> None:
    for width in (1280, 400):
        page.show(large(12, 8), width)
        page.click("#open-all")
        boxes = page.browser.evaluate(
            "[...document.querySelectorAll('.node rect')].map(rect => {"
            "  const {x, y, width, height} = rect.getBoundingClientRect();"
            "  return [x, y, width, height];"
            "})"
        )
        frame = page.browser.evaluate(
            "(box => [box.left, box.right])(document.querySelector('svg').getBoundingClientRect())"
        )
        for x, _, wide, _ in boxes:
            assert frame[0] <= x
            assert x + wide <= frame[1] + 1
        rows: dict[float, list[tuple[float, float]]] = {}
        for x, y, wide, _ in boxes:
            rows.setdefault(y, []).append((x, x + wide))
        for row in rows.values():
            row.sort()
            assert all(left[1] < right[0] for left, right in pairwise(row))


def test_the_icicle_tells_and_enlarges_what_is_chosen(page: Page) -> None:
    page.show(project())
    assert page.each(".bar", "element.textContent") == ["pkg.app", "json", "pkg.db"]
    widths = [float(width.rstrip("%")) for width in page.each(".bar", "element.style.width")]
    assert widths == pytest.approx([100, 40, 50])
    page.do("document.querySelectorAll('.bar')[2].focus()")
    assert (
        page.text("#icicle-says")
        == "pkg.db: 5.00 ms in all, 5.00 ms of its own, 50.0 % of the whole"
    )
    page.click(".bar:nth-child(3)")
    assert page.each(".bar", "element.textContent + element.style.width") == [
        "pkg.app100%",
        "pkg.db100%",
    ]
    page.click("#zoom-out")
    assert len(page.each(".bar", "1")) == 3


def test_the_icicle_is_moved_through_by_keys(page: Page) -> None:
    page.show(project())
    page.do("document.querySelector('.bar[tabindex=\"0\"]').focus()")
    for key in ("ArrowDown", "ArrowRight", "Enter"):
        page.browser.press(key)
    assert page.each(".bar", "element.textContent") == ["pkg.app", "pkg.db"]
    page.browser.press("Escape")
    assert page.each(".bar", "element.textContent") == ["pkg.app", "json", "pkg.db"]
    assert page.browser.evaluate("document.activeElement.textContent") == "pkg.db"
    page.browser.press("ArrowUp")
    assert page.browser.evaluate("document.activeElement.textContent") == "pkg.app"


def test_findings_are_filtered_by_weight_code_and_words(page: Page) -> None:
    page.show(project())
    assert sorted(page.shown_findings()) == ["MW101", "MW501"]
    page.click("[value=info]")
    assert sorted(page.shown_findings()) == ["MW101", "MW501", "MW512"]
    assert page.text("#filtered") == "3 of 3 shown"
    page.change("text", "PRINTS mod.py")
    assert page.shown_findings() == ["MW501"]
    page.change("text", "")
    page.change("code", "MW512")
    assert page.shown_findings() == ["MW512"]


def test_a_command_is_copied_or_at_least_selected(page: Page) -> None:
    page.show(project())
    page.click(".copy")
    page.browser.evaluate("new Promise(done => setTimeout(done, 200))")
    assert page.text(".copy") in {"Copied", "Selected"}
    if page.text(".copy") == "Selected":
        assert page.browser.evaluate("String(getSelection())") == page.text(".again code")


def test_nothing_that_a_project_is_called_runs(page: Page) -> None:
    modules = [
        ModuleResult(f"{text}.{n}", (finding(Severity.ERROR, text, f"{text}.{n}"),), 1.0)
        for n, text in enumerate(HOSTILE)
    ]
    names = [module.name for module in modules]
    everywhere = replace(
        report(*modules),
        project=HOSTILE[0],
        imports={name: tuple(names) for name in names},
        cycles=(tuple(names),),
        import_times=tuple(ImportTime(name, 1.0, 1.0) for name in names),
        not_checked=tuple(HOSTILE),
    )
    page.show(everywhere)
    assert len(page.each(".node", "1")) == len(HOSTILE)
    assert page.each("img, iframe, object, svg svg", "1") == []
    assert len(page.each("script", "1")) == 2


def test_an_injected_script_would_not_run(page: Page) -> None:
    page.show(project())
    page.do(
        "const script = document.createElement('script');"
        "script.textContent = 'ran = true'; document.body.append(script)"
    )
    assert page.browser.evaluate("typeof ran") == "undefined"
    assert any("Content Security Policy" in complaint for complaint in page.browser.complaints)
    page.browser.complaints.clear()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_the_contrast_of_wcag_aa(page: Page, scheme: str) -> None:
    page.show(project(), scheme=scheme)
    low = page.browser.evaluate(CONTRAST)
    assert low == []


def test_print_has_the_light_colours_and_no_tools(page: Page) -> None:
    page.show(project(), scheme="dark")
    page.browser.prefer("dark", media="print")
    assert (
        page.browser.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
    )
    hidden = page.each("nav, #filter, .copy", "getComputedStyle(element).display")
    assert set(hidden) == {"none"}


def test_landmarks_headings_and_names_are_there(page: Page) -> None:
    page.show(project())
    assert page.each("header, nav, main, footer", "element.localName") == [
        "header",
        "nav",
        "main",
        "footer",
    ]
    assert len(page.each("h1", "1")) == 1
    labels = page.each("main > section", "element.getAttribute('aria-labelledby')")
    assert [page.text(f"#{label}") for label in labels] == [
        "Modules",
        "Import time",
        "Findings",
        "Not checked",
    ]
    assert all(page.each(".node, .bar, .copy", "element.getAttribute('aria-label')"))
