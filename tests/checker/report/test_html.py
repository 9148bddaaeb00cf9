"""A report as a page, as a parser sees it: whole, closed, proof against its content."""

import json
import re
import shlex
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modwright_check.model.codes import CODES
from modwright_check.model.module_names import import_command
from modwright_check.model.report import ImportTime, ModuleResult, Report, Severity
from modwright_check.model.wording import visible
from modwright_check.report import page_data
from modwright_check.report.as_html import report_as_html
from modwright_check.report.problems import problems
from tests.checker.report.samples import ANY_REPORTS, ANYTHING, HOSTILE, OK, finding, report

VOID = {"meta", "input"}


class Page(HTMLParser):
    """A page taken apart: its elements, the text of each kind, what is open at the end."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "script":
            self.scripts.append(data)
        elif self.open and self.open[-1] == "style":
            self.styles.append(data)
        else:
            self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def squeezed(text: str) -> str:
    return "".join(text.replace("`", "").split())


FINDING = replace(finding(Severity.ERROR), traceback=(("a.py", 1), ("b.py", 2)))
EMPTY = Page(report_as_html(report()))
FULL = Page(
    report_as_html(
        replace(
            report(
                OK,
                ModuleResult("pkg.mod", (FINDING,)),
                ModuleResult("pkg.x", (replace(FINDING, module="pkg.x"),)),
            ),
            imports={"pkg.mod": ("pkg",)},
            cycles=(("pkg", "pkg.mod"),),
            import_times=(ImportTime("pkg", 1.0, 1.0),),
            not_checked=("no Windows here",),
        )
    )
)
TAGS = {tag for tag, _ in (*EMPTY.elements, *FULL.elements)} | {"code"}


@settings(deadline=None, max_examples=40)
@given(ANY_REPORTS)
def test_whatever_is_said_it_is_text_and_nothing_else(report: Report) -> None:
    page = Page(report_as_html(report))
    assert page.open == []
    assert {tag for tag, _ in page.elements} <= TAGS
    for _, attributes in page.elements:
        assert not any(name.startswith("on") or name in {"src", "style"} for name in attributes)
    data, script = page.scripts
    assert script == EMPTY.scripts[1]
    names = [module["name"] for module in json.loads(data)["modules"]]
    assert names == [visible(module.name) for module in report.modules]
    seen = squeezed(page.text)
    for told in (problem.finding for problem in problems(report)):
        assert squeezed(visible(told.message)) in seen
        assert squeezed(visible(told.hint)) in seen
    for reason in report.not_checked:
        assert squeezed(visible(reason)) in seen


@pytest.mark.parametrize("text", HOSTILE)
def test_no_field_can_write_markup(text: str) -> None:
    nasty = replace(
        finding(Severity.ERROR, text, text), file=text, hint=text, traceback=((text, 1), (text, 2))
    )
    module = ModuleResult(text, (nasty, replace(nasty, line=9)), 1.0)
    everywhere = Report(
        text,
        text,
        text,
        (module, ModuleResult(f"{text}.x", (replace(nasty, module=f"{text}.x"),))),
        1.0,
        (replace(nasty, module=""),),
        {text: (text,)},
        ((text, f"{text}.x"),),
        (ImportTime(text, 2.0, 1.0, (ImportTime(text, 1.0, 1.0),)),),
        (text,),
    )
    page = Page(report_as_html(everywhere))
    assert len(page.all("script")) == 2
    assert not page.all("img")
    assert not page.all("svg")
    assert page.text.count(visible(text)) >= 10


def test_the_policy_admits_only_the_pages_own_style_and_script() -> None:
    [policy] = [meta["content"] for meta in EMPTY.all("meta") if "http-equiv" in meta]
    digest = {
        kind: b64encode(sha256(text.encode()).digest()).decode()
        for kind, text in (("style", EMPTY.styles[0]), ("script", EMPTY.scripts[1]))
    }
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest['style']}'; "
        f"script-src 'sha256-{digest['script']}'; base-uri 'none'; form-action 'none'"
    )


def test_the_page_names_no_address_but_links_to_the_documentation() -> None:
    html = report_as_html(report(ModuleResult("pkg.mod", (finding(Severity.ERROR),))))
    page = Page(html)
    links = [link["href"] or "" for link in page.all("a")]
    outside = {link for link in links if not link.startswith("#")}
    assert any(link.endswith("/docs/findings/MW101.md") for link in outside)
    assert not page.all("link")
    drawn = "http://www.w3.org/2000/svg"  # the name of a language, never fetched
    assert set(re.findall(r"https?://[^\s\"'<]+", html)) <= {*outside, drawn}
    assert "@import" not in html
    assert "url(" not in html.replace("url(#", "")


def test_a_link_within_the_page_leads_somewhere() -> None:
    everything = {attributes.get("id") for _, attributes in EMPTY.elements}
    inside = {(link["href"] or "")[1:] for link in EMPTY.all("a") if link["href"] != ""}
    assert {"modules", "time", "findings", "gaps"} <= inside & everything


def test_every_code_has_its_title_in_the_filter() -> None:
    every = tuple(replace(finding(Severity.WARNING), code=code) for code in CODES)
    page = Page(report_as_html(report(ModuleResult("pkg.mod", every))))
    assert [option["value"] for option in page.all("option")] == ["", *sorted(CODES)]
    assert all(about.title in page.text for about in CODES.values())


@pytest.mark.parametrize(
    ("module", "written"),
    [
        ("pkg.mod", 'python -I -c "import pkg.mod"'),
        ("pkg.été", 'python -I -c "import pkg.été"'),
        ("conf.locale.is", "import importlib; importlib.import_module('conf.locale.is')"),
        ("pkg.0001_first", "import importlib; importlib.import_module('pkg.0001_first')"),
    ],
)
def test_the_command_imports_a_module_of_any_name(module: str, written: str) -> None:
    line = import_command(module)
    assert line == written or shlex.split(line) == ["python", "-I", "-c", written]


@given(ANYTHING)
def test_a_modules_name_cannot_leave_its_command(name: str) -> None:
    python, isolated, dash_c, program = shlex.split(import_command(name))
    assert (python, isolated, dash_c) == ("python", "-I", "-c")
    assert "$" not in import_command(name) or "'" in import_command(name).partition("$")[0]
    if program.startswith("import importlib;"):
        literal = program.removeprefix("import importlib; importlib.import_module(")[:-1]
        assert literal == ascii(name)


def test_findings_are_grouped_by_file_the_worst_first() -> None:
    warning = replace(finding(Severity.WARNING), file="a.py", line=1)
    late = replace(finding(Severity.ERROR, "late"), file="b.py", line=9)
    early = replace(finding(Severity.ERROR, "early"), file="b.py", line=2)
    html = report_as_html(report(ModuleResult("pkg", (warning, late, early))))
    places = [html.index(f">{word}<") for word in ("b.py", "early", "late", "a.py")]
    assert places == sorted(places)


def test_what_stands_between_backticks_is_code() -> None:
    told = replace(finding(Severity.ERROR), hint="Add it to `dependencies` <now>.", message="a ` b")
    html = report_as_html(report(ModuleResult("pkg", (told,))))
    assert "Add it to <code>dependencies</code> &lt;now&gt;." in html
    assert "a ` b" in html


def test_a_page_without_anything_says_so() -> None:
    for sentence in ("The wheel holds no module.", "No import was timed.", "Nothing was found."):
        assert sentence in EMPTY.text


def test_time_is_summed_by_package() -> None:
    tree = ImportTime(
        "pkg", 10.0, 2.0, (ImportTime("json", 3.0, 1.0), ImportTime("pkg.a", 5.0, 5.0))
    )
    timed = replace(report(OK), import_times=(tree,), standard_modules=frozenset({"json"}))
    heaviest = [
        (package.name, package.modules, package.ms) for package in page_data.heaviest(timed)
    ]
    assert heaviest == [("pkg", 2, 7.0), ("json", 1, 1.0)]
    assert [bar[4] for bar in page_data.icicle(timed).bars] == ["own", "standard", "other"]


def test_a_forest_of_any_size_is_drawn_as_far_as_it_can_be_seen() -> None:
    forest = tuple(
        ImportTime(f"m{n}", float(n), 0.0, (ImportTime(f"m{n}.x", n / 2, 0.0),))
        for n in range(1, 6001)
    )
    icicle = page_data.icicle(replace(report(), import_times=forest))
    assert len(icicle.bars) + icicle.left_out == 12_000
    assert len(icicle.bars) <= page_data.MOST_BARS
    assert {bar[0] for bar in icicle.bars} == {0, 1}
    assert min(bar[2] for bar in icicle.bars) == icicle.shortest


def test_a_long_chain_of_imports_is_not_recursion() -> None:
    chain = ImportTime("m0", 1.0, 1.0)
    for number in range(1, 3000):
        chain = ImportTime(f"m{number}", number + 1.0, 1.0, (chain,))
    deep = replace(report(), import_times=(chain,))
    assert max(bar[0] for bar in page_data.icicle(deep).bars) == 2999
    assert "m2999" in report_as_html(deep)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=4))
def test_a_cycle_is_told_as_a_chain_that_ends_where_it_begins(names: list[str]) -> None:
    [chain] = page_data.chains(replace(report(), cycles=(tuple(names),)))
    assert chain[0] == chain[-1]
    assert set(chain) == set(names)
