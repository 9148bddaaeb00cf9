"""Who may import whom in a new project, by its own contracts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.template.answers import Answers
from tests.template.conftest import Render

LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")

PARTS: Answers = {"subpackages": ["billing", "services.mail"], "modules": ["notes"]}


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("auth.py", "billing"),  # by the layers alone it might: each of them has a line of its own
        ("billing/records.py", "services.mail"),
        ("services/mail/records.py", "notes"),
        ("notes.py", "auth"),
    ],
)
def test_no_part_of_the_program_may_import_another(
    render: Render, importer: str, imported: str
) -> None:
    project = render(PARTS)
    assert _broken(project) == []
    _import(project, importer, imported)
    assert "No part knows another" in _broken(project)


def test_a_part_may_import_what_is_below_and_nothing_above(render: Render) -> None:
    project = render(PARTS | {"frozen": "zipapp", "external": ["requests"]})
    _import(project, "notes.py", "passwords")
    assert _broken(project) == []
    _import(project, "notes.py", "integrations.requests")
    assert _broken(project) == ["Each module knows only those below it"]


def _import(project: Path, importer: str, imported: str) -> None:
    module = project / "src" / "hello" / importer
    module.write_text(f"import hello.{imported}\n" + module.read_text("utf-8"), "utf-8")


def _broken(project: Path) -> list[str]:
    """Return the names of the contracts that do not hold."""
    finished = subprocess.run(
        [LINT_IMPORTS, "--no-cache"],
        cwd=project,
        env={**os.environ, "PYTHONPATH": "src"},
        check=False,
        capture_output=True,
        text=True,
    )
    lines = [line for line in finished.stdout.splitlines() if line.endswith((" KEPT", " BROKEN"))]
    assert lines, finished.stdout + finished.stderr
    return [line.removesuffix(" BROKEN") for line in lines if line.endswith(" BROKEN")]
