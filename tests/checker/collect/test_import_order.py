"""Modules that import only after another one of their project."""

from pathlib import Path

import pytest

from modwright_check.collect.import_order import MOST, with_siblings
from tests.checker.laid_out import lay_out

# Name: the files besides `app/__init__.py`; which module needs which one first.
IN_ORDER: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "a registry filled by a sibling": (
        {
            "app/registry.py": "known = {}",
            "app/circle.py": "from app.registry import known\nknown['circle'] = 1",
            "app/drawing.py": "from app.registry import known\nshape = known['circle']",
        },
        {"app.drawing": "app.circle"},
    ),
    "builtins set by a sibling": (
        {
            "app/setup.py": "import builtins\nbuiltins._ = str",
            "app/texts.py": "hello = _('hello')",
        },
        {"app.texts": "app.setup"},
    ),
    "an attribute of a package set by a sibling": (
        {
            "app/settings.py": "import app\napp.limit = 3",
            "app/uses.py": "import app\nlimit = app.limit",
        },
        {"app.uses": "app.settings"},
    ),
    "a submodule imported by a sibling": (
        {
            "app/part.py": "",
            "app/has.py": "import app.part",
            "app/forgets.py": "import app\napp.part",
        },
        {"app.forgets": "app.part"},
    ),
    "a submodule of the standard library imported by a sibling": (
        {
            "app/has.py": "import xml.dom.minidom",
            "app/forgets.py": "import xml\nxml.dom.minidom",
        },
        {"app.forgets": "app.has"},
    ),
    "the environment set by a sibling": (
        {
            "app/setup.py": "import os\nos.environ['LIMIT'] = '3'",
            "app/uses.py": "import os\nlimit = os.environ['LIMIT']",
        },
        {"app.uses": "app.setup"},
    ),
    "a sibling among many": (
        {
            **{f"app/quiet_{number}.py": "" for number in range(9)},
            "app/middle.py": "import app\napp.limit = 3",
            "app/uses.py": "import app\nlimit = app.limit",
        },
        {"app.uses": "app.middle"},
    ),
    "two that need different siblings": (
        {
            "app/one.py": "import app\napp.one_ = 1",
            "app/two.py": "import app\napp.two_ = 2",
            "app/uses_one.py": "import app\nassert app.one_",
            "app/uses_two.py": "import app\nassert app.two_",
        },
        {"app.uses_one": "app.one", "app.uses_two": "app.two"},
    ),
    "several that fail alike": (
        {
            "app/setup.py": "import app\napp.limit = 3",
            "app/base.py": "import app\nlimit = app.limit",
            "app/user.py": "from app import base",
        },
        {"app.base": "app.setup", "app.user": "app.setup"},
    ),
}
NOT_IN_ORDER: dict[str, dict[str, str]] = {
    "a cycle that breaks": {
        "app/day.py": "from app.night import dark\nlight = 1",
        "app/night.py": "from app.day import light\ndark = 1",
        "app/apart.py": "",
    },
    "a cycle that breaks from one side": {
        "app/day.py": "import app.night\nlight = app.night.dark",
        "app/night.py": "import app.day\ndark = 1",
    },
    "a cycle by attributes": {
        "app/day.py": "import app.night\nlight = 1",
        "app/night.py": "import app.day\ndark = app.day.light",
    },
    "a failure whatever comes first": {"app/bad.py": "1 / 0", "app/good.py": ""},
    "a failure that a loader of its own passes over": {
        "app/bad.py": "1 / 0",
        "app/loader.py": (
            "import sys\nfrom importlib.util import find_spec, module_from_spec\n"
            "spec = find_spec('app.bad')\n"
            "sys.modules[spec.name] = module_from_spec(spec)\n"
            "try:\n    spec.loader.exec_module(sys.modules[spec.name])\n"
            "except ZeroDivisionError:\n    pass"
        ),
    },
    "a missing module": {"app/bad.py": "import app.nosuch", "app/good.py": ""},
    "no Python": {"app/bad.py": "x = = 1", "app/good.py": ""},
    "an exit": {"app/bad.py": "raise SystemExit", "app/good.py": ""},
    "a crash": {"app/bad.py": "import os\nos.abort()", "app/good.py": ""},
    "nobody who could help": {"app/__init__.py": "import app\napp.limit", "app/good.py": ""},
    "nothing that fails": {"app/good.py": ""},
}


def needed_first(folder: Path, files: dict[str, str]) -> dict[str, str]:
    project = lay_out(folder, {"app/__init__.py": "", **files})
    outcomes = with_siblings(project.interpreter, project.imported())
    return {name: o.needs_first for name, o in outcomes.items() if o.needs_first}


@pytest.mark.full
@pytest.mark.parametrize("what", IN_ORDER)
def test_a_module_that_imports_only_after_another_one_needs_that_first(
    what: str, tmp_path: Path
) -> None:
    files, expected = IN_ORDER[what]
    assert needed_first(tmp_path, files) == expected


@pytest.mark.full
@pytest.mark.parametrize("what", NOT_IN_ORDER)
def test_a_failure_of_another_kind_is_not_a_matter_of_order(what: str, tmp_path: Path) -> None:
    assert needed_first(tmp_path, NOT_IN_ORDER[what]) == {}


@pytest.mark.full
def test_nothing_else_is_changed_in_an_outcome(tmp_path: Path) -> None:
    files, expected = IN_ORDER["a registry filled by a sibling"]
    project = lay_out(tmp_path, {"app/__init__.py": "", **files})
    before = project.imported()
    after = with_siblings(project.interpreter, before)
    assert list(after) == list(before)
    assert {name for name in after if after[name] != before[name]} == set(expected)


@pytest.mark.full
def test_a_project_of_many_failures_is_tried_up_to_a_limit(tmp_path: Path) -> None:
    many = {
        f"app/uses_{n:02}.py": f"import app\nassert app.limit == 3, {n}" for n in range(MOST + 3)
    }
    files = {"app/settings.py": "import app\napp.limit = 3", "app/__init__.py": "limit = 2"}
    assert len(needed_first(tmp_path, {**many, **files})) == MOST
