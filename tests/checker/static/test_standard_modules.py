"""The standard library of the project's Python, which need not be that of the check."""

import sys
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

from modwright_check.model.environment import PythonInfo
from modwright_check.run.environment import create_environment, installed_pythons, python_info
from modwright_check.static.standard_modules import StandardModules

HERE = "{}.{}".format(*sys.version_info[:2])


@pytest.fixture(scope="module")
def here() -> PythonInfo:
    return python_info(Path(sys.executable).resolve())


def test_an_interpreter_tells_of_itself(here: PythonInfo) -> None:
    assert here.version == "{}.{}.{}".format(*sys.version_info[:3])
    assert here.standard_modules == sys.stdlib_module_names
    assert here.builtin_modules == frozenset(sys.builtin_module_names)
    assert {"_getframe", "_xoptions"} <= here.private_names


def test_all_of_the_library_is_found(here: PythonInfo) -> None:
    standard = StandardModules(here)
    loaded = {
        name
        for name, module in sys.modules.items()
        if getattr(getattr(module, "__spec__", None), "origin", None)
        and name.partition(".")[0] in sys.stdlib_module_names
        and name != "__main__"
    }
    frozen = {"_frozen_importlib", "_frozen_importlib_external"}
    assert {name for name in loaded if not standard.holds(name)} <= frozen
    assert standard.holds("collections.abc")
    assert standard.holds("math.integer") is (sys.version_info >= (3, 15))
    assert not standard.holds("os.nothing")
    assert not standard.holds("pytest")


@pytest.mark.full
def test_each_environment_has_the_library_of_its_own_python(tmp_path: Path) -> None:
    versions = [version for version in installed_pythons() if not version.startswith(f"{HERE}.")]
    others = [version for version in versions if version.startswith(("3.12", "3.13", "3.14"))]
    if not others:
        pytest.skip("there is no Python here from 3.12 to 3.14 besides the one that runs this")
    environment = create_environment(tmp_path / "other", SpecifierSet(f"=={others[-1]}"))
    assert environment.version == others[-1]
    standard = StandardModules(environment.info)
    assert not standard.holds("distutils")  # which went with 3.12
    file = standard.file("json.decoder")
    assert file
    assert HERE not in str(file)
    assert standard.tree("json").body
