"""The configurations that docs/fleets.md shows for what updates many projects."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.docs.finding_pages import blocks
from tests.upkeep.conftest import MakeProject, git

REPOSITORY = Path(__file__).parents[2]
PAGE = (REPOSITORY / "docs" / "fleets.md").read_text("utf-8")
BIN = Path(sys.executable).parent


def shown(language: str, part: str) -> str:
    """Return the block of code in a language that holds a part."""
    [text] = [one.text for one in blocks(PAGE) if one.language == language and part in one.text]
    return text


@pytest.mark.parametrize(
    ("language", "part", "schema"),
    [
        ("json", "customManagers", "renovate"),
        ("yaml", "jobs:", "github-workflows"),
        ("yaml", "rules:", "gitlab-ci"),
    ],
)
def test_they_are_what_their_programs_read(
    language: str, part: str, schema: str, tmp_path: Path
) -> None:
    file = tmp_path / f"configuration.{language}"
    file.write_text(shown(language, part), "utf-8")
    program, options = BIN / "check-jsonschema", ("--builtin-schema", f"vendor.{schema}")
    checked = subprocess.run([program, *options, file], check=False, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout


@pytest.mark.full
@pytest.mark.skipif(os.name == "nt", reason="the job's script is one of a POSIX shell")
def test_the_job_on_gitlab_pushes_a_branch_with_what_the_template_has_learned(
    project: MakeProject, tmp_path: Path
) -> None:
    made = project({"a": "1\n"}, {"a": "2\n"}).found_without_a_network()
    origin = tmp_path / "origin.git"
    git(tmp_path, "clone", "--quiet", "--bare", made.folder, origin)
    git(origin, "config", "receive.advertisePushOptions", "true")
    git(made.folder, "remote", "add", "origin", origin)
    script = yaml.safe_load(shown("yaml", "rules:"))["template"]["script"]
    assert job(script, made.folder, origin) == 0
    assert git(origin, "show", "template:a") == "2\n"
    told = git(origin, "log", "-1", "--format=%B", "template")
    assert told.startswith("What the template has learned\n\n**v1 → v2: ")


@pytest.mark.full
@pytest.mark.skipif(os.name == "nt", reason="the job's script is one of a POSIX shell")
def test_the_job_on_gitlab_pushes_nothing_when_there_is_nothing(
    project: MakeProject, tmp_path: Path
) -> None:
    made = project({"a": "1\n"}, {"a": "2\n"}).found_without_a_network()
    made.update()
    origin = tmp_path / "origin.git"
    git(tmp_path, "clone", "--quiet", "--bare", made.folder, origin)
    script = yaml.safe_load(shown("yaml", "rules:"))["template"]["script"]
    assert job(script, made.folder, origin) == 0
    assert "template" not in git(origin, "branch", "--list")


def job(script: list[str], folder: Path, origin: Path) -> int:
    """Run a job's script as GitLab's runner does; return its exit code.

    modwright comes from this environment in place of an index, and the server is a folder.
    """
    uvx = folder.parent / "programs" / "uvx"
    uvx.parent.mkdir()
    uvx.write_text('#!/bin/sh\nshift\nexec "$MODWRIGHT" "$@"\n', "utf-8")
    uvx.chmod(0o755)
    server = {"CI_SERVER_HOST": "gitlab.invalid", "CI_PROJECT_PATH": "acme/shop"}
    address = "https://oauth2:secret@gitlab.invalid/acme/shop.git"
    git(folder, "config", f"url.{origin}.insteadOf", address)
    finished = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", "\n".join(script)],
        cwd=folder,
        env={
            **os.environ,
            **server,
            "MODWRIGHT": str(BIN / "modwright"),
            "PATH": f"{uvx.parent}:{os.environ['PATH']}",
            "TEMPLATE_TOKEN": "secret",
        },
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return finished.returncode
