"""MW313 to MW316: names."""

import pytest

from modwright_check.rules.file_names import judge
from tests.checker.rules.conftest import Judged


def said(judged: Judged, files: dict[str, str], **options: object) -> list[str]:
    return [f"{each.code} {each.file}" for each in judged(judge, files, **options)]


@pytest.mark.parametrize("name", ["my-module.py", "2fast.py", "class.py", "mod.v2.py"])
def test_a_name_that_no_import_can_name_is_found(judged: Judged, name: str) -> None:
    files = {"pkg/__init__.py": "", f"pkg/{name}": "x = 1\n"}
    assert said(judged, files) == [f"MW313 src/pkg/{name}"]


def test_a_folder_of_such_a_name_is_found_once(judged: Judged) -> None:
    files = {"pkg/__init__.py": "", "pkg/my-part/__init__.py": "", "pkg/my-part/a.py": ""}
    assert said(judged, files) == ["MW313 src/pkg/my-part/__init__.py"]


@pytest.mark.parametrize(
    "files",
    [
        {"pkg/migrations/__init__.py": "", "pkg/migrations/0001_initial.py": ""},
        {"pkg/db/versions/__init__.py": "", "pkg/db/versions/3f-first.py": ""},
        {"pkg/run-me.py": "#!/usr/bin/env python\n"},
        {"pkg/run-me.py": "if __name__ == '__main__':\n    print()\n"},
        {"pkg/a.py": "PART = 'my-part'\n", "pkg/my-part.py": ""},
        {"pkg/a.py": "import importlib\nimportlib.import_module(x)\n", "pkg/v1-0.py": ""},
        {"pkg/templates/a-b.py": ""},
        {"pkg/match.py": "", "pkg/type.py": "", "pkg/été.py": ""},
    ],
)
def test_scripts_and_what_is_loaded_by_path_are_left_alone(
    judged: Judged, files: dict[str, str]
) -> None:
    assert said(judged, {"pkg/__init__.py": "", **files}) == []


def test_names_that_differ_only_in_case_are_found_once(judged: Judged) -> None:
    files = {"pkg/__init__.py": "", "pkg/Models.py": "", "pkg/models.py": ""}
    assert said(judged, files) == ["MW314 src/pkg/models.py"]


def test_folders_that_differ_only_in_case_are_told_not_their_files(judged: Judged) -> None:
    files = {"pkg/__init__.py": "", "pkg/A/__init__.py": "", "pkg/a/__init__.py": ""}
    found = judged(judge, files)
    assert [(each.code, each.module) for each in found] == [("MW314", "pkg.a")]


@pytest.mark.parametrize(
    ("statement", "right"),
    [
        ("import pkg.Helpers", "pkg.helpers"),
        ("from .Helpers import x", "pkg.helpers"),
        ("from Pkg.helpers import x", "pkg.helpers"),
        ("import Queue", "queue"),
        ("import REQUESTS", "requests"),
        ("from . import Helpers", "pkg.helpers"),
        ("from pkg import Helpers", "pkg.helpers"),
    ],
)
def test_an_import_in_the_wrong_case_is_found(judged: Judged, statement: str, right: str) -> None:
    files = {"pkg/__init__.py": "", "pkg/helpers.py": "", "pkg/mod.py": f"x = 1\n{statement}\n"}
    installed = {"requests": {"files": {"requests/__init__.py": ""}}}
    (found,) = judged(judge, files, installed=installed)
    assert (found.code, found.file, found.line) == ("MW315", "src/pkg/mod.py", 2)
    assert right in found.message


@pytest.mark.parametrize(
    "source",
    [
        "from .helpers import Helpers\n",
        "try:\n    import Queue\nexcept ImportError:\n    import queue\n",
        "import sys\nif sys.version_info[0] < 3:\n    import Queue\n",
        "import PIL.Image, pil_else\n",
    ],
)
def test_what_is_spelt_as_it_lies_or_guarded_is_left_alone(judged: Judged, source: str) -> None:
    files = {"pkg/__init__.py": "", "pkg/helpers.py": "", "pkg/mod.py": source}
    installed = {"pillow": {"files": {"PIL/__init__.py": "", "PIL/Image.py": ""}}}
    assert said(judged, files, installed=installed) == []


@pytest.mark.parametrize(
    "init", ["Helpers = 1", "from .helpers import *", "def __getattr__(name): ..."]
)
def test_what_a_package_may_bind_itself_is_not_a_module(judged: Judged, init: str) -> None:
    files = {"pkg/__init__.py": init, "pkg/helpers.py": "", "pkg/mod.py": "from . import Helpers"}
    assert said(judged, files) == []


def test_common_names_at_the_top_of_site_packages_are_found(judged: Judged) -> None:
    files = {"pkg/__init__.py": "", "tests/__init__.py": "", "utils.py": ""}
    assert said(judged, files, root="") == ["MW316 tests/__init__.py", "MW316 utils.py"]


def test_common_names_inside_a_package_are_left_alone(judged: Judged) -> None:
    files = {"sample/__init__.py": "", "sample/utils.py": "", "sample/tests/__init__.py": ""}
    assert said(judged, files) == []
