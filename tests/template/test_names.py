"""The lists of names that a project cannot take are complete."""

import keyword
import re
import sys
from pathlib import Path

import pytest

from tests.template.answers import REPOSITORY
from tests.template.conftest import Render


def listed(name: str) -> set[str]:
    text = (REPOSITORY / "includes" / "names.jinja").read_text("utf-8")
    words = re.search(rf'set {name} = "(.*?)"', text, re.DOTALL)
    assert words, name
    return set(words[1].split())


def test_every_module_of_this_standard_library_is_listed() -> None:
    public = {name for name in sys.stdlib_module_names if not name.startswith("_")}
    assert public - {"cProfile"} <= listed("standard_library")  # a capital is refused anyway


def test_every_keyword_is_listed() -> None:
    words = {*keyword.kwlist, *keyword.softkwlist} - {"False", "None", "True", "_"}
    assert words <= listed("keywords")


@pytest.mark.parametrize("stack", ["stdlib", "sqlalchemy"])
def test_no_subpackage_can_take_the_name_of_what_the_package_holds(
    render: Render, stack: str
) -> None:
    package = render({"stack": stack}) / "src" / "hello"
    assert _modules(package) == listed("own_modules")
    exported = re.search(r"__all__ = \[(.*?)\]", (package / "__init__.py").read_text(), re.DOTALL)
    assert exported
    functions = {name for name in re.findall(r'"(\w+)"', exported[1]) if name.islower()}
    assert functions == listed("own_exports")


def _modules(package: Path) -> set[str]:
    modules = {path.stem for path in package.glob("*.py")}
    packages = {path.parent.name for path in package.glob("*/__init__.py")}
    return (modules | packages) - {"__init__", "__main__"}
