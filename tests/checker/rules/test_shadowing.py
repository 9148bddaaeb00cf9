"""MW311, MW312: modules in the place of others."""

from pathlib import Path

import pytest

from modwright_check.model.import_result import Outcome
from modwright_check.model.report import Severity
from modwright_check.rules.shadowing import judge
from tests.checker.rules.conftest import Judged

SCRIPT = "#!/usr/bin/env python\n"


def said(judged: Judged, files: dict[str, str], **options: object) -> list[str]:
    found = judged(judge, {"pkg/__init__.py": "", **files}, **options)
    return [f"{each.code} {each.module}" for each in found]


def test_a_module_that_hides_what_a_script_imports_is_found(judged: Judged) -> None:
    files = {"pkg/random.py": "", "pkg/run.py": SCRIPT + "import random\nprint()\n"}
    assert said(judged, files) == ["MW311 pkg.random"]


def test_a_module_that_hides_what_the_standard_library_imports_is_found(judged: Judged) -> None:
    files = {"pkg/random.py": "", "pkg/run.py": SCRIPT + "import tempfile\nprint()\n"}
    (found,) = judged(judge, {"pkg/__init__.py": "", **files})
    assert (found.code, found.file) == ("MW311", "src/pkg/random.py")
    assert "pkg/run.py" in found.message


def test_a_main_guard_makes_a_script_that_is_less_likely_run_by_path(judged: Judged) -> None:
    script = "import random\nif __name__ == '__main__':\n    print()\n"
    found = judged(judge, {"pkg/__init__.py": "", "pkg/random.py": "", "pkg/run.py": script})
    assert [(each.code, each.severity) for each in found] == [("MW311", Severity.WARNING)]


@pytest.mark.parametrize(
    "files",
    [
        {"pkg/types.py": "", "pkg/logging.py": "", "pkg/mod.py": "import types, logging\n"},
        {"pkg/random.py": "", "pkg/run.py": SCRIPT + "import random\ndef main(): ...\n"},
        {"pkg/random.py": "", "pkg/run.py": SCRIPT + "import json\nprint()\n"},
        {
            "pkg/io.py": "",
            "pkg/abc.py": "",
            "pkg/run.py": SCRIPT + "import io, abc, tempfile\nprint()\n",
        },
        {"pkg/random.py": "", "pkg/run.py": SCRIPT + "from . import x\nimport random\nprint()\n"},
        {"pkg/random.py": "", "pkg/run.py": SCRIPT + "def f():\n    import random\nprint()\n"},
        {
            "pkg/random.py": "",
            "pkg/a.py": "import pkg.run",
            "pkg/run.py": SCRIPT + "import random\nprint()",
        },
        {"pkg/part/random.py": "", "pkg/run.py": SCRIPT + "import random\nprint()\n"},
    ],
)
def test_a_name_that_hides_nothing_is_left_alone(judged: Judged, files: dict[str, str]) -> None:
    assert said(judged, files) == []


@pytest.mark.parametrize(
    "source", ["import random\nx = random.own_thing\n", "from random import own_thing\n"]
)
def test_a_neighbour_that_is_meant_but_not_imported_is_found(judged: Judged, source: str) -> None:
    files = {"pkg/random.py": "own_thing = choice = 1\n", "pkg/mod.py": source}
    assert said(judged, files) == ["MW311 pkg.mod"]


@pytest.mark.parametrize(
    "source",
    [
        "import random\nx = random.choice\n",
        "from pkg import random\nx = random.own_thing\n",
        "from . import random\nx = random.own_thing\n",
        "import random as r\nfrom . import random\nx = random.own_thing, r.choice\n",
        "import random\ndef f(random):\n    return random.own_thing\n",
    ],
)
def test_a_neighbour_beside_what_is_meant_is_left_alone(judged: Judged, source: str) -> None:
    files = {"pkg/random.py": "own_thing = choice = 1\n", "pkg/mod.py": source}
    assert said(judged, files) == []


@pytest.mark.parametrize(
    ("name", "attribute"),
    [
        ("socket", "gaierror"),
        ("signal", "SIGTERM"),
        ("ast", "FunctionDef"),
        ("ssl", "PROTOCOL_TLS"),
    ],
)
def test_what_an_extension_brings_a_module_is_not_the_neighbours_alone(
    judged: Judged, name: str, attribute: str
) -> None:
    meant = f"from {name} import {attribute}\nown_thing = 1\n"
    files = {f"pkg/{name}.py": meant, "pkg/mod.py": f"import {name}\nx = {name}.{attribute}\n"}
    assert said(judged, files) == []
    files["pkg/mod.py"] += f"y = {name}.own_thing\n"
    assert said(judged, files) == ["MW311 pkg.mod"]


@pytest.mark.parametrize(("file", "found"), [("pkg/mod.py", ["MW311 pkg.mod"]), ("x.py", [])])
def test_an_import_that_failed_for_want_of_the_neighbours_name_is_found(
    judged: Judged, tmp_path: Path, file: str, found: list[str]
) -> None:
    files = {"pkg/random.py": "globals()['made'] = 1\n", "pkg/mod.py": "import random\nrandom.made"}
    place = tmp_path / "environment" / "lib" / "site-packages" / file
    message = "module 'random' has no attribute 'made'"
    frames = ((str(place), 2),)
    failed = Outcome(False, 0, 30, error="AttributeError", message=message, frames=frames)
    assert said(judged, files, outcomes={"pkg.mod": failed}) == found


def test_a_module_beside_a_package_of_its_name_is_found(judged: Judged) -> None:
    files = {"pkg/x.py": "", "pkg/x/__init__.py": "", "pkg/x/a.py": ""}
    (found,) = judged(judge, {"pkg/__init__.py": "", **files})
    assert (found.code, found.file) == ("MW312", "src/pkg/x.py")
    assert "x.py is never imported" in found.message


def test_a_module_beside_a_folder_of_modules_of_its_name_is_found(judged: Judged) -> None:
    files = {"pkg/x.py": "", "pkg/x/a.py": ""}
    (found,) = judged(judge, {"pkg/__init__.py": "", **files})
    assert "the modules in x/ are never imported" in found.message


@pytest.mark.parametrize(
    "files",
    [
        {"pkg/x.py": "", "pkg/x/template.html": ""},
        {"pkg/x.py": "", "pkg/x.abi3.so": "PyInit_x"},
        {"pkg/x.py": "", "pkg/xy/__init__.py": ""},
    ],
)
def test_data_fallbacks_and_other_names_are_left_alone(
    judged: Judged, files: dict[str, str]
) -> None:
    assert said(judged, files) == []
