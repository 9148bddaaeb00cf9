"""The options of `modwright new` are the questions of `copier.yml`."""

import pytest

from modwright.scaffold.questions import Question, read_questions
from modwright.scaffold.source import template_root
from tests.conftest import Run


def test_each_question_is_an_option_with_its_help_and_choices(run: Run) -> None:
    shown = " ".join(run("new", "--help", env={"COLUMNS": "500"}).stdout.split())
    for question in read_questions(template_root()):
        assert f"{question.option} " in shown
        assert question.help in shown
        assert "|".join(question.choices) in shown


def test_the_help_says_what_a_default_is_made_from(run: Run) -> None:
    shown = " ".join(run("new", "--help", env={"COLUMNS": "500"}).stdout.split())
    for option, default in (
        ("project-name TEXT", "made from the name of the folder"),
        ("package-name TEXT", "made from --project-name"),
        ("stack [stdlib|sqlalchemy]", "made from --trade"),
        ("keyword NAME", "accounts, sessions"),
    ):
        told = shown.partition(f"--{option} ")[2].partition("[default: ")[2]
        assert told.startswith(f"{default}]"), option


@pytest.mark.parametrize(
    "question",
    [question for question in read_questions(template_root()) if question.choices],
    ids=lambda question: question.name,
)
def test_a_choice_that_is_none_is_refused_with_those_there_are(
    question: Question, run_here: Run
) -> None:
    finished = run_here("new", question.option, "none of them")
    assert finished.returncode == 2
    for choice in question.choices:
        assert repr(choice) in finished.stderr


@pytest.mark.full
def test_a_question_of_yes_or_no_is_a_pair_of_flags(run_here: Run) -> None:
    def listed(*options: str) -> str:
        return run_here("new", "made", "--defaults", "--dry-run", *options).stdout

    assert "docs/conf.py" in listed("--docs")
    assert "docs/conf.py" in listed("--data", "docs=true")
    assert "pyproject.toml" in (shown := listed("--data", "docs=true", "--no-docs"))
    assert "docs/conf.py" not in shown
