"""The questions that a command line needs to know."""

from shutil import copyfile, copytree

import yaml
from copier import run_copy

from modwright.scaffold.questions import Question, read_questions
from modwright.scaffold.source import template_root
from tests.conftest import MakeTemplate

SETTINGS = """
    plain: {type: str, help: Plain}
    listed: {type: str, help: Listed, choices: [a, b], default: a}
    labelled: {type: str, help: Labelled, choices: {The letter A: a, The letter B: b}}
    names: {type: yaml, help: Names, default: []}
    ticks: {type: str, help: Ticks, multiselect: true, choices: [x, y]}
    sometimes: {type: bool, help: Sometimes, when: "{{ listed == 'a' }}", default: false}
    computed: {type: str, help: Computed, when: false, default: "1"}
"""


def test_settings_and_computed_values_are_not_questions(
    small_template: MakeTemplate,
) -> None:
    names = [question.name for question in read_questions(small_template(settings=SETTINGS).root)]
    assert names == ["project_name", "plain", "listed", "labelled", "names", "ticks", "sometimes"]


def test_what_copier_yml_says_of_a_question_is_what_is_known(
    small_template: MakeTemplate,
) -> None:
    questions = {q.name: q for q in read_questions(small_template(settings=SETTINGS).root)}
    assert questions["plain"] == Question("plain", "Plain", {}, None, many=False)
    assert questions["listed"].choices == {"a": "a", "b": "b"}
    assert questions["listed"].default == "a"
    assert questions["labelled"].choices == {"a": "The letter A", "b": "The letter B"}
    assert questions["names"].many
    assert questions["ticks"].many
    assert questions["sometimes"].yes_or_no


def test_an_option_is_a_question_with_hyphens_and_a_list_is_given_item_by_item() -> None:
    assert Question("requires_python", "", {}, None, many=False).option == "--requires-python"
    assert Question("subpackages", "", {}, None, many=True).option == "--subpackage"
    assert Question("class", "", {}, None, many=False).option == "--class"


def test_no_two_questions_of_the_template_share_an_option() -> None:
    options = [question.option for question in read_questions(template_root())]
    assert len(set(options)) == len(options)


def test_copier_remembers_the_same_questions_of_the_template(
    small_template: MakeTemplate,
) -> None:
    root = small_template().root
    copyfile(template_root() / "copier.yml", root / "copier.yml")
    copytree(template_root() / "includes", root / "includes")
    made = root / "made"
    given = {"_template_commit": "v1", "renovate_extends": []}  # nobody is asked for the second
    run_copy(str(root), made, data=given, defaults=True, quiet=True)
    remembered = yaml.safe_load((made / ".copier-answers.yml").read_text(encoding="utf-8"))
    names = {key for key in remembered if not key.startswith("_")} - {"commit"}
    assert names == {question.name for question in read_questions(template_root())}
