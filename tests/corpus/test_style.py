"""The words of findings are held to a style, which the corpus demands of each of them."""

import pytest

from modwright_check.model.codes import CODES
from tests.corpus.style import faults

GOOD = "imports yaml, which no declared dependency provides", "Add PyYAML to `dependencies`."


def test_a_predicate_and_a_sentence_are_right() -> None:
    assert not list(faults(*GOOD))
    assert not list(faults("Python 3.11 ignores _speed.so", "Did you mean main?"))


@pytest.mark.parametrize(
    ("message", "hint"),
    [
        ("Imports yaml", GOOD[1]),
        ("imports what is no module", GOOD[1]),
        ("imports yaml, which the dependencies do not bring", GOOD[1]),
        (GOOD[0], "add PyYAML."),
        (GOOD[0], "Add PyYAML"),
        (GOOD[0], "Mend it."),
    ],
)
def test_a_fault_of_style_is_named(message: str, hint: str) -> None:
    assert len(list(faults(message, hint))) == 1


@pytest.mark.parametrize("code", CODES)
def test_a_title_is_worded_like_a_message(code: str) -> None:
    assert not list(faults(CODES[code].title, "See its page."))
