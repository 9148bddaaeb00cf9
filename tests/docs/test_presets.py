"""The page on presets: its examples are presets, and its commands make projects of them."""

import re
import shlex
from pathlib import Path

import pytest
import yaml

from modwright.git import git
from modwright.scaffold.preset_pages import RULES
from tests.conftest import MakeRepository, Run, WriteFiles
from tests.docs.finding_pages import blocks
from tests.docs.presets_shown import presets_shown

PAGE = (Path(__file__).parents[2] / "docs" / "presets.md").read_text("utf-8")
PRESETS = presets_shown(PAGE)
STANDARD = "https://git.example.org/team/standard.git"
COMMANDS = [
    line.strip()
    for line in re.findall(r"^    (?:MODWRIGHT_PRESET=\S+ )?modwright .+$", PAGE, re.MULTILINE)
    if "https://example.org/" not in line  # a page of the web, which tests of its own have
]
[SETTINGS] = [block.text for block in blocks(PAGE) if block.language == "toml"]


@pytest.fixture
def env(tmp_path: Path, write_files: WriteFiles, make_repository: MakeRepository) -> dict[str, str]:
    """Write the presets of the page into files, and into a repository at its address there."""
    write_files(tmp_path, PRESETS)
    repository = make_repository("standard")
    repository.commit(PRESETS, "v1")
    gitconfig = tmp_path / "gitconfig"
    git(tmp_path, "config", "--file", gitconfig, f"url.{repository.url}.insteadOf", STANDARD)
    return {"GIT_CONFIG_GLOBAL": str(gitconfig)}


def made(run: Run, arguments: list[str], env: dict[str, str], folder: Path) -> dict[str, object]:
    """Return the answers file of a project that a command makes."""
    finished = run(*arguments, "--defaults", "--no-check", "--no-git", env=env)
    assert finished.returncode == 0, finished.stderr
    text = (folder / "orders" / ".copier-answers.yml").read_text("utf-8")
    return dict(yaml.safe_load(text))


def test_the_page_has_commands_of_each_kind() -> None:
    assert len(COMMANDS) == 3


@pytest.mark.full
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_makes_a_project_of_the_preset(
    command: str, env: dict[str, str], run: Run, tmp_path: Path
) -> None:
    words = shlex.split(command)
    where = words.index("modwright")
    env |= dict(word.split("=", 1) for word in words[:where])
    answers = made(run, words[where + 1 :], env, tmp_path)
    shown = re.findall(r"^    (preset): (.+)$", PAGE, re.MULTILINE)
    if "team.yml" in command:
        assert answers["preset"] == "../team.yml"
        assert answers.items() >= yaml.safe_load(PRESETS["team.yml"]).items()
    else:
        assert ("preset", answers["preset"]) in shown
        assert answers["stack"] == "sqlalchemy"
        assert answers["ci"] == "gitlab"
        assert answers["renovate_extends"] == ["gitlab>company/renovate"]


@pytest.mark.full
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="other systems keep settings elsewhere")
def test_the_settings_shown_name_a_preset(
    env: dict[str, str],
    run: Run,
    tmp_path: Path,
    write_files: WriteFiles,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("MODWRIGHT_PRESET")
    write_files(tmp_path / "config", {"modwright/settings.toml": SETTINGS})
    env |= {"XDG_CONFIG_HOME": str(tmp_path / "config")}
    assert made(run, ["new", "orders"], env, tmp_path)["preset"] == f"git+{STANDARD}@v1#service.yml"


def test_every_rule_has_a_row() -> None:
    assert re.findall(r"^\| `(_[a-z]+)` \|", PAGE, re.MULTILINE) == list(RULES)
