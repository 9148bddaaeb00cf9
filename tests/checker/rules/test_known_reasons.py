"""The hint of a failed import names the reason, where the project or the exception tells it."""

from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest

from modwright_check.model.import_result import Outcome
from modwright_check.model.questions import IgnoredByGit
from modwright_check.rules.imports import judge
from tests.checker.rules.conftest import Judged

SHOP = {
    "shop/__init__.py": "",
    "shop/levels.py": "class VatRate: ...\n",
    "shop/tax.py": "def vat_rate(): ...\n",
    "shop/till.py": "",
}
NO_METADATA = "No package metadata was found for {}"
NO_FILE = "[Errno 2] No such file or directory: '{}'"


def failed(error: str, message: str) -> Outcome:
    """Return an import that has failed with an exception."""
    missing = message.split("'")[1] if error == "ModuleNotFoundError" else None
    return Outcome(
        loaded=False, exit_code=0, time_limit=30, error=error, message=message, missing=missing
    )


@pytest.mark.parametrize(
    ("error", "message", "hint"),
    [
        ("PackageNotFoundError", NO_METADATA.format("shop"), "metadata of sample"),
        ("PackageNotFoundError", NO_METADATA.format("yaml"), "metadata of PyYAML"),
        ("PackageNotFoundError", NO_METADATA.format("depot"), "add depot to `dependencies`"),
        (
            "FileNotFoundError",
            NO_FILE.format("/x/lib/pyproject.toml"),
            "pyproject.toml is not in the wheel",
        ),
        ("FileNotFoundError", NO_FILE.format("/x/shop/rates.csv"), "include src/shop/rates.csv"),
        ("ModuleNotFoundError", "No module named 'shop.taxes'", "shop has tax."),
        ("ModuleNotFoundError", "No module named 'shop.rates'", "include shop.rates"),
        ("OSError", "libtea.so: cannot open shared object file: No such file", "install libtea.so"),
        (
            "OSError",
            "cannot load library 'libtea.so': libtea.so: cannot open shared object file",
            "install libtea.so",
        ),
        ("ImportError", "cannot import name 'vat_rates' from 'shop.tax' (x)", "has vat_rate."),
        ("ImportError", "cannot import name 'open' from 'shop.tax' (x)", "Define open in shop.tax"),
        (
            "ImportError",
            "cannot import name 'rates' from 'shop' (x)",
            "if it is a submodule, configure the build back end to include it",
        ),
        ("ImportError", "cannot import name 'tax' from 'shop' (x)", "or correct the name."),
        (
            "ValueError",
            "yaml.node size changed, may indicate binary incompatibility. Expected 96 from C "
            "header, got 88 from PyObject",
            "Build the extension again for PyYAML",
        ),
        ("AttributeError", "module 'shop.tax' has no attribute 'rate_vat'", "shop.tax"),
        (
            "AttributeError",
            "module 'base64' has no attribute 'decodestring'",
            "Python 3.9 has removed base64.decodestring",
        ),
        (
            "ImportError",
            "cannot import name 'VatRate' from 'shop.tax' (x)",
            "Take VatRate from shop.levels, which defines it.",
        ),
    ],
)
def test_the_hint_names_what_is_meant(error: str, message: str, hint: str, judged: Judged) -> None:
    installed = {"PyYAML": {"files": {"yaml/__init__.py": ""}}}
    outcomes = {"shop.till": failed(error, message)}
    (found,) = judged(
        judge, SHOP, project={"src/shop/rates.csv": ""}, installed=installed, outcomes=outcomes
    )
    assert hint in found.hint


@pytest.mark.parametrize(
    ("asking", "statement", "hint"),
    [
        ("till", "from shop.server import open", "Correct the name: shop has a_server."),
        ("till", "from shop.server.launcher import open", "include shop.server: the wheel"),
        ("a_server", "from shop.server import open", "include shop.server: the wheel"),
    ],
)
def test_an_import_means_neither_its_own_module_nor_a_package_without_anything_in_it(
    asking: str, statement: str, hint: str, judged: Judged, tmp_path: Path
) -> None:
    file = str(tmp_path / f"environment/lib/site-packages/shop/{asking}.py")
    files = {"shop/__init__.py": "", "shop/a_server.py": "", f"shop/{asking}.py": f"{statement}\n"}
    said = failed("ModuleNotFoundError", "No module named 'shop.server'")
    outcomes = {f"shop.{asking}": replace(said, frames=((file, 1),))}
    (found,) = judged(judge, files, outcomes=outcomes)
    assert hint in found.hint


@pytest.mark.parametrize(
    ("used", "hint"),
    [
        (
            "levels.Level(levels.gone)",
            "Import levels from shop.goods, where the module of this name lies.",
        ),
        ("levels()", "Take levels from shop.tools, which defines it."),
        ("levels.of_tea", "Take levels from shop.tools, which defines it."),
    ],
)
def test_a_name_of_which_attributes_are_used_is_the_module_that_has_these(
    used: str, hint: str, judged: Judged, tmp_path: Path
) -> None:
    file = str(tmp_path / "environment/lib/site-packages/shop/till.py")
    files = {
        "shop/__init__.py": "",
        "shop/goods/__init__.py": "",
        "shop/goods/levels.py": "class Level: ...\n",
        "shop/tools.py": "def levels(): ...\n",
        "shop/till.py": f"from . import levels\n\n{used}\n",
    }
    said = failed("ImportError", "cannot import name 'levels' from 'shop' (x)")
    (found,) = judged(judge, files, outcomes={"shop.till": replace(said, frames=((file, 1),))})
    assert found.hint == hint


def test_a_data_file_that_git_ignores_is_told_as_that(judged: Judged) -> None:
    rates = PurePosixPath("src/shop/rates.csv")
    (found,) = judged(
        judge,
        SHOP,
        project={str(rates): ""},
        outcomes={"shop.till": failed("FileNotFoundError", NO_FILE.format("/x/shop/rates.csv"))},
        answers={IgnoredByGit((rates,)): frozenset({rates})},
    )
    assert found.hint.startswith("Have git not ignore src/shop/rates.csv")


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        ("try:\n    import tea\nexcept ImportError:\n    pass\nx: tea", "where tea is missing"),
        ("if TYPE_CHECKING:\n    import tea\n\n\nx: tea", "outside of `if TYPE_CHECKING`"),
        ("if not x:\n    tea = 1\n\n\nx: tea", "Run `python"),
    ],
)
def test_a_name_that_is_bound_for_some_is_told_as_that(
    source: str, hint: str, judged: Judged, tmp_path: Path
) -> None:
    till = str(tmp_path / "environment/lib/site-packages/shop/till.py")
    outcome = replace(failed("NameError", "name 'tea' is not defined"), frames=((till, 5),))
    (found,) = judged(judge, SHOP | {"shop/till.py": source}, outcomes={"shop.till": outcome})
    assert hint in found.hint


@pytest.mark.parametrize(
    ("error", "message"),
    [
        ("FileNotFoundError", NO_FILE.format("/etc/shop.toml")),
        ("ImportError", "cannot import name 'open' from 'depot' (x)"),
        ("ValueError", NO_FILE.format("pyproject.toml")),
    ],
)
def test_nothing_is_said_of_what_is_not_known(error: str, message: str, judged: Judged) -> None:
    (found,) = judged(judge, SHOP, outcomes={"shop.till": failed(error, message)})
    assert found.hint.startswith("Run `python")


def test_a_guess_of_python_about_a_cycle_is_told_only_of_a_cycle(judged: Judged) -> None:
    said = "cannot import name 'open' from partially initialized module 'shop' (most likely due "
    outcome = failed("ImportError", f"{said}to a circular import) (shop/__init__.py)")
    files = {"shop/__init__.py": "from shop import open\n"}
    (found,) = judged(judge, files, outcomes={"shop": outcome})
    assert found.message.endswith("cannot import name 'open' from 'shop' (shop/__init__.py)")


@pytest.mark.parametrize(
    ("line", "error", "told", "hint"),
    [
        (1, "OSError", "imports barge, which raises OSError: no crane", "of tug, or do without it"),
        (1, "ImportError", "imports barge, which raises ImportError", "Declare what tug asks for"),
        (2, "OSError", "raises OSError: no crane", "Run `python"),
    ],
)
def test_a_dependency_is_told_that_fails_while_it_is_only_imported(
    line: int, error: str, told: str, hint: str, judged: Judged, tmp_path: Path
) -> None:
    place = tmp_path / "environment/lib/site-packages"
    lines = (("shop/till.py", line), ("barge/__init__.py", 3), ("tug.py", 5))
    frames = tuple((str(place / file), number) for file, number in lines)
    installed = {"barge": {"files": {"barge/__init__.py": ""}}, "tug": {"files": {"tug.py": ""}}}
    files = SHOP | {"shop/till.py": "import barge\nbarge.load()\n"}
    outcome = replace(failed(error, "no crane"), frames=frames)
    (found,) = judged(judge, files, installed=installed, outcomes={"shop.till": outcome})
    assert found.message.startswith(told)
    assert hint in found.hint


@pytest.mark.parametrize(
    ("place", "told"),
    [("/usr/lib/python3.11/collections/__init__.py", ""), ("tax.py", " (tax.py)")],
)
def test_a_missing_name_is_told_without_where_python_lies(
    place: str, told: str, judged: Judged
) -> None:
    said = f"cannot import name 'Mapping' from 'collections' ({place})"
    (found,) = judged(judge, SHOP, outcomes={"shop.till": failed("ImportError", said)})
    assert found.message.endswith(f"'collections'{told}")
