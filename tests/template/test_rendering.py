"""What every project is like, whatever was answered."""

import ast
import compileall
import re
import shutil
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from copier import Settings, run_copy
from copier.errors import InteractiveSessionError
from pytest_copie.plugin import Copie

from modwright.scaffold.create import list_project
from modwright.scaffold.source import Source
from modwright.scaffold.version import Version
from tests.parts import shared_out
from tests.template.answers import (
    COLLIDING,
    IMPOSSIBLE,
    REFUSED,
    REPOSITORY,
    Answers,
    chosen,
    each_alone,
    is_refused,
    left_out_by,
    not_chosen,
    pairwise,
    presets,
)
from tests.template.branches import recorded
from tests.template.conftest import Render, as_released, succeed

COMBINATIONS = pairwise()


def test_each_pair_of_answers_stands_in_one_of_the_sets_but_those_that_are_refused() -> None:
    assert left_out_by(COMBINATIONS) == []
    assert not any(map(is_refused, COMBINATIONS))


@pytest.mark.parametrize(
    "answers",
    [
        # The chosen ones, which take every branch, are read below.
        pytest.param(answers, marks=pytest.mark.release)
        for answers in (*not_chosen(), *each_alone())
    ],
)
def test_every_file_parses_and_reads_as_written_by_hand(render: Render, answers: Answers) -> None:
    _read_all(render(answers))


def test_every_folder_is_there_for_a_file(render: Render) -> None:
    project = render({"subpackages": ["billing", "services.mail"]})
    assert all(any(folder.iterdir()) for folder in project.rglob("*") if folder.is_dir())


@pytest.mark.full
def test_every_template_file_and_every_branch_is_rendered_and_reads_well(
    template: Path, tmp_path: Path
) -> None:
    everything = {path for path in (template / "template").rglob("*") if path.is_file()}
    everything |= {path for path in (template / "includes").rglob("*") if path.is_file()}
    with recorded() as branches, opened_below(template) as opened:
        for number, answers in enumerate(chosen()):
            project = tmp_path / str(number) / "hello"
            _copy(template, project, answers)
            _read_all(project)
        for question, answer, _ in REFUSED:
            with pytest.raises(ValueError, match=question):
                _copy(template, tmp_path / "hello", {question: answer})
        for question, answer, module in COLLIDING:
            for given in ({"subpackages": [f"{module}.more"]}, {"modules": [module]}):
                with pytest.raises(ValueError, match=f"{question}.*{module},"):
                    _copy(template, tmp_path / "hello", {**given, question: answer})
        for answers, reason in IMPOSSIBLE:
            with pytest.raises(ValueError, match=reason):
                _copy(template, tmp_path / "hello", answers)
        for version in (None, Version("1" * 40, "v1.0.0", changed=False)):
            source = Source(template, "https://example.org/template.git", version)
            for preset in ({}, {"preset": "../team.yml", "preset_version": "sha256:0"}):
                list_project(source, tmp_path / "hello", preset, ask=False, force=False)
        with as_released(template, tmp_path / "repository") as repository:
            for place, ref in ((repository, "v1.0.0"), (f"git+file://{repository}", "HEAD")):
                copied = tmp_path / ref
                run_copy(str(place), copied, defaults=True, quiet=True, vcs_ref=ref)
        # Names that follow from others but cannot be used are not offered: somebody is asked.
        for folder, answers in (("日本", {}), ("x", {"project_name": "2x"})):
            with pytest.raises(InteractiveSessionError):
                run_copy(str(template), tmp_path / folder, answers, quiet=True)
    # git keeps empty files; Copier opens them like all others.
    assert everything - opened == set()
    assert branches.all - branches.taken == set(), "pytest -m release -k chosen_sets says more"


def test_no_trust_is_asked_for() -> None:
    settings = yaml.safe_load((REPOSITORY / "copier.yml").read_text("utf-8"))
    assert not {"_tasks", "_jinja_extensions", "_migrations"} & settings.keys()


def test_every_question_is_explained_and_every_answer_stored(render: Render) -> None:
    asked = {
        name: details
        for name, details in yaml.safe_load((REPOSITORY / "copier.yml").read_text("utf-8")).items()
        if not name.startswith("_") and details.get("when") is not False
    }
    assert all(details["help"] for details in asked.values())
    given_alone: Answers = {name: [] for name, details in asked.items() if "when" in details}
    stored = yaml.safe_load((render(given_alone) / ".copier-answers.yml").read_text("utf-8"))
    assert asked.keys() <= stored.keys()


def test_no_file_has_a_name_that_windows_cannot_hold() -> None:
    for path in (REPOSITORY / "template").rglob("*"):
        assert not set("<>:\"|?*\\'") & set(path.name), path
        assert not path.name.endswith((".", " ")), path


def test_no_file_of_the_template_would_an_installer_compile_but_the_runner() -> None:
    assert {file.parent.name for file in (REPOSITORY / "template").rglob("*.py")} == {"runner"}


@pytest.mark.full
def test_what_an_installer_has_compiled_reaches_no_project(template: Path, tmp_path: Path) -> None:
    installed = tmp_path / "template"
    shutil.copytree(template, installed, symlinks=True, ignore=shutil.ignore_patterns(".git"))
    assert compileall.compile_dir(installed / "template", quiet=1)
    assert list(installed.rglob("*.pyc"))
    _copy(installed, tmp_path / "hello", {"exercises": True})
    assert (tmp_path / "hello/course/runner/running.py").exists()
    assert not list((tmp_path / "hello").rglob("*.pyc"))


@pytest.mark.parametrize("preset", presets())
def test_a_preset_renders(copie: Copie, template: Path, preset: str) -> None:
    answers = presets()[preset]
    result = copie.copy(extra_answers={"project_name": "hello", **answers}, template_dir=template)
    assert result.exit_code == 0, result.exception
    assert result.project_dir is not None
    stored = yaml.safe_load((result.project_dir / ".copier-answers.yml").read_text("utf-8"))
    assert stored.items() >= answers.items()


@pytest.mark.parametrize("preset", shared_out(presets(), readme=["library", "web-backend"]))
def test_ruff_has_nothing_to_format_in_a_project_for_newer_pythons_only(
    render: Render, preset: str
) -> None:
    """It writes some things in another way where no older Python has to read them."""
    project = render({**presets()[preset], "requires_python": "3.14"})
    succeed(sys.executable, "-m", "ruff", "format", "--check", "--no-cache", cwd=project)


def _parse(file: Path, text: str) -> None:
    if file.suffix == ".py":
        ast.parse(text, feature_version=(3, 11))
    elif file.suffix == ".toml":
        tomllib.loads(text)
    elif file.suffix in {".yml", ".yaml", ".json"}:
        yaml.safe_load(text)


def _read_all(project: Path) -> None:
    """Assert that every file parses, and reads as if it had been written by hand."""
    for file in (path for path in project.rglob("*") if path.is_file()):
        text = file.read_text("utf-8")
        name = file.relative_to(project.parents[1])  # with what says which set of answers
        if not text:
            assert name.name == "py.typed", f"{name} is empty"
            continue
        assert text.endswith("\n"), f"{name} has no line end"
        assert not text.endswith("\n\n"), f"{name} ends in blank lines"
        assert "\r" not in text, f"{name} has line ends of Windows"
        if name.name != "LICENSE":  # official texts stay as they are
            assert not re.search(r"[ \t]+$", text, re.MULTILINE), f"{name} has trailing blanks"
            longest = 2 if name.suffix in {".py", ".mako"} else 1
            assert "\n" * (longest + 2) not in text, f"{name} has too many blank lines"
        ours = re.sub(r"\{\{ (7\\?\*7|x) \}\}|\{% raw %\}", "", text)  # from the answers
        assert not re.search(r"(?<!\$)\{\{|\{%|\{#", ours), f"{name} has leftovers of Jinja"
        _parse(file, text)


def _copy(template: Path, project: Path, answers: Answers) -> None:
    run_copy(str(template), project, answers, defaults=True, quiet=True, settings=Settings())


@contextmanager
def opened_below(folder: Path) -> Iterator[set[Path]]:
    """Record every file below a folder that is opened meanwhile."""
    seen: set[Path] = set()
    active = [True]

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if active and event == "open" and isinstance(arguments[0], (str, Path)):
            seen.add(Path(arguments[0]))

    sys.addaudithook(hook)
    try:
        yield seen
    finally:
        active.clear()
    for path in [path for path in seen if not path.is_relative_to(folder)]:
        seen.discard(path)
