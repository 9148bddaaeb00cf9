"""A small course of four exercises, one of every sort, with the runner of the template."""

import importlib.util
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from types import ModuleType
from typing import Any

import pytest

TEMPLATE = Path(__file__).parents[2] / "template"
COURSE = TEMPLATE / "{% if exercises %}course{% endif %}"
LEARN = TEMPLATE / "{% if exercises %}learn.py{% endif %}"

UTILS = '''
    """Helpers."""

    import math


    def area(width: float, height: float) -> float:
        """Return the area of a shelf."""
        {area}


    def round_up(price: float) -> int:
        """Return a price without its cents."""
        return math.ceil(price)
'''
BASKET = '''
    """What a customer has taken."""

    from shop import utils


    class Basket:
        """Prices, one a thing."""

        def __init__(self, prices: list[float]) -> None:
            self.prices = prices

        @property
        def total(self) -> int:
            """Return what is to be paid."""
            {total}

        def __len__(self) -> int:
            return len(self.prices)
'''
AREA = "return width * height"
TOTAL = "# The cents come last.\n            return utils.round_up(sum(self.prices))"
HOLE = """# The task: course/{0}/page.md
{2}raise NotImplementedError("exercise {0}: {1}() has no body yet")"""
AREA_HOLE = HOLE.format("01_area", "area", " " * 8)
TOTAL_HOLE = HOLE.format("04_total", "Basket.total", " " * 12)
PRICES = '''
    """What things cost."""

    PRICES = {"tea": 3, "jam": 5}
'''
STOCK = '''
    """What is there."""


    def load() -> list[str]:
        """Return the names of all things."""
        return ["jam", "tea"]
'''

FILES = {
    "pyproject.toml": """
        [project]
        name = "shop"
        version = "1"
    """,
    "src/shop/__init__.py": '"""A shop."""',
    "src/shop/utils.py": UTILS.replace("{area}", AREA_HOLE),
    "src/shop/basket.py": BASKET.replace("{total}", TOTAL_HOLE),
    "src/shop/stock.py": STOCK,
    "course/course.toml": 'package = "shop"',
    "course/solved/src/shop/utils.py": UTILS.replace("{area}", AREA),
    "course/solved/src/shop/basket.py": BASKET.replace("{total}", TOTAL),
    "course/solved/src/shop/prices.py": PRICES,
    "course/solved/src/shop/stock/__init__.py": STOCK,
    "course/start/src/shop/stock.py": STOCK,
    "course/01_area/exercise.toml": """
        places = ["src/{pkg}/utils.py::area"]
        fails = "area() has no body yet"
        learned = "A function of a module is reached by the module's name."
        hints = ["Width and height are parameters.", "return width * ..."]
    """,
    "course/01_area/check.py": """
        from shop import utils


        def test_area():
            found = utils.area(2, 3)
            assert found == 6, f"area(2, 3) gave {found}, and a shelf of 2 by 3 has 6"
    """,
    "course/02_prices/exercise.toml": """
        places = ["src/{pkg}/prices.py"]
        fails = "No module named '{package}.prices'"
        learned = "A file is a module."
        hints = ["Make the file.", "PRICES is a dictionary."]
        needs = []
    """,
    "course/02_prices/check.py": """
        def test_prices():
            from shop.prices import PRICES

            assert PRICES["tea"] == 3, "tea costs 3"
    """,
    "course/03_package/exercise.toml": """
        places = ["src/{pkg}/stock/__init__.py"]
        removes = ["src/{pkg}/stock.py"]
        fails = "stock is a module still"
        learned = "Users of a module do not notice that it has become a package."
        hints = ["A package is a folder.", "Move stock.py to stock/__init__.py."]
        needs = []
    """,
    "course/03_package/check.py": """
        from shop import stock


        def test_is_a_package():
            assert hasattr(stock, "__path__"), "stock is a module still, and not a package"


        def test_users_do_not_notice():
            assert stock.load() == ["jam", "tea"], "load() does not give what it gave before"
    """,
    "course/04_total/exercise.toml": """
        places = ["src/{pkg}/basket.py::Basket.total"]
        fails = "has no body yet"
        learned = "A method uses what its module has imported."
        hints = ["sum() adds.", "utils.round_up(...)"]
        needs = ["01_area"]
        seconds = 2
    """,
    "course/04_total/check.py": """
        from shop import utils
        from shop.basket import Basket


        def test_total():
            utils.area(1, 1)
            assert Basket([1.5, 2]).total == 4, "1.50 and 2 make 4, rounded up"
    """,
    **{
        f"course/{name}/page.md": f"# {title}\n\n## Why\n\nBecause.\n\n## Task\n\nDo it.\n"
        for name, title in {
            "01_area": "The area of a shelf",
            "02_prices": "A module of your own",
            "03_package": "From a module to a package",
            "04_total": "What a basket costs",
        }.items()
    },
}


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Return the folder of a project with a course, nothing solved."""
    root = tmp_path / "shop"
    for name, text in FILES.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text_of(text), encoding="utf-8", newline="\n")
    shutil.copytree(COURSE / "runner", root / "course" / "runner")
    if LEARN.exists():
        shutil.copy(LEARN, root / "learn.py")
    return root


@pytest.fixture(scope="session")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], ModuleType]:
    """Return what loads a module of the runner; from a copy, for the template holds no caches."""
    folder = tmp_path_factory.mktemp("runner") / "runner"
    shutil.copytree(COURSE / "runner", folder)
    spec = importlib.util.spec_from_file_location(
        "runner", folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec
    assert spec.loader
    sys.modules["runner"] = importlib.util.module_from_spec(spec)
    return lambda name: importlib.import_module(f"runner.{name}")


def text_of(text: str) -> str:
    """Return a text of this module as its file holds it."""
    return dedent(text).lstrip("\n")


def read(root: Path) -> dict[str, Any]:
    """Return every file of a project, by its path."""
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts and "runner" not in path.parts
    }
