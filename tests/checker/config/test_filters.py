"""Which findings are told: by code, by module, and by a comment on the line."""

from collections.abc import Sequence
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modwright.errors import UsageFailed
from modwright_check.config.configuration import Configuration
from modwright_check.config.filters import selected
from modwright_check.model.codes import CODES, finding
from modwright_check.model.report import Finding

CODE = st.sampled_from(list(CODES))
BEGINNING = st.builds(lambda code, end: code[:end], CODE, st.integers(2, 5))


def found(
    code: str, module: str = "shop.mail", file: str | None = None, line: int | None = None
) -> Finding:
    return finding(code, module, "is wrong", "Mend it.", file, line)


def told(
    codes: Sequence[str], select: tuple[str, ...] = ("MW",), ignore: tuple[str, ...] = ()
) -> list[str]:
    kept = selected(map(found, codes), Configuration(select, ignore), lambda _: None)
    return [finding.code for finding in kept]


def ignored_lines(source: str, code: str = "MW501") -> set[int]:
    """Return the lines of a source on which a finding is not told."""
    text = dedent(source)
    lines = range(1, text.count("\n") + 2)
    findings = [found(code, file="src/shop/mail.py", line=line) for line in lines]
    kept = selected(findings, Configuration(), {"src/shop/mail.py": text}.get)
    return set(lines) - {finding.line for finding in kept if finding.line}


def complaint_about(text: str) -> str:
    try:
        selected([found("MW501", file="a.py", line=1)], Configuration(), lambda _: text)
    except UsageFailed as failure:
        return str(failure)
    return ""


def test_all_is_told_when_nothing_is_configured() -> None:
    assert told(list(CODES)) == list(CODES)


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        (("MW",), ("MW5",), ["MW101", "MW201"]),
        (("MW",), ("MW501",), ["MW101", "MW201", "MW503"]),
        (("MW5",), (), ["MW501", "MW503"]),
        (("MW5",), ("MW501",), ["MW503"]),
        (("MW", "MW503"), ("MW5",), ["MW101", "MW201", "MW503"]),
        (("MW503",), ("MW5", "MW503"), []),
        (("MW1", "MW2"), ("MW",), ["MW101", "MW201"]),
    ],
)
def test_the_longest_that_matches_decides_and_a_tie_ignores(
    select: tuple[str, ...], ignore: tuple[str, ...], expected: list[str]
) -> None:
    assert told(["MW101", "MW201", "MW501", "MW503"], select=select, ignore=ignore) == expected


@given(
    codes=st.lists(CODE),
    select=st.lists(BEGINNING),
    ignore=st.lists(BEGINNING),
    more=BEGINNING,
)
def test_to_ignore_more_never_tells_more_and_to_select_more_never_less(
    codes: list[str], select: list[str], ignore: list[str], more: str
) -> None:
    before = told(codes, select=tuple(select), ignore=tuple(ignore))
    less = told(codes, select=tuple(select), ignore=(*ignore, more))
    greater = told(codes, select=(*select, more), ignore=tuple(ignore))
    order = iter(codes)
    assert all(code in order for code in before)
    assert set(less) <= set(before) <= set(greater)


@pytest.mark.parametrize(
    ("pattern", "modules"),
    [
        ("shop.vendored.*", ["shop", "shop.vendored", "Shop.vendored.six"]),
        ("shop.vendored*", ["shop", "Shop.vendored.six"]),
        ("shop.vendored.[rs]ix", ["shop", "shop.vendored", "Shop.vendored.six"]),
        ("*", []),
    ],
)
def test_a_module_is_ignored_by_a_pattern_of_its_dotted_name(
    pattern: str, modules: list[str]
) -> None:
    names = ["shop", "shop.vendored", "shop.vendored.six", "Shop.vendored.six"]
    findings = [found("MW501", name) for name in names]
    configuration = Configuration(select=("MW501",), per_module_ignores={pattern: ("MW5", "MW1")})
    kept = selected(findings, configuration, lambda _: None)
    assert [finding.module for finding in kept] == modules


def test_what_is_ignored_for_a_module_is_told_of_others() -> None:
    findings = [found("MW503", "shop.vendored.six"), found("MW501", "shop.mail")]
    ignores = {"shop.vendored.*": ("MW501",), "shop.mail": ("MW503",)}
    configuration = Configuration(per_module_ignores=ignores)
    assert list(selected(findings, configuration, lambda _: None)) == findings


@pytest.mark.parametrize(
    "comment",
    [
        "# modwright: ignore[MW501]",
        "#modwright:ignore[ MW501 ]",
        "# modwright: ignore[MW503, MW501] the banner is wanted",
        "# modwright: ignore[MW501,MW503]: the banner is wanted",
        "# noqa: T201  # modwright: ignore[MW501]  # type: ignore[misc]",
        "# modwright: ignore[MW503]  # modwright: ignore[MW501]",
    ],
)
def test_a_comment_ignores_its_codes_on_its_line(comment: str) -> None:
    assert ignored_lines(f"print(1)\nprint(2)  {comment}\nprint(3)\n") == {2}


def test_a_comment_ignores_no_other_code() -> None:
    assert ignored_lines("print(1)  # modwright: ignore[MW502]\n") == set()


@pytest.mark.parametrize(
    "source",
    [
        'print("# modwright: ignore[MW501]")\n',
        'print("""\n# modwright: ignore[MW501]\n""")\n',
        'print(f"{1} # modwright: ignore[MW501]")\n',
        '"""A line such as\n\n    print()  # modwright: ignore[MW501]\n\nis told."""\n',
        "print(1)  # what modwright: ignore[MW501] does is written elsewhere\n",
        "print(1)  # modwright: ignored by mistake, once\n",
        "print(1)  # modwright: see ignore[MW501]\n",
        "print(1)  # Modwright: Ignore[MW501]\n",
    ],
)
def test_what_only_looks_like_such_a_comment_ignores_nothing(source: str) -> None:
    assert ignored_lines(source) == set()


def test_a_comment_speaks_for_the_whole_statement_that_it_stands_in() -> None:
    source = """\
        before()
        print(  # modwright: ignore[MW501]
            "a",
            '''b
            c''',
        )
        between()
        first = \\
            second()  # modwright: ignore[MW501]
        after()
        """
    assert ignored_lines(source) == {2, 3, 4, 5, 6, 8, 9}


def test_a_comment_on_a_header_does_not_speak_for_the_body() -> None:
    source = """\
        class Shop:  # modwright: ignore[MW501]
            print(1)
            with (
                open("a") as a,  # modwright: ignore[MW501]
            ):
                print(2)
            # modwright: ignore[MW501] alone on its line, it speaks for none
            print(3)
        if x: print(4)  # modwright: ignore[MW501]
        """
    assert ignored_lines(source) == {1, 3, 4, 5, 7, 9}


@pytest.mark.parametrize(
    "rest", ["print 'Python 2'\n", "x = (\n", "'''", "  x\n y\n", "\0\n", "x = $\n", "0777\n"]
)
def test_what_comes_before_the_place_where_a_source_is_broken_counts(rest: str) -> None:
    assert 1 in ignored_lines(f"print(1)  # modwright: ignore[MW501]\nprint(2)\n{rest}")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_python_counts_them(end: str) -> None:
    text = end.join(["\f", "x = '\x0b\u2028'", "print(1)  # modwright: ignore[MW501]", ""])
    findings = [found("MW501", file="a.py", line=line) for line in (1, 2, 3, 4)]
    kept = selected(findings, Configuration(), lambda _: text)
    assert [finding.line for finding in kept] == [1, 2, 4]


@pytest.mark.parametrize(
    ("comment", "complaint"),
    [
        (
            "# modwright: ignore",
            "the comment ignores no code. Name the codes: # modwright: ignore[MW501]",
        ),
        ("# modwright: ignore MW501", "the comment ignores no code."),
        ("# modwright: ignore-file[MW501]", "the comment ignores no code."),
        ("# modwright: ignore[MW501", "the comment ignores no code."),
        ("# modwright: ignore[]", "'': no such code. Name the codes: # modwright: ignore[MW501]"),
        ("# modwright: ignore[MW501, MW599]", "MW599: no such code. Did you mean MW5"),
        ("# modwright: ignore[MW5]", "MW5: no such code. Did you mean MW5"),
        ("# modwright: ignore[mw501]", "mw501: no such code. Did you mean MW501?"),
        ("# modwright: ignore[MW501 the banner]", "MW501 the banner: no such code."),
    ],
)
def test_a_comment_that_names_no_code_or_a_wrong_one_is_refused(
    comment: str, complaint: str
) -> None:
    with pytest.raises(UsageFailed) as failure:
        ignored_lines(f"import a\nprint(1)  {comment}\n")
    assert str(failure.value).startswith(f"src/shop/mail.py:2: {complaint}")


def test_a_source_is_asked_for_once_and_only_when_a_finding_names_a_line_of_it() -> None:
    asked = []

    def text_of(file: str) -> None:
        asked.append(file)

    findings = [found("MW501", file="a.py", line=line) for line in (1, 2)]
    findings += [found("MW401", file="b.py"), found("MW402"), found("MW502", file="c.py", line=1)]
    assert len(selected(findings, Configuration(ignore=("MW502",)), text_of)) == 4
    assert asked == ["a.py"]


@given(st.text(alphabet="#modwright:ignore[]MW501,() \n'\"\\\t=xf{}\r\0"))
def test_whatever_a_file_holds_is_read_or_refused_in_one_line(text: str) -> None:
    complaint = complaint_about(f"# modwright: {text}")
    assert complaint.isprintable()
    assert complaint.startswith("a.py:") or not complaint
