"""What a component adds to a file of a project is whole lines, between lines that stay as they are.

So it can be added and removed later: merged with what a person has changed meanwhile, its lines
conflict only where both stand at the same place.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import permutations
from pathlib import Path

import pytest

from tests.template.answers import Answers, questions
from tests.template.conftest import Render

COMPONENTS: dict[str, Answers] = {
    "a subpackage": {"subpackages": ["billing"]},
    "a nested subpackage": {"subpackages": ["parts.mail"]},
    "another beside it": {"subpackages": ["parts.post"]},
    "their parent": {"subpackages": ["parts"]},
    "a module": {"modules": ["notes"]},
    "another module": {"modules": ["archive"]},
    **{library: {"external": [library]} for library in questions()["external"]["choices"]},
    "an extension in C": {"extension": "c"},
    "an extension in C++": {"extension": "cpp"},
    "a zipapp": {"frozen": "zipapp"},
    "a host": {"frozen": "host"},
    "docs": {"docs": True},
    "GitHub": {"ci": "github"},
    "GitLab": {"ci": "gitlab"},
}

BASES: dict[str, Answers] = {
    "minimal": {},
    "sqlalchemy": {"stack": "sqlalchemy"},
    "proprietary": {"license": "proprietary", "package_name": "acme.billing"},
    "web": {"trade": "web"},
    "ml": {"trade": "ml"},
    "ml on sqlalchemy": {"trade": "ml", "stack": "sqlalchemy"},
    "automation": {"trade": "automation"},
    "automation on sqlalchemy": {"trade": "automation", "stack": "sqlalchemy"},
}

# What cannot be had by lines alone: the components, the file, its lines that are replaced, and why.
EXTENSIONS = {"an extension in C", "an extension in C++"}
PROGRAMS = {"flask", "django", "fastapi", "a zipapp", "a host"}
INHERENT: list[tuple[set[str], str, str, str]] = [
    (EXTENSIONS, "pyproject.toml", r"\[build-system\]\n(.+\n)+", "another back end builds it"),
    (
        EXTENSIONS,
        "pyproject.toml",
        r"\[tool\.uv\.build-backend\]\n(.+\n)+\n",
        "and has its own table",
    ),
    (PROGRAMS, ".gitignore", r"/uv\.lock\n", "a program commits its lock file, a library does not"),
    (PROGRAMS, "README.md", r"`uv\.lock` (.+\n)+", "and its README says so"),
    (
        {"an extension in C"},
        "pyproject.toml",
        r"import-name(s|spaces) = .+\n",
        "setuptools refuses it",
    ),
    ({"GitHub"}, "pyproject.toml", r'    "GH100", .+\n', "what lies elsewhere is excused"),
    ({"their parent"}, "parts/__init__.py", "(?s).+", "it only held others before"),
]


# A trade: the most lines for others to stand between.
IN_FULL = {"web"}
ALWAYS = ("a subpackage", "a module", "fastapi", "an extension in C", "a zipapp", "docs", "GitHub")


@pytest.mark.parametrize(
    ("base", "names"),
    [
        pytest.param("minimal", ALWAYS, marks=pytest.mark.full),
        *(
            pytest.param(
                base,
                COMPONENTS,
                marks=pytest.mark.full if base in IN_FULL else pytest.mark.release,
                id=base,
            )
            for base in BASES
        ),
    ],
)
def test_a_component_only_inserts_lines_and_never_at_the_end_of_a_file(
    rendered: Render, base: str, names: Iterable[str]
) -> None:
    without = BASES[base] | {"ci": "none"}
    for name in names:
        replaced = lines_replaced(rendered, without, name)
        assert not replaced, f"{base} with {name}: {replaced}"


@pytest.mark.release  # a minute and a half of a processor each, or two
@pytest.mark.parametrize("base", ["minimal", "ml on sqlalchemy", "web"])
def test_so_does_every_component_beside_every_other(rendered: Render, base: str) -> None:
    for present, name in permutations(COMPONENTS, 2):
        if exclude_each_other(present, name):
            continue
        without = with_component(BASES[base] | {"ci": "none"}, COMPONENTS[present])
        replaced = lines_replaced(rendered, without, name)
        assert not replaced, f"{base} and {present} with {name}: {replaced}"


def lines_replaced(rendered: Render, answers: Answers, name: str) -> dict[str, list[str]]:
    """Return the files that a component does more to than to insert lines, with what is new."""
    before = files_of(rendered(answers))
    after = files_of(rendered(with_component(answers, COMPONENTS[name])))
    assert before.keys() <= after.keys()
    replaced = {}
    for file, text in before.items():
        old, new = text, after[file]
        if not only_inserted(old, new):
            for components, suffix, lines, _ in INHERENT:
                if name in components and file.endswith(suffix):
                    old, new = (re.sub(lines, "", each) for each in (old, new))
        if not only_inserted(old, new):
            replaced[file] = sorted(set(new.splitlines()) ^ set(old.splitlines()))
    return replaced


def only_inserted(before: str, after: str) -> bool:
    """Return whether lines were inserted and none removed, above the last one at any rate."""
    old, new = before.splitlines(), after.splitlines()
    return old == new or (is_within(old, new) and not is_within(old, new[:-1]))


def is_within(some: Sequence[str], lines: Sequence[str]) -> bool:
    """Return whether lines stand among others in the same order."""
    rest: Iterator[str] = iter(lines)
    return all(line in rest for line in some)


def with_component(answers: Answers, component: Answers) -> Answers:
    """Return the answers that a component is added by."""
    [(question, answer)] = component.items()
    if isinstance(answer, list):
        answer = [*answers.get(question, []), *answer]
    return answers | {question: answer}


def exclude_each_other(one: str, other: str) -> bool:
    """Return whether two components are answers of which one question takes only one."""
    (question, answer), (another, _) = *COMPONENTS[one].items(), *COMPONENTS[other].items()
    return question == another and not isinstance(answer, list)


def files_of(project: Path) -> dict[str, str]:
    """Return the text of each file but that of the answers."""
    return {
        path.relative_to(project).as_posix(): path.read_text("utf-8")
        for path in project.rglob("*")
        if path.is_file() and path.name != ".copier-answers.yml"
    }
