"""Rules judge by answers alone: here nobody has run anything, and the answers are made up."""

from collections.abc import Mapping
from typing import Any

import pytest

from modwright_check.model.questions import HasAttributes, ImportsAsMain, Question
from modwright_check.model.report import Finding
from modwright_check.model.trial import Trial
from modwright_check.rules import dependencies, entry_points, main_modules, packaging
from tests.checker.rules.conftest import Judge, Judged

Known = Mapping[Question[Any], Trial]


def trial(*answers: tuple[Any, ...], exit_code: int | None = 0) -> Trial:
    return Trial(answers, exit_code, 30)


def told(findings: list[Finding]) -> list[tuple[str, str, str]]:
    return [(each.code, each.module, each.message) for each in findings]


SHOP = {"shop/__init__.py": "", "shop/till.py": "def __getattr__(name): ..."}
OPEN = HasAttributes("shop.till", ("open",))
ENTRY = "[tills]\nfirst = shop.till:open\n"
MAIN = 'if __name__ == "__main__":\n    from shop.gone import serve\n'
SERVE = ImportsAsMain("shop", ("from shop.gone import serve",))
COUNTS = "def f():\n    from shop.till import count"
COUNT = HasAttributes("shop.till", ("count",))
DOES_NOT_LOAD = "the entry point of tills first cannot be loaded: "


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (trial(("loaded",), ("resolves", "open", True)), None),
        (
            trial(("loaded",), ("lacks", "open", "shop.till", "open", [], "")),
            "shop.till has no open",
        ),
        (
            trial(("loaded",), ("raises", "open", "OSError", "shut", [])),
            "open of shop.till raises OSError: shut",
        ),
        (
            trial(("loaded",), exit_code=-11),
            "open of shop.till crashes the interpreter: SIGSEGV",
        ),
        (
            trial(("loaded",), exit_code=None),
            "open of shop.till does not finish within 30 s",
        ),
    ],
)
def test_an_entry_point_is_judged_by_what_became_of_it(
    answer: Trial, message: str | None, judged: Judged
) -> None:
    findings = judged(entry_points.judge, SHOP, entry_points=ENTRY, answers={OPEN: answer})
    wanted = [("MW901", "shop.till", DOES_NOT_LOAD + message)] if message else []
    assert told(findings) == wanted


@pytest.mark.parametrize(
    ("judge", "files", "question", "bad", "good", "code"),
    [
        (
            main_modules.judge,
            {"shop/main.py": MAIN},
            SERVE,
            ("failed", "ModuleNotFoundError", "No module named 'shop.gone'", []),
            ("imports",),
            "MW903",
        ),
        (
            dependencies.judge,
            {"shop/main.py": COUNTS, "shop/till.py": ""},
            COUNT,
            ("lacks", "count", "shop.till", "count", [], ""),
            ("resolves", "count", True),
            "MW206",
        ),
    ],
)
def test_a_rule_says_nothing_but_what_the_answer_bears_out(
    judge: Judge,
    files: Mapping[str, str],
    question: Question[Any],
    bad: tuple[Any, ...],
    good: tuple[Any, ...],
    code: str,
    judged: Judged,
) -> None:
    files = {"shop/__init__.py": "", **files}
    found = judged(judge, files, answers={question: trial(bad)})
    assert [(each.code, each.module) for each in found] == [(code, "shop.main")]
    assert judged(judge, files, answers={question: trial(good)}) == []


@pytest.mark.parametrize(
    ("judge", "files", "options"),
    [
        (entry_points.judge, {}, {"entry_points": ENTRY}),
        (main_modules.judge, {"shop/main.py": MAIN}, {}),
        (dependencies.judge, {"shop/main.py": COUNTS, "shop/till.py": ""}, {}),
        (packaging.judge, {}, {"project": {"src/shop/refunds.py": ""}}),
        (packaging.judge, {}, {"only_in_wheel": {"shop/old.py": ""}}),
    ],
)
def test_nothing_is_said_of_what_nobody_has_answered(
    judge: Judge, files: Mapping[str, str], options: dict[str, Any], judged: Judged
) -> None:
    assert judged(judge, {**SHOP, **files}, answers={}, **options) == []
