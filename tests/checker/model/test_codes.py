"""The table of codes: what a finding weighs follows from its code and the facts."""

import ast
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.version import Version

import modwright_check.rules
from modwright_check.model import policies
from modwright_check.model.codes import CODES, Stage, finding, told_of
from modwright_check.model.facts import WITHOUT_A_FAILURE, Fact
from modwright_check.model.policies import Policy, lightest
from modwright_check.model.report import ModuleResult, Report, Severity

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
RULES = Path(modwright_check.rules.__file__).parent
FACTS = st.frozensets(st.sampled_from(Fact))


def weight(code: str, module: str, *facts: Fact) -> Severity:
    return finding(code, module, "message", "hint", facts=facts).severity


@pytest.mark.parametrize(
    ("code", "module", "facts", "expected"),
    [
        ("MW201", "shop.orders", (), ERROR),
        ("MW201", "shop.orders", (Fact.FOR_SOME,), ERROR),
        ("MW201", "shop.orders", (Fact.FOR_SOME, Fact.SPARED), WARNING),
        ("MW201", "shop.orders", (Fact.FOR_SOME, Fact.ON_DEMAND), INFO),
        ("MW201", "shop.tests.test_orders", (), INFO),
        ("MW304", "shop.tests.test_orders", (), INFO),
        ("MW301", "shop.tests.test_orders", (), WARNING),
        ("MW301", "shop._orders", (), WARNING),
        ("MW301", "shop._orders", (Fact.BROUGHT,), INFO),
        ("MW515", "shop.orders", (Fact.ON_DEMAND,), WARNING),
        ("MW515", "shop._orders", (Fact.ON_DEMAND,), INFO),
        ("MW301", "shop._vendor.six", (), INFO),
        ("MW603", "shop._speed", (), INFO),
        ("MW807", "shop.speed", (), INFO),
        ("MW807", "shop.speed", (Fact.CRASHES,), WARNING),
        ("MW807", "shop._vendor.speed", (Fact.CRASHES,), INFO),
    ],
)
def test_a_finding_weighs_what_its_code_says_of_the_facts(
    code: str, module: str, facts: tuple[Fact, ...], expected: Severity
) -> None:
    assert weight(code, module, *facts) is expected


@given(code=st.sampled_from(sorted(CODES)), facts=FACTS)
def test_vendored_code_never_fails_a_check(code: str, facts: frozenset[Fact]) -> None:
    assert weight(code, "shop._vendor.six", *facts) is INFO


@given(code=st.sampled_from(sorted(CODES)), facts=FACTS)
def test_tests_weigh_at_most_as_much_as_the_code_they_test(
    code: str, facts: frozenset[Fact]
) -> None:
    usual, in_tests = weight(code, "shop.mail", *facts), weight(code, "shop.test_mail", *facts)
    assert lightest(usual, in_tests) is in_tests


def test_a_finding_that_is_told_of_another_module_weighs_what_it_does_there() -> None:
    found = finding("MW501", "shop.mail", "message", "hint")
    assert [told_of(found, each).severity for each in ("shop.tests", "shop")] == [INFO, WARNING]


def test_every_fact_decides_something() -> None:
    named = [each for each in vars(policies).values() if isinstance(each, Policy)]
    decisive = {fact for policy in named for case in policy.cases for fact in case.facts}
    limiting = {Fact.TESTS, Fact.VENDORED, Fact.IN_A_HOUSE}
    limiting |= {Fact.READ_AS_TEXT, Fact.FOR_NO_PYTHON}
    assert set(Fact) == {*decisive, *WITHOUT_A_FAILURE, *limiting}


def test_every_policy_is_that_of_a_code() -> None:
    named = {name for name, each in vars(policies).items() if isinstance(each, Policy)}
    used = {id(code.policy) for code in CODES.values()}
    assert {name for name in named if id(getattr(policies, name)) not in used} == set()


@pytest.mark.parametrize("rule", sorted(RULES.rglob("*.py")), ids=lambda rule: rule.stem)
def test_no_rule_decides_how_much_a_finding_weighs(rule: Path) -> None:
    if rule.stem == "triage":  # which sorts by it
        return
    nodes = ast.walk(ast.parse(rule.read_text(encoding="utf-8")))
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    assert not names & {"Severity", "ERROR", "WARNING", "INFO"}


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_code_is_as_old_as_a_version_of_modwright(code: str) -> None:
    assert Version(CODES[code].since) <= Version(Version(version("modwright")).base_version)
    assert set(CODES[code].covers) <= set(CODES)


def test_what_a_preview_code_says_is_a_warning_and_fails_no_check(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(CODES, "MW601", replace(CODES["MW601"], stage=Stage.PREVIEW))
    found = finding("MW601", "shop", "message", "hint")
    report = Report("shop", "1", "3.13.0", (ModuleResult("shop", (found,)),), 1.0)
    assert found.severity is WARNING
    assert not report.fails(strict=True)
    stable = replace(report, general=(finding("MW501", "shop", "message", "hint"),))
    assert (stable.fails(strict=False), stable.fails(strict=True)) == (False, True)
