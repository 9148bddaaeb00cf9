"""The documentation of a new project: one command makes a site, or says why not."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest
from uv import find_uv_bin

from tests.parts import shared_out
from tests.template.answers import HOSTILE, Answers
from tests.template.conftest import Render, succeed

UV = find_uv_bin()

# In a namespace, with nested packages, names that reStructuredText would read, and any text.
AWKWARD: Answers = {
    "project_name": "acme-billing_x",
    "package_name": "acme.billing",
    "subpackages": ["services.mail_out", "parts"],
    "modules": ["a_note"],
    "description": HOSTILE,
    "user_name": 'Ö. "K" O\'Neil',
}


def test_without_docs_nothing_is_left_of_them(render: Render) -> None:
    project = render({"docs": False})
    files = [path for path in project.rglob("*") if path.is_file()]
    assert not (project / "docs").exists()
    assert [file for file in files if "sphinx" in file.read_text("utf-8").lower()] == []


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param({"stack": "stdlib"}, marks=pytest.mark.release),
        pytest.param({"stack": "sqlalchemy", **AWKWARD}, marks=pytest.mark.full),
        pytest.param({"description": "a) b::"}, marks=pytest.mark.release),
    ],
)
def test_the_site_is_made_without_warnings(
    render: Render, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = render({"docs": True, **answers})
    finished = _make(project, monkeypatch)
    assert finished.returncode == 0, finished.stderr
    site = project / "build" / "docs"
    package = answers.get("package_name", "hello")
    api = (site / "api.html").read_text("utf-8")
    names = ["Database", "User", "register", "sign_in", "sign_out", "authenticate", "current_user"]
    for name in names + [f"{part}.load" for part in areas(answers)]:
        assert f'id="{package}.{name}"' in api
    # What is only imported has a page of its own elsewhere.
    assert f'id="{package}.import_module"' not in api
    ours = project / "docs" / "conf.py"
    succeed(sys.executable, "-m", "ruff", "check", "--no-cache", ours, cwd=project)
    succeed(sys.executable, "-m", "ruff", "format", "--check", "--no-cache", ours, cwd=project)


@pytest.mark.full
def test_a_docstring_that_cannot_be_read_stops_it(
    render: Render, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = render({"docs": True})
    auth = project / "src" / "hello" / "auth.py"
    auth.write_text(auth.read_text("utf-8").replace("``db.Duplicate``", "`db.Duplicate"), "utf-8")
    finished = _make(project, monkeypatch)
    assert finished.returncode != 0
    assert "register" in finished.stderr


@pytest.mark.parametrize("answers", shared_out([{}, {"modules": ["notes"]}], readme=[AWKWARD]))
def test_the_examples_run(
    render: Render, answers: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = render({"docs": True, **answers})
    text = (project / "docs" / "how-to.rst").read_text("utf-8")
    blocks = re.findall(r"^\.\. code-block:: python\n\n((?:   .*\n|\n)+)", text, re.MULTILINE)
    assert len(blocks) == (2 if areas(answers) else 1)
    monkeypatch.setenv("PYTHONPATH", str(project / "src"))
    program = "\n".join(map(dedent, blocks))
    succeed(sys.executable, "-W", "error", "-c", program, cwd=tmp_path)


def areas(answers: Answers) -> list[str]:
    """Return the parts of a project that have records of their own."""
    return [*answers.get("subpackages", []), *answers.get("modules", [])]


def _make(project: Path, monkeypatch: pytest.MonkeyPatch) -> subprocess.CompletedProcess[str]:
    """Run the command that the README names."""
    readme = (project / "README.md").read_text("utf-8")
    [line] = re.findall(r"^    uv (run --group docs .*)$", readme, re.MULTILINE)
    monkeypatch.setenv("UV_PROJECT_ENVIRONMENT", str(project.parent / "environment"))
    monkeypatch.setenv("UV_PYTHON", sys.executable)
    return subprocess.run(
        [UV, *shlex.split(line)],
        cwd=project,
        env={**os.environ, "UV_NO_DEFAULT_GROUPS": "1"},
        check=False,
        capture_output=True,
        text=True,
    )
