"""What a module fails under is told only if it does not fail without."""

from dataclasses import replace

import pytest

from modwright_check.model.import_result import Outcome
from modwright_check.rules.stress import judge
from tests.checker.rules.conftest import EvidenceOf

WITHOUT_SETTINGS = Outcome(
    loaded=False, exit_code=1, time_limit=30, error="ValueError", message="no settings"
)


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        (["MW707", "MW708", "MW713", "MW715"], []),
        (["MW707", "MW708", "MW713", "MW715", "MW712"], []),
        (["MW707", "MW713"], ["MW707", "MW713"]),
        (["MW708"], ["MW708"]),
    ],
)
def test_what_fails_alike_under_all_strains_fails_without(
    codes: list[str], told: list[str], evidence_of: EvidenceOf
) -> None:
    strained = {(code, "shop.lists"): WITHOUT_SETTINGS for code in codes}
    files = {"shop/__init__.py": "", "shop/lists.py": ""}
    evidence = replace(evidence_of(files), strained=strained)
    assert [each.code for each in judge(evidence)] == told


def test_what_fails_otherwise_under_one_strain_is_told(evidence_of: EvidenceOf) -> None:
    strained = {
        (code, "shop.lists"): replace(WITHOUT_SETTINGS, message=f"no settings under {code}")
        for code in ("MW707", "MW708", "MW713", "MW715")
    }
    evidence = replace(evidence_of({"shop/lists.py": ""}), strained=strained)
    assert len(list(judge(evidence))) == len(strained)


@pytest.mark.parametrize(
    ("error", "text", "hint"),
    [
        ("UnicodeEncodeError", "print('⣿')", "Print it in a function"),
        ("UnicodeEncodeError", "open('x', 'w').write('⣿')", "Specify the encoding"),
        ("UnicodeDecodeError", "print(open('x').read())", "Specify the encoding"),
    ],
)
def test_the_hint_for_an_ascii_locale_is_for_what_the_line_does(
    error: str, text: str, hint: str, evidence_of: EvidenceOf
) -> None:
    evidence = evidence_of({"shop/__init__.py": "", "shop/lists.py": f"{text}\nNET = 1\n"})
    file = evidence.environment.site_packages / "shop" / "lists.py"
    outcome = replace(WITHOUT_SETTINGS, error=error, frames=((str(file), 1),))
    [finding] = judge(replace(evidence, strained={("MW710", "shop.lists"): outcome}))
    assert finding.hint.startswith(hint)
