"""Odd answers are escaped, or refused with a line that names the answer and the reason."""

import tomllib
from pathlib import Path

import pytest
import yaml
from copier import Settings, run_copy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from modwright.errors import TemplateFailed
from modwright.scaffold.create import list_project
from modwright.scaffold.source import Source
from tests.template.answers import HOSTILE, REFUSED
from tests.template.conftest import Render


@pytest.mark.parametrize(("question", "answer", "reason"), REFUSED)
def test_a_bad_answer_is_refused_by_copier_and_told_in_one_line_by_modwright(
    template: Path, tmp_path: Path, question: str, answer: object, reason: str
) -> None:
    source = Source(template, "https://example.org/template.git", None)
    with pytest.raises(TemplateFailed) as refusal:
        list_project(source, tmp_path / "hello", {question: answer}, ask=False, force=False)
    by_copier = refusal.value.__cause__
    assert isinstance(by_copier, ValueError)
    assert question in str(by_copier)
    assert reason in str(by_copier)
    told = str(refusal.value)
    assert told.startswith(f"{question}: ")
    assert reason in told
    assert len(told.splitlines()) == 1


def test_a_bad_answer_leaves_nothing_behind_with_copier_alone(
    template: Path, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match="package_name"):
        run_copy(
            str(template),
            tmp_path / "hello",
            {"package_name": "class"},
            defaults=True,
            quiet=True,
            settings=Settings(),
        )
    assert not (tmp_path / "hello").exists()


def test_a_folder_whose_name_cannot_be_a_project_asks_for_one(
    template: Path, tmp_path: Path
) -> None:
    source = Source(template, "https://example.org/template.git", None)
    with pytest.raises(TemplateFailed, match="project_name: no answer"):
        list_project(source, tmp_path / "日本", {}, ask=False, force=False)


@pytest.mark.parametrize(
    ("folder", "name", "package"),
    [
        ("hello", "hello", "hello"),
        ("My Project!", "My-Project", "my_project"),
        ("a.b-c_d", "a.b-c_d", "a_b_c_d"),
        ("...dots...", "dots", "dots"),
    ],
)
def test_the_names_follow_from_the_folder(
    template: Path, tmp_path: Path, folder: str, name: str, package: str
) -> None:
    run_copy(str(template), tmp_path / folder, defaults=True, quiet=True, settings=Settings())
    answers = yaml.safe_load((tmp_path / folder / ".copier-answers.yml").read_text("utf-8"))
    assert (answers["project_name"], answers["package_name"]) == (name, package)


def test_hostile_text_arrives_letter_for_letter(render: Render) -> None:
    answers = {"description": HOSTILE, "user_name": HOSTILE.replace("<b>", "")[:100].strip()}
    project = tomllib.loads((render(answers) / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["description"] == answers["description"]
    assert project["authors"] == [{"name": answers["user_name"]}]


@pytest.mark.full
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(max_size=80))
def test_any_text_is_kept_whole_or_refused(
    template: Path, tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    project = tmp_path_factory.mktemp("any") / "hello"
    answers = {"description": text}
    try:
        run_copy(str(template), project, answers, defaults=True, quiet=True, settings=Settings())
    except ValueError as refusal:
        assert "description" in str(refusal)  # noqa: PT017 (either outcome is right)
        assert not project.exists()
    else:
        written = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))
        assert written["project"]["description"] == text
        stored = yaml.safe_load((project / ".copier-answers.yml").read_text("utf-8"))
        assert stored["description"] == text
