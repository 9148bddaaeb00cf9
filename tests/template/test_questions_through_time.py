"""What plain `copier update` needs of a template, in every version since the first."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from modwright.git import git

REPOSITORY = Path(__file__).parents[2]

Questions = dict[str, dict[str, Any]]


def _questions(commit: str) -> Questions:
    content = yaml.safe_load(git(REPOSITORY, "cat-file", "blob", f"{commit}:copier.yml"))
    return {
        name: about
        for name, about in content.items()
        if not name.startswith("_") and about.get("when") is not False
    }


def _choices(about: dict[str, Any]) -> set[object]:
    choices = about.get("choices", [])
    return set(choices.values() if isinstance(choices, dict) else choices)


def _steps() -> list[tuple[str, str]]:
    """Return each commit that has changed the questions, with the one before it."""
    said = git(REPOSITORY, "log", "--format=%H %P", "--diff-filter=M", "--", "copier.yml")
    lines = (line.split() for line in said.splitlines())
    return [(parent, commit) for commit, *parents in lines for parent in parents]


def test_every_question_has_a_default_and_choices_are_only_added() -> None:
    if not (REPOSITORY / ".git").exists():
        pytest.skip("there is no history: this is not a clone")
    for before, after in _steps():
        old, new = _questions(before), _questions(after)
        for name, about in new.items():
            assert "default" in about, (after, name)
        for name, about in old.items():
            assert name in new, (after, name)
            assert new[name]["type"] == about["type"], (after, name)
            assert _choices(about) <= _choices(new[name]), (after, name)
