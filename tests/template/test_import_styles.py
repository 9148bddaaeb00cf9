"""The linter of a new project keeps the conventions of imports."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.template.conftest import Render

# What must not be written, and the rule that says so.
REFUSED = {
    "import numpy": "ICN001",
    "import pandas as frames": "ICN001",
    "import json, sys": "E401",
    "import sys\nimport json": "I001",
    "import json\nfrom {package} import db\nimport pytest": "I001",
    "from os.path import *": "F403",
    "from {package}.auth import *": "F403",
    "from ..auth import register": "TID252",
    "import json": "F401",
}
ACCEPTED = [
    "import json",
    "import numpy as np",
    "import xml.etree.ElementTree as ET",
    "from pathlib import Path",
    "from {package} import auth, db",
    "from {package}.auth import register, sign_in",
    "from .records import load",  # inside a subpackage, which may be moved as a whole
]


@pytest.mark.parametrize("package", ["hello", "acme.billing"])
@pytest.mark.parametrize("statement", REFUSED)
def test_a_style_that_hides_what_is_meant_is_refused(
    render: Render, statement: str, package: str
) -> None:
    assert REFUSED[statement] in _codes(render, statement, package)


@pytest.mark.parametrize("package", ["hello", "acme.billing"])
@pytest.mark.parametrize("statement", ACCEPTED)
def test_each_conventional_style_is_accepted(render: Render, statement: str, package: str) -> None:
    assert _codes(render, statement, package) <= {"F401"}  # nothing here uses it


def _codes(render: Render, statement: str, package: str) -> set[str]:
    project = render({"package_name": package, "subpackages": ["parts"]})
    file = Path("src", *package.split("."), "parts", "more.py")
    text = f'"""More."""\n\n{statement.format(package=package)}\n'
    (project / file).write_text(text, "utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--no-cache", "--output-format=json", file],
        cwd=project,
        check=False,
        capture_output=True,
        text=True,
    )
    return {found["code"] for found in json.loads(run.stdout)}
