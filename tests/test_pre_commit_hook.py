"""The hook that other repositories take from this one. `pre-commit` itself reads it from a tag."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from modwright.cli import COMMANDS

HOOKS = Path(__file__).parents[1] / ".pre-commit-hooks.yaml"


@pytest.fixture
def hook() -> dict[str, Any]:
    [hook] = yaml.safe_load(HOOKS.read_text("utf-8"))
    assert isinstance(hook, dict)
    return hook


def test_the_hook_is_called_what_the_documentation_calls_it(hook: dict[str, Any]) -> None:
    page = HOOKS.parent / "docs" / "configuring.md"
    assert f"- id: {hook['id']}\n" in page.read_text("utf-8")


def test_the_hook_runs_a_command_that_there_is(hook: dict[str, Any]) -> None:
    assert hook["language"] == "python"
    program, name = hook["entry"].split()
    assert program == "modwright"
    assert name in COMMANDS


def test_the_hook_checks_the_project_whatever_a_commit_changes(hook: dict[str, Any]) -> None:
    """Names of files would be taken for projects; and a deleted module has no name to pass."""
    assert hook["pass_filenames"] is False
    assert hook["always_run"] is True


def test_the_hook_stays_out_of_stages_at_which_no_source_changes(hook: dict[str, Any]) -> None:
    assert set(hook["stages"]) == {"pre-commit", "pre-push", "manual"}
