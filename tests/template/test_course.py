"""A course: solved, it is the ordinary project, and each exercise keeps what it promises."""

import os
import shutil
import sys
from pathlib import Path

import pytest
from uv import find_uv_bin

from tests.docs.finding_pages import blocks
from tests.template.answers import REPOSITORY, Answers, presets
from tests.template.conftest import Render, succeed
from tests.template.course import problems, problems_of_quick_exercises, solve_all
from tests.template.pythons import PYTHONS, newest_here

# With all that there are exercises for; in odd places; and with none of it.
SETS: dict[str, Answers] = {
    "workshop": presets()["workshop"],
    "odd": {
        "exercises": True,
        "project_name": "Odd.Project-name",
        "package_name": "acme.odd.billing",
        "subpackages": ["services.mail", "services", "notes", "one.two"],
        "modules": ["archive"],
        "extension": "cpp",
        "frozen": "host",
        "ci": "gitlab",
        "docs": True,
    },
    "pandas": {"exercises": True, "modules": ["notes"], "external": ["numpy", "pandas"]},
    "small": {"exercises": True},
}

HERE = Path(sys.executable).parent


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param(answers, id=name, marks=[pytest.mark.full] * (name != "workshop"))
        for name, answers in SETS.items()
    ],
)
def test_solved_it_is_the_project_without_a_course(
    render: Render, rendered: Render, answers: Answers
) -> None:
    project = render(answers)
    assert contents(project) != contents(rendered(answers | {"exercises": False}))

    solve_all(project)

    assert contents(project) == contents(rendered(answers | {"exercises": False}))


@pytest.mark.parametrize("answers", SETS.values(), ids=SETS)
def test_the_readme_begins_with_the_course(rendered: Render, answers: Answers) -> None:
    project = rendered(answers)
    readme = (project / "README.md").read_text("utf-8")
    first_section = readme.split("\n## ")[1]

    assert first_section.startswith("Begin here\n")
    for command in ("    python learn.py\n", "`uv run learn.py`", "(course/README.md)"):
        assert command in first_section
    assert "`uv run learn.py`" in (project / "course" / "README.md").read_text("utf-8")


def test_there_are_exercises_for_what_was_chosen(rendered: Render) -> None:
    numbers = {name: exercises_of(rendered(answers)) for name, answers in SETS.items()}
    always = {*range(1, 8), *range(10, 19)}

    assert numbers["workshop"] == always | {8, 9, 20, 21}
    assert numbers["odd"] == always | {8, 9, 20, 21}
    assert numbers["pandas"] == always | {19}
    assert numbers["small"] == always


@pytest.mark.full
def test_quick_exercises_fail_as_they_say_until_they_are_solved(render: Render) -> None:
    assert problems_of_quick_exercises(render(SETS["workshop"])) == []


def test_the_exercise_that_the_documentation_shows_is_one(render: Render) -> None:
    project = render(SETS["small"])
    course = project / "course"
    for path in [*course.glob("[0-9][0-9]_*"), course / "solved", course / "start"]:
        shutil.rmtree(path)
    solved = course / "solved" / "course" / "30_prices"
    for folder in (solved, course / "30_prices"):
        folder.mkdir(parents=True)
    for block in blocks((REPOSITORY / "docs" / "exercises.md").read_text("utf-8")):
        name = block.text.splitlines()[0].removeprefix("# ")
        if block.language == "markdown":
            (course / "30_prices" / "page.md").write_text(block.text, "utf-8")
        elif name.startswith("solved/"):
            (solved / name.removeprefix("solved/")).write_text(without_name(block.text), "utf-8")
        else:
            (course / "30_prices" / name).write_text(without_name(block.text), "utf-8")

    assert problems(project, sys.executable) == []


@pytest.mark.release  # half a minute of a processor each
@pytest.mark.parametrize("name", ["workshop", "odd", "small"])
@pytest.mark.parametrize("version", ["lowest", "newest"])
def test_the_author_has_nothing_to_mend(render: Render, name: str, version: str) -> None:
    wanted = PYTHONS[0] if version == "lowest" else newest_here()
    python = succeed(find_uv_bin(), "python", "find", wanted, cwd=Path.cwd()).strip()

    assert problems(render(SETS[name]), python) == []


@pytest.mark.release  # pandas is installed: tens of megabytes
def test_so_it_is_with_pandas(render: Render) -> None:
    project = render(SETS["pandas"])
    python = project / ".venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    succeed(find_uv_bin(), "venv", "--quiet", ".venv", cwd=project)
    options = ("--quiet", "--python", python, "--editable", ".")
    succeed(find_uv_bin(), "pip", "install", *options, cwd=project)

    assert problems(project, python) == []


@pytest.mark.full
@pytest.mark.parametrize("name", ["workshop", "small"])
def test_before_anything_is_solved_it_imports_cleanly(render: Render, name: str) -> None:
    project = render(SETS[name])

    succeed(HERE / "modwright", "check", "--strict", ".", cwd=project)


def without_name(text: str) -> str:
    """Return what a block of a page holds, without the line that names its file."""
    return text.partition("\n")[2]


def exercises_of(project: Path) -> set[int]:
    """Return the numbers of a course's exercises."""
    return {int(path.name[:2]) for path in (project / "course").glob("[0-9][0-9]_*")}


def contents(project: Path) -> dict[str, bytes]:
    """Return the files of a project, without its course and what was answered."""
    files = {
        path.relative_to(project).as_posix(): path.read_bytes()
        for path in project.rglob("*")
        if path.is_file()
    }
    return {
        name: content
        for name, content in files.items()
        if not name.startswith("course/") and name not in {"learn.py", ".copier-answers.yml"}
    }
