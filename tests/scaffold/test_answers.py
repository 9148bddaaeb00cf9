"""Answers given before anything is asked."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modwright.errors import TemplateFailed, UsageFailed
from modwright.scaffold.answers import answers_of, combine, parse_data
from modwright.scaffold.presets import Preset
from modwright.scaffold.questions import Question

KEYS = st.text(min_size=1).filter(lambda key: "=" not in key)
NAMES = ["license", "project_name", "stack"]
QUESTIONS = [Question(name, "", {}, None, many=False) for name in NAMES]
LAYER = st.dictionaries(st.sampled_from(NAMES), st.text())


@given(st.dictionaries(KEYS, st.text()))
def test_key_and_value_come_back_as_they_were_written(answers: dict[str, str]) -> None:
    assert parse_data(f"{key}={value}" for key, value in answers.items()) == answers


@given(st.text())
def test_a_pair_is_taken_apart_at_its_first_equals_sign_or_refused(pair: str) -> None:
    try:
        parsed = parse_data([pair])
    except UsageFailed:
        assert pair.find("=") < 1
    else:
        assert [f"{key}={value}" for key, value in parsed.items()] == [pair]


def test_the_last_of_two_answers_to_a_question_counts() -> None:
    assert parse_data(["stack=a", "stack=b"]) == {"stack": "b"}


@given(st.lists(LAYER))
def test_a_later_layer_goes_over_an_earlier_one(layers: list[dict[str, str]]) -> None:
    answers = combine(QUESTIONS, *layers)
    assert set(answers) == {key for layer in layers for key in layer}
    for key, value in answers.items():
        assert value == [layer[key] for layer in layers if key in layer][-1]


@given(st.text().filter(lambda key: key not in NAMES), LAYER)
def test_an_answer_without_a_question_is_refused_by_its_name(
    key: str, layer: dict[str, str]
) -> None:
    with pytest.raises(UsageFailed) as caught:
        combine(QUESTIONS, layer, {key: "1"}, layer)
    assert str(caught.value).startswith(f"{key}: no such question.")


def test_a_misspelt_name_is_answered_with_the_right_one() -> None:
    with pytest.raises(UsageFailed, match=r"Did you mean license\?$"):
        combine(QUESTIONS, {"licence": "MIT"})


def test_a_name_like_no_other_is_answered_with_all_of_them() -> None:
    with pytest.raises(UsageFailed, match=r"There are: license, project_name, stack\.$"):
        combine(QUESTIONS, {"zzz": "1"})


@pytest.mark.parametrize("answer", [True, False, "yes", "No", "true", "OFF", "y"])
def test_yes_or_no_may_be_written_as_yaml_writes_it(answer: object) -> None:
    question = Question("docs", "", {}, None, yes_or_no=True)
    assert combine([question], {"docs": answer}) == {"docs": answer}


@pytest.mark.parametrize("answer", ["flase", "", "null", "yes please", 0, 1, 0.5, None, [], [True]])
def test_what_is_neither_yes_nor_no_is_refused(answer: object) -> None:
    with pytest.raises(TemplateFailed, match=r"^docs: .* is neither yes nor no\.$"):
        combine([Question("docs", "", {}, None, yes_or_no=True)], {"docs": answer})


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (Question("ci", "", {"github": "", "none": ""}, None), "nowhere"),
        (Question("ci", "", {"github": "", "none": ""}, None, many=True), ["none", "nowhere"]),
    ],
)
def test_what_is_not_a_choice_is_refused_with_those_that_are(
    question: Question, answer: object
) -> None:
    with pytest.raises(TemplateFailed, match=r"^ci: nowhere is not a choice\. .*: github, none\.$"):
        combine([question], {"ci": answer})


def test_a_presets_wrong_answer_is_told_with_its_name() -> None:
    preset = Preset("./team.yml", "1", {"stack": 5})
    with pytest.raises(TemplateFailed, match=r"^Preset \./team\.yml: stack: 5 is not text"):
        answers_of(preset, QUESTIONS)


@pytest.mark.parametrize("answer", [3.10, 5, True, None, date(2024, 1, 1), b"x", ["a"]])
def test_what_is_not_text_is_refused_where_text_is_asked_for(answer: object) -> None:
    with pytest.raises(TemplateFailed, match=r"^license: .* is not text, as YAML reads it\."):
        combine(QUESTIONS, {"license": answer})
