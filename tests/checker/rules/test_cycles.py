"""A cycle is told as the chain of modules that leads back to its begin."""

from tests.conftest import CheckHere, MakeProject


def test_the_chain_begins_and_ends_with_the_module_that_is_not_ready(
    make_project: MakeProject, check_here: CheckHere
) -> None:
    project = make_project(
        {
            "shop/__init__.py": "",
            "shop/prices.py": "from shop.stock import STOCK\nPRICES = {}",
            "shop/stock.py": "from shop.tax import TAX\nSTOCK = {}",
            "shop/tax.py": "from shop.prices import PRICES\nTAX = {}",
            "shop/till.py": "import shop.prices",  # on the way into the cycle, and no part of it
        }
    )
    exit_code, report = check_here(project)
    assert exit_code == 1
    chains = {
        finding["module"]: finding["message"].partition("import: ")[2].partition(",")[0]
        for finding in report["findings"]
        if finding["code"] == "MW301"
    }
    assert chains["shop.prices"] == "shop.prices → shop.stock → shop.tax → shop.prices"
    assert chains["shop.tax"] == "shop.tax → shop.prices → shop.stock → shop.tax"
    assert chains.get("shop.till", chains["shop.prices"]) == chains["shop.prices"]


def test_a_name_that_a_module_never_has_is_not_a_matter_of_a_cycle(
    make_project: MakeProject, check_here: CheckHere
) -> None:
    project = make_project(
        {
            "shop/__init__.py": "from shop import refunds",
            "shop/prices.py": "from shop.stock import STOCK\nPRICES = {}",
        }
    )
    _, report = check_here(project)
    assert "MW301" not in {finding["code"] for finding in report["findings"]}


def test_a_cycle_that_only_annotations_or_private_modules_get_to_is_a_warning(
    make_project: MakeProject, check_here: CheckHere
) -> None:
    cycle = "from shop.{0} import B\nA = {{}}", "from shop.{0} import A\nB = {{}}"
    annotated = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from shop.tea import A"
    project = make_project(
        {
            "shop/__init__.py": annotated,
            "shop/tea.py": cycle[0].format("cup"),
            "shop/cup.py": cycle[1].format("tea"),
            "shop/_tea.py": cycle[0].format("_cup"),
            "shop/_cup.py": cycle[1].format("_tea"),
        }
    )
    exit_code, report = check_here(project)
    weights = {each["module"]: each["severity"] for each in report["findings"]}
    assert exit_code == 0
    assert weights == dict.fromkeys(["shop._cup", "shop._tea", "shop.cup", "shop.tea"], "warning")
