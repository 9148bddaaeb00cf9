"""The page on a team's year goes as it is told, from its first line to its last."""

import os
import re
import subprocess
import sys
from doctest import ELLIPSIS, OutputChecker
from pathlib import Path

import pytest

from modwright.scaffold.source import find_source
from tests.docs.finding_pages import blocks

REPOSITORY = Path(__file__).parents[2]
PAGE = REPOSITORY / "docs" / "a-teams-year.md"


@pytest.mark.release  # ten projects are made, and updated twice: minutes
@pytest.mark.skipif(os.name == "nt", reason="its commands are a POSIX shell's")
def test_the_year_goes_as_it_is_told(tmp_path: Path) -> None:
    if find_source().version is None:
        pytest.skip("this is not a clone, so projects record no version")
    team = tmp_path / "team"
    settings = tmp_path / "gitconfig"
    settings.write_text(
        "[user]\nname = Ann\nemail = ann@example.org\n"
        f'[url "{(team / "standard").as_uri()}"]\n'
        "insteadOf = https://git.example.org/team/standard.git\n"
        f'[url "{(tmp_path / "template").as_uri()}"]\n'
        "insteadOf = https://git.example.org/team/template.git\n"
        f'[url "{REPOSITORY.as_uri()}"]\n'
        f"insteadOf = {find_source().url}\n",
        "utf-8",
    )
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    env = {**os.environ, "GIT_CONFIG_GLOBAL": str(settings), "PATH": path, "COLUMNS": "100"}
    for example in blocks(PAGE.read_text("utf-8")):
        if example.language == "yaml":
            name = example.text.partition("\n")[0].removeprefix("# ")
            (team / name).parent.mkdir(parents=True)
            (team / name).write_text(example.text, "utf-8")
        for step in re.split(r"^\$ ", example.text, flags=re.MULTILINE)[1:]:
            command, _, expected = step.partition("\n")
            if command.startswith("export "):
                name, _, value = command.removeprefix("export ").partition("=")
                env[name] = value
                continue
            finished = subprocess.run(
                ["bash", "-euc", command],
                cwd=team,
                env=env,
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
            )
            told = f"$ {command}\n{finished.stdout}"
            assert finished.returncode == 0, told
            assert OutputChecker().check_output(expected, finished.stdout, ELLIPSIS), told
