"""What type checkers look for in a typed package, and do not find."""

from collections.abc import Mapping

import pytest

from modwright_check.model.report import Severity
from modwright_check.rules.packaging import judge as judge_files
from modwright_check.rules.typed_packages import judge
from tests.checker.rules.conftest import Judged

SHOP = {"shop/__init__.py": "", "shop/py.typed": ""}
FAST = "PyInit_fast"
NEEDS = {"shop/_fast.so": "PyInit__fast", "shop/till.py": "from shop._fast import total"}
HAS_ANOTHER = {
    "shop/_fast.so": "PyInit__fast",
    "shop/till.py": "try:\n  from shop._fast import total\nexcept ImportError:\n  total = sum",
}
IS_USED_INSIDE = {
    "shop/_fast.so": "PyInit__fast",
    "shop/till.py": """\
from shop._fast import rate, total

RATE: int = rate()
TAX = 0
TAX = rate()
HAS_RATES = bool(rate())

def count(prices: list[int]) -> int:
    return total(prices)
""",
}
IMPORTS = {"shop/till.pyi": "from shop._kinds import Price\n"}

# Files beside SHOP: the weight of what is told, and a word of it.
TOLD: dict[str, tuple[Mapping[str, str], Severity, str]] = {
    "a compiled module": ({"shop/fast.so": FAST}, Severity.WARNING, "shop.fast is compiled"),
    "one that is needed": (NEEDS, Severity.WARNING, "shop._fast is compiled"),
    "one with a fallback": (HAS_ANOTHER, Severity.INFO, "shop._fast is compiled"),
    "one that type checkers are told to ignore": (
        {**NEEDS, "shop/till.py": "from shop._fast import total  # type: ignore[import-untyped]"},
        Severity.INFO,
        "shop._fast is compiled",
    ),
    "one that functions alone use": (
        {**NEEDS, "shop/till.py": "from shop._fast import total\ndef f(x): return total(x)"},
        Severity.INFO,
        "shop._fast is compiled",
    ),
    "one that a signature names": (
        {**NEEDS, "shop/till.py": "from shop._fast import Sum\ndef f(x: Sum): return Sum(x)"},
        Severity.WARNING,
        "shop._fast is compiled",
    ),
    "one of which a class is derived": (
        {**NEEDS, "shop/till.py": "from shop import _fast\nclass Sum(_fast.Sum): pass"},
        Severity.WARNING,
        "shop._fast is compiled",
    ),
    "one that the package offers": (
        {
            **NEEDS,
            "shop/till.py": "",
            "shop/__init__.py": "from ._fast import total\ndef f(x): return total(x)",
        },
        Severity.WARNING,
        "shop._fast is compiled",
    ),
    "one with a public name of which functions use what is private": (
        {
            "shop/fast.so": FAST,
            "shop/till.py": "from shop.fast import _total\ndef f(x): return _total(x)",
        },
        Severity.INFO,
        "shop.fast is compiled",
    ),
    "one with a public name that functions alone use": (
        {
            "shop/fast.so": FAST,
            "shop/till.py": "from shop.fast import total\ndef f(x): return total(x)",
        },
        Severity.WARNING,
        "shop.fast is compiled",
    ),
    "one that somebody needs beside that": (
        {
            **NEEDS,
            "shop/slow.py": "from shop._fast import total  # type: ignore",
        },
        Severity.WARNING,
        "shop._fast is compiled",
    ),
    "one whose importer has a stub": (
        {**NEEDS, "shop/till.pyi": ""},
        Severity.INFO,
        "shop._fast is compiled",
    ),
    "one behind modules of which the last has a stub": (
        {**NEEDS, "shop/counter.py": "from shop.till import total", "shop/counter.pyi": ""},
        Severity.INFO,
        "shop._fast is compiled",
    ),
    "one that another module gets to as well": (
        {
            **NEEDS,
            "shop/counter.py": "from shop.till import total",
            "shop/counter.pyi": "",
            "shop/shelf.py": "from shop.till import total",
        },
        Severity.WARNING,
        "shop._fast is compiled",
    ),
    "one in a cycle": (
        {
            "shop/_fast.so": "PyInit__fast",
            "shop/till.py": "from shop import _fast, shelf",
            "shop/shelf.py": "import shop.till",
        },
        Severity.WARNING,
        "shop._fast is compiled",
    ),
    "what a stub imports": (IMPORTS, Severity.WARNING, "imports shop._kinds"),
    "what it imports relatively": (
        {"shop/till.pyi": "from ._kinds import Price\n"},
        Severity.WARNING,
        "imports shop._kinds",
    ),
}
SILENT: dict[str, Mapping[str, str]] = {
    "a stub beside it": {"shop/fast.so": FAST, "shop/fast.pyi": ""},
    "a package of stubs beside it": {"shop/fast.so": FAST, "shop/fast/__init__.pyi": ""},
    "a source beside it": {"shop/fast.so": FAST, "shop/fast.py": ""},
    "a source that a stub imports": IMPORTS | {"shop/_kinds.py": ""},
    "a package that a stub imports": IMPORTS | {"shop/_kinds/__init__.pyi": ""},
    "a folder that a stub imports": IMPORTS | {"shop/_kinds/prices.pyi": ""},
    "another project's module": {"shop/till.pyi": "import depot.kinds\n"},
    "what a stub imports by version": {
        "shop/till.pyi": "import sys\nif sys.version_info >= (3, 12):\n  import shop._kinds\n"
    },
}


@pytest.mark.parametrize("case", TOLD)
def test_what_is_not_described_is_told(case: str, judged: Judged) -> None:
    files, severity, words = TOLD[case]
    (found,) = judged(judge, {**SHOP, **files})
    assert (found.code, found.severity) == ("MW604", severity)
    assert words in found.message


@pytest.mark.parametrize("case", SILENT)
def test_what_is_described_or_is_not_the_projects_is_not_told(case: str, judged: Judged) -> None:
    assert not judged(judge, {**SHOP, **SILENT[case]})


def test_nothing_is_promised_without_the_marker(judged: Judged) -> None:
    files = {"shop/__init__.py": "", "shop/fast.so": FAST} | IMPORTS
    assert not judged(judge, files)


@pytest.mark.parametrize(("marker", "told"), [({}, 1), ({"shop-stubs/py.typed": "partial\n"}, 0)])
def test_stubs_of_another_distribution_are_whole_unless_they_say_partial(
    marker: Mapping[str, str], told: int, judged: Judged
) -> None:
    files = {"shop-stubs/till.pyi": "from .kinds import Price\n", "own.py": "", **marker}
    assert len(judged(judge, files)) == told


def test_a_stub_of_a_typed_package_that_the_wheel_lacks_is_a_warning(judged: Judged) -> None:
    (found,) = judged(judge_files, SHOP, project={"src/shop/till.pyi": ""})
    assert (found.code, found.severity, found.file) == (
        "MW404",
        Severity.WARNING,
        "src/shop/till.pyi",
    )
