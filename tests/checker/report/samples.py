"""Reports to write: small ones made by hand, and any that hypothesis can think of."""

from hypothesis import strategies as st

from modwright_check.model.codes import CODES
from modwright_check.model.report import Finding, ImportTime, ModuleResult, Report, Severity

# Everything that somebody's names and messages could do to a format.
HOSTILE = [
    "</script><img src=x onerror=alert(1)>",
    "]]><!-- --><![CDATA[",
    '"><svg onload=alert(1)>',
    "::error::%0A\r\n::warning file=x,line=1::y",
    "{{ 7 * 7 }}{% raw %}",
    "[red]:smile:[/red]\\[",
    "[a](https://example.org) {0}",
    "\x00\x1b[31m\ud800\u2028\ufffe",
]
ANYTHING = st.text(st.characters(codec=None), max_size=30) | st.sampled_from(HOSTILE)
# Printable, as the findings are, and nothing that rich could take for its own.
PRINTABLE = st.text(
    st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30
) | st.sampled_from(["[red]", "[/]", "[/red]", "[link=x]", "\\[", "a [b] c", "[[", ":smile:", "{}"])
NAMES = st.sampled_from(["pkg", "pkg.mod", "pkg.été", "pkg.__main__"])
TIMES = st.none() | st.floats(0, 1e6)
MILLISECONDS = st.floats(0, 1e6)


def reports(
    texts: st.SearchStrategy[str], names: st.SearchStrategy[str]
) -> st.SearchStrategy[Report]:
    """Return a strategy of reports that say these texts of modules of these names."""
    findings = st.builds(
        Finding,
        code=st.sampled_from(sorted(CODES)),
        severity=st.sampled_from(Severity),
        module=names,
        file=st.none() | texts,
        line=st.none() | st.integers(1, 1_000_000),
        message=texts,
        hint=texts,
        traceback=st.lists(st.tuples(texts, st.integers(1, 99)), max_size=3).map(tuple),
    )
    modules = st.builds(
        ModuleResult,
        name=names,
        findings=st.lists(findings, max_size=2).map(tuple),
        import_ms=TIMES,
        self_ms=TIMES,
        modules_loaded=st.none() | st.integers(0, 5000),
    )
    leaves = st.builds(ImportTime, names, MILLISECONDS, MILLISECONDS)
    times = st.recursive(
        leaves,
        lambda below: st.builds(
            ImportTime,
            names,
            MILLISECONDS,
            MILLISECONDS,
            st.lists(below, max_size=2).map(tuple),
        ),
        max_leaves=5,
    )
    return st.builds(
        Report,
        project=texts,
        version=st.just("1.0"),
        python=st.just("3.13.0"),
        modules=st.lists(modules, max_size=3).map(tuple),
        seconds=st.floats(0, 1e6),
        general=st.lists(findings, max_size=1).map(tuple),
        imports=st.dictionaries(names, st.lists(names, max_size=3).map(tuple), max_size=3),
        lazy_imports=st.dictionaries(names, st.lists(names, max_size=3).map(tuple), max_size=3),
        cycles=st.lists(st.lists(names, min_size=1, max_size=3).map(tuple), max_size=2).map(tuple),
        import_times=st.lists(times, max_size=2).map(tuple),
        not_checked=st.lists(texts, max_size=2).map(tuple),
    )


HONEST_REPORTS = reports(PRINTABLE, NAMES)
ANY_REPORTS = reports(ANYTHING, ANYTHING)

OK = ModuleResult("pkg", import_ms=2.0, self_ms=0.0)


def finding(severity: Severity, message: str = "bad", module: str = "pkg.mod") -> Finding:
    return Finding("MW101", severity, module, "src/pkg/mod.py", 3, message, "mend it")


def report(*modules: ModuleResult, general: tuple[Finding, ...] = ()) -> Report:
    return Report("sample", "1.0", "3.13.0", modules, 1.25, general)
