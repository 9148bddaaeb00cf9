"""Imports that work only in the project's own folders, and files that are there twice."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from modwright_check.model.import_result import Outcome
from modwright_check.rules import import_order
from modwright_check.rules.misplaced_imports import judge
from tests.checker.rules.conftest import Judged
from tests.checker.rules.test_dependencies import failed

SHOP = {
    "shop/__init__.py": "",
    "shop/prices.py": "NET = 2",
    "shop/pay/__init__.py": "def cash(): ...",
}

# Source of shop/orders.py, what it misses, files of the project alone, code.
FAILING: dict[str, tuple[str, str, Mapping[str, str], str]] = {
    "settings beside pyproject.toml": (
        "from settings import X",
        "settings",
        {"settings.py": ""},
        "MW303",
    ),
    "the tests": (
        "from tests.factories import order",
        "tests",
        {"tests/factories.py": "", "tests/__init__.py": ""},
        "MW303",
    ),
    "the tests, as a namespace": (
        "import tests.factories",
        "tests",
        {"tests/factories.py": ""},
        "MW303",
    ),
    "a helper of the tests": ("import factories", "factories", {"tests/factories.py": ""}, "MW303"),
    "the source folder": ("from src.shop.prices import NET", "src", {}, "MW303"),
    "a package that the wheel leaves out": (
        "from depot.stock import APPLES",
        "depot",
        {"src/depot/__init__.py": "", "src/depot/stock.py": ""},
        "MW303",
    ),
    "a module that the wheel leaves out": (
        "from shop.refunds import ALL",
        "shop.refunds",
        {"src/shop/refunds.py": ""},
        "MW303",
    ),
    "its neighbour": ("from prices import NET", "prices", {}, "MW304"),
    "a neighbouring package": ("import pay", "pay", {}, "MW304"),
    "a repository's vendored modules, through sys.path": (
        "import sys; sys.path.append('../lib'); import ledger",
        "ledger",
        {"lib/ledger.py": ""},
        "MW305",
    ),
}
DEFERRED: dict[str, tuple[str, Mapping[str, str], str]] = {
    "its neighbour": ("def f():\n  import prices", {}, "MW304"),
    "a script": ("def f():\n  from scripts.release import x", {"scripts/release.py": ""}, "MW303"),
    "a module that the wheel leaves out": (
        "def f():\n  import shop.refunds",
        {"src/shop/refunds.py": ""},
        "MW303",
    ),
}
HARMLESS: dict[str, tuple[str, Mapping[str, str]]] = {
    "its neighbour by its full name": ("from shop.prices import NET\nfrom .prices import NET", {}),
    "its neighbour, if it is a script": (
        "try:\n  from .prices import NET\nexcept ImportError:\n  from prices import NET",
        {},
    ),
    "its neighbour, when it is run": ("if __name__ == '__main__':\n  import prices", {}),
    "its neighbour, for types": ("if TYPE_CHECKING:\n  import prices", {}),
    "the repository, if it is there": (
        "def f():\n  try:\n    import settings\n  except ImportError:\n    pass",
        {"settings.py": ""},
    ),
    "a module of its own name": ("def f():\n  import orders", {}),
    "a dependency that is missing": ("def f():\n  import compass", {"docs/compass.py": ""}),
    "sys.path, changed when it is run": (
        "import sys\nif __name__ == '__main__':\n  sys.path.insert(0, '.')\n  import prices",
        {},
    ),
    "sys.path, changed for others": ("import sys\nsys.path.append('/opt/plugins')", {}),
    "sys.path, read": ("import sys\nx = sys.path[0] in sys.path", {}),
}


@pytest.mark.parametrize("way", FAILING)
def test_an_import_of_what_lies_elsewhere_in_the_project_is_told(way: str, judged: Judged) -> None:
    source, missing, project, code = FAILING[way]
    files = {**SHOP, "shop/orders.py": source}
    outcomes = {"shop.orders": failed(missing)}
    findings = judged(judge, files, project=project, outcomes=outcomes)
    assert [(each.code, each.file, each.line) for each in findings] == [
        (code, "src/shop/orders.py", 1)
    ]
    assert findings[0].hint


@pytest.mark.parametrize("way", DEFERRED)
def test_the_same_in_a_function_is_told(way: str, judged: Judged) -> None:
    source, project, code = DEFERRED[way]
    findings = judged(judge, {**SHOP, "shop/orders.py": source}, project=project)
    assert [(each.code, each.file, each.line) for each in findings] == [
        (code, "src/shop/orders.py", 2)
    ]


@pytest.mark.parametrize("way", HARMLESS)
def test_an_import_that_works_anywhere_is_fine(way: str, judged: Judged) -> None:
    source, project = HARMLESS[way]
    assert judged(judge, {**SHOP, "shop/orders.py": source}, project=project) == []


def test_a_module_that_the_wheel_leaves_out_may_be_imported_as_a_name(judged: Judged) -> None:
    message = "cannot import name 'refunds' from 'shop' (…)"
    files = {**SHOP, "shop/orders.py": "from . import prices, refunds"}
    options: dict[str, Any] = {
        "outcomes": {"shop.orders": Outcome(False, 0, 30, error="ImportError", message=message)},
        "project": {"src/shop/refunds.py": ""},
    }
    [finding] = judged(judge, files, **options)
    assert (finding.code, finding.line) == ("MW303", 1)
    assert "shop.refunds" in finding.message


def test_a_name_that_a_package_defines_is_not_a_module(judged: Judged) -> None:
    files = {
        "shop/__init__.py": "def refunds(): ...",
        "shop/a.py": "def f():\n  from . import refunds",
    }
    assert judged(judge, files, project={"src/shop/refunds.py": ""}) == []


def test_a_library_that_a_neighbour_of_its_name_wraps_is_not_a_neighbour(judged: Judged) -> None:
    files = {**SHOP, "shop/redis.py": "import redis", "shop/orders.py": "import redis"}
    outcomes = {"shop.redis": failed("redis"), "shop.orders": failed("redis")}
    assert judged(judge, files, outcomes=outcomes) == []


def test_a_library_that_is_declared_is_not_a_neighbour(judged: Judged) -> None:
    files = {**SHOP, "shop/redis.py": "", "shop/orders.py": "import redis"}
    metadata = "Provides-Extra: cache\nRequires-Dist: redis ; extra == 'cache'\n"
    outcomes = {"shop.orders": failed("redis")}
    assert judged(judge, files, metadata=metadata, outcomes=outcomes) == []


def test_the_hint_says_the_full_name_of_a_neighbour(judged: Judged) -> None:
    files = {**SHOP, "shop/orders.py": "import prices"}
    [finding] = judged(judge, files, outcomes={"shop.orders": failed("prices")})
    assert "shop.prices" in finding.hint


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        ("import src.shop.prices", "Import it as shop.prices."),
        ("import settings", "Move it into the package, or configure the build back end to"),
        ("import tests.factories", "Move it into the package."),
    ],
)
def test_the_hint_fits_what_the_repository_alone_has(
    source: str, hint: str, judged: Judged
) -> None:
    files = {**SHOP, "shop/orders.py": source}
    outcomes = {"shop.orders": failed(source.split()[1].partition(".")[0])}
    project = {"settings.py": "", "tests/factories.py": ""}
    [finding] = judged(judge, files, project=project, outcomes=outcomes)
    assert (finding.code, finding.hint.startswith(hint)) == ("MW303", True)


def test_a_module_of_a_folder_of_tests_that_the_wheel_holds_is_called_as_there(
    judged: Judged,
) -> None:
    files = {**SHOP, "tests/factories.py": "X = 1", "shop/orders.py": "import factories"}
    outcomes = {"shop.orders": failed("factories")}
    [finding] = judged(judge, files, root="", outcomes=outcomes)
    assert (finding.code, finding.hint) == ("MW304", "Import it as tests.factories.")


VENDORING = {
    "shop/__init__.py": "import sys\nsys.path.insert(0, __file__ + '/vendored')",
    "shop/vendored/ledger.py": "ENTRIES = []",
}


@pytest.mark.parametrize(
    "change", ["sys.path.insert(0, x)", "sys.path += [x]", "sys.path[:0] = [x]", "addsitedir(x)"]
)
def test_an_import_that_only_a_change_of_the_path_makes_possible_is_told(
    change: str, judged: Judged
) -> None:
    files = {**VENDORING, "shop/__init__.py": change, "shop/orders.py": "\nimport ledger"}
    [finding] = judged(judge, files)
    assert (finding.code, finding.file, finding.line) == ("MW305", "src/shop/orders.py", 2)


def test_a_change_of_the_path_that_leads_elsewhere_makes_nothing_of_this_possible(
    judged: Judged,
) -> None:
    files = {
        **SHOP,
        "shop/plugins.py": "import sys\nsys.path.append('/opt/plugins')",
        "shop/orders.py": "import prices",
    }
    options: dict[str, Any] = {"outcomes": {"shop.orders": failed("prices")}}
    assert [each.code for each in judged(judge, files, **options)] == ["MW304"]


def test_a_file_that_is_imported_by_two_names_through_the_path_is_told(judged: Judged) -> None:
    files = {
        **VENDORING,
        "shop/orders.py": "import ledger\nfrom shop.vendored.ledger import ENTRIES",
    }
    found = judged(judge, files)
    assert [(each.code, each.line) for each in found] == [("MW305", 1), ("MW306", 1)]


def test_what_the_path_makes_possible_is_told_once_a_library(judged: Judged) -> None:
    vendored = {"lark/__init__.py": "import lark.lexer", "lark/lexer.py": "import lark"}
    files = {
        "shop/__init__.py": "import sys\nsys.path.insert(0, __file__ + '/vendored')",
        "shop/a.py": "import lark",
        "shop/b.py": "from lark import lexer",
        **{f"shop/vendored/{name}": text for name, text in vendored.items()},
    }
    found = judged(judge, files)
    assert [(each.code, each.file, each.line) for each in found] == [("MW305", "src/shop/a.py", 1)]


def test_a_file_that_the_wheel_holds_twice_is_told_once(judged: Judged) -> None:
    inner = {"pay/__init__.py": "", "pay/card.py": "LIMIT = 1", "pay/cash.py": "LIMIT = 2"}
    files = {**SHOP, **{f"shop/{name}": text for name, text in inner.items()}}
    [finding] = judged(judge, files, only_in_wheel=inner)
    assert (finding.code, finding.file) == ("MW306", "src/shop/pay/card.py")


def test_files_that_are_alike_by_chance_are_fine(judged: Judged) -> None:
    files = {
        "shop/__init__.py": "",
        "shop/card.py": "X = 1",
        "club/__init__.py": "",
        "club/card.py": "X = 1",
    }
    assert judged(judge, {**files, "card.py": "Y = 1"}) == []


@pytest.mark.parametrize(
    "outcome",
    [
        Outcome(False, 0, 30, error="ValueError", message="prices"),
        Outcome(False, None, 30),
        failed("compass"),
    ],
)
def test_other_failures_are_left_to_others(outcome: Outcome, judged: Judged) -> None:
    files = {**SHOP, "shop/orders.py": "import compass"}
    options: dict[str, Any] = {"outcomes": {"shop.orders": outcome}}
    assert judged(judge, files, **options) == []


def test_a_wheel_alone_knows_of_neighbours(judged: Judged) -> None:
    files = {**SHOP, "shop/orders.py": "import prices"}
    options: dict[str, Any] = {"outcomes": {"shop.orders": failed("prices")}, "only_wheel": True}
    [finding] = judged(judge, files, **options)
    assert (finding.code, finding.file) == ("MW304", "shop/orders.py")


@pytest.mark.parametrize(
    ("lacks", "hint"),
    [
        (("xml", "dom"), "Add `import xml.dom`."),
        (("shop", "stock"), "Add `import shop.stock`."),
        (("shop", "limit"), "Import shop.has, or what the module needs of it, explicitly."),
    ],
)
def test_what_to_import_first_is_the_submodule_that_is_missed(
    lacks: tuple[str, str], hint: str, judged: Judged
) -> None:
    module, name = lacks
    outcome = replace(
        failed("x"),
        missing=None,
        error="AttributeError",
        message=f"module '{module}' has no attribute '{name}'",
        needs_first="shop.has",
    )
    files = {"shop/__init__.py": "", "shop/stock.py": "", "shop/uses.py": f"{module}.{name}\n"}
    [finding] = judged(import_order.judge, files, outcomes={"shop.uses": outcome})
    assert (finding.code, finding.hint) == ("MW302", hint)


def test_what_to_import_first_is_the_innermost_module_that_the_line_uses(
    judged: Judged, tmp_path: Path
) -> None:
    file = str(tmp_path / "environment/lib/site-packages/shop/uses.py")
    outcome = replace(
        failed("x", (file, 3)),
        missing=None,
        error="AttributeError",
        message="module 'shop' has no attribute 'stock'",
        needs_first="shop.has",
    )
    uses = (
        "import shop\n\nclass Screws(shop.stock.parts.Parts):\n    x = shop.stock.parts.older.x\n"
    )
    files = {
        "shop/__init__.py": "",
        "shop/stock/__init__.py": "",
        "shop/stock/parts/__init__.py": "",
        "shop/stock/parts/older.py": "",
        "shop/uses.py": uses,
    }
    [finding] = judged(import_order.judge, files, outcomes={"shop.uses": outcome})
    assert finding.hint == "Add `import shop.stock.parts`."


def test_tests_may_be_run_from_their_folder(judged: Judged) -> None:
    files = {**SHOP, "shop/tests/__init__.py": "", "shop/tests/test_pay.py": "import helpers"}
    files["shop/tests/helpers.py"] = "CASH = 1"
    [finding] = judged(judge, files, outcomes={"shop.tests.test_pay": failed("helpers")})
    assert (finding.code, finding.severity) == ("MW304", "info")
