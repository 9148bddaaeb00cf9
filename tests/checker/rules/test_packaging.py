"""What the wheel lacks of the source, and what it holds beyond it."""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

import pytest

from modwright_check.model.questions import IgnoredByGit
from modwright_check.model.report import Finding
from modwright_check.rules.packaging import judge
from tests.checker.rules.conftest import PYPROJECT, Judged

SHOP = {"shop/__init__.py": "", "shop/orders.py": "OPEN = []"}

# Files of the project alone: code, severity and file of what is told of them.
LEFT_OUT: dict[str, tuple[Mapping[str, str], tuple[str, str, str]]] = {
    "a module": ({"src/shop/refunds.py": ""}, ("MW403", "error", "src/shop/refunds.py")),
    "a private module": ({"src/shop/_old.py": ""}, ("MW403", "error", "src/shop/_old.py")),
    "a subpackage": (
        {"src/shop/pay/__init__.py": ""},
        ("MW403", "error", "src/shop/pay/__init__.py"),
    ),
    "the marker of types": ({"src/shop/py.typed": ""}, ("MW404", "warning", "src/shop/py.typed")),
    "a stub beside the marker of types": (
        {"src/shop/orders.pyi": ""},
        ("MW404", "info", "src/shop/orders.pyi"),
    ),
    "a data file": ({"src/shop/flags.json": ""}, ("MW404", "info", "src/shop/flags.json")),
    "a folder of data files": (
        {"src/shop/flags/at.txt": "", "src/shop/flags/de.txt": ""},
        ("MW404", "info", "src/shop/flags/at.txt"),
    ),
}
SILENT: dict[str, Mapping[str, str]] = {
    "tests": {"src/shop/tests/__init__.py": "", "src/shop/tests/test_orders.py": ""},
    "a test beside its module": {"src/shop/test_orders.py": "", "src/shop/orders_test.py": ""},
    "settings of tests": {"src/shop/conftest.py": ""},
    "what no import can name": {"src/shop/0001_first.py": "", "src/shop/class.py": ""},
    "a folder of templates": {"src/shop/templates/{{ name }}/mod.py": ""},
    "scripts without a package": {"src/shop/scripts/release.py": ""},
    "sources of an extension": {"src/shop/fast.pyx": "", "src/shop/fast.c": "", "src/shop/a.h": ""},
    "what builds and editors leave": {
        "src/shop/fast.so": "",
        "src/shop/__pycache__/orders.cpython-313.pyc": "",
        "src/shop/.orders.py.swp": "",
        "src/shop/orders.py~": "",
        "src/shop/orders.py.orig": "",
    },
    "what lies beside the packages": {"src/notes.py": "", "docs/conf.py": "", "setup.py": ""},
    "another package": {"src/depot/__init__.py": ""},
}
EXCLUDING: dict[str, tuple[str, Mapping[str, str]]] = {
    "hatch": ("[tool.hatch.build.targets.wheel]\nexclude = ['refunds.py', '*.json']", {}),
    "hatch, with stars": ("[tool.hatch.build]\nexclude = ['**/refunds.py', '/src/**/*.json']", {}),
    "uv": (
        "[tool.uv.build-backend]\nwheel-exclude = ['src/shop/refunds.py']\n"
        "source-exclude = ['**/*.json']",
        {},
    ),
    "setuptools": (
        "[tool.setuptools.exclude-package-data]\nshop = ['*.json', 'refunds.py']",
        {},
    ),
    "setuptools, by packages": (
        "[tool.setuptools.packages.find]\nexclude = ['shop.refunds*']",
        {},
    ),
    "poetry": ("[tool.poetry]\nexclude = ['src/shop/refunds.py', 'src/shop/*.json']", {}),
    "maturin": (
        "[tool.maturin]\nexclude = [{path = '**/refunds.py', format = 'wheel'}, '**/*.json']",
        {},
    ),
    "setup.cfg": (
        "",
        {"setup.cfg": "[options.exclude_package_data]\nshop =\n  *.json\n  refunds.py\n"},
    ),
    "setup.py": ("", {"setup.py": "setup(exclude_package_data={'': ['*.json', 'refunds.py']})"}),
    "MANIFEST.in": ("", {"MANIFEST.in": "global-exclude *.json\nrecursive-exclude src refunds.py"}),
}


def told(findings: list[Finding]) -> list[tuple[str, str, str | None]]:
    return [(each.code, each.severity.value, each.file) for each in findings]


@pytest.mark.parametrize("way", LEFT_OUT)
def test_what_the_wheel_lacks_of_its_packages_is_told(way: str, judged: Judged) -> None:
    project, expected = LEFT_OUT[way]
    assert told(judged(judge, SHOP, project=project)) == [expected]


def test_data_files_that_nobody_asks_for_are_told_once_a_package(judged: Judged) -> None:
    project = {f"src/shop/{name}": "" for name in ("a.csv", "data/b.csv", "data/at/c.csv")}
    [finding] = judged(judge, SHOP, project=project)
    assert (finding.code, finding.severity) == ("MW404", "info")
    assert "2 more data files of" in finding.message


def test_a_data_file_that_the_build_packs_is_in_the_wheel(judged: Judged) -> None:
    packed = {"shop/prices.json.gz": ""}
    project = {"src/shop/prices.json": ""}
    assert judged(judge, SHOP, project=project, only_in_wheel=packed) == []


@pytest.mark.parametrize("way", SILENT)
def test_what_no_wheel_should_hold_is_fine(way: str, judged: Judged) -> None:
    assert judged(judge, SHOP, project=SILENT[way]) == []


@pytest.mark.parametrize(
    ("source", "file"),
    [
        ("files('shop').joinpath('prices.json')", "prices.json"),
        ("open(HERE / 'data/prices.json')", "data/prices.json"),
        ("PackageLoader('shop', 'pages')", "pages/index.html"),
        ('render("mail.txt")', "mail.txt"),
    ],
)
def test_a_data_file_that_the_code_asks_for_is_a_warning(
    source: str, file: str, judged: Judged
) -> None:
    files = {**SHOP, "shop/prices.py": source}
    findings = judged(judge, files, project={f"src/shop/{file}": "", "src/shop/other.yml": ""})
    assert sorted(told(findings)) == [
        ("MW404", "info", "src/shop/other.yml"),
        ("MW404", "warning", f"src/shop/{file}"),
    ]


def test_a_folder_without_init_that_is_imported_from_is_a_package(judged: Judged) -> None:
    files = {**SHOP, "shop/about.py": "def f():\n  from shop.tools import release"}
    findings = judged(judge, files, project={"src/shop/tools/release.py": ""})
    assert told(findings) == [("MW403", "error", "src/shop/tools/release.py")]


@pytest.mark.parametrize("back_end", EXCLUDING)
def test_what_the_back_end_excludes_is_left_out_on_purpose(back_end: str, judged: Judged) -> None:
    settings, project = EXCLUDING[back_end]
    left_out = {"src/shop/refunds.py": "", "src/shop/prices.json": ""}
    findings = judged(judge, SHOP, pyproject=PYPROJECT + settings, project={**left_out, **project})
    kept = "src/shop/prices.json" if "packages" in back_end else None
    assert [each.file for each in findings] == ([kept] if kept else [])


@pytest.mark.parametrize(
    "table", ["[tool]\nhatch = 1", "[tool.poetry]\nexclude = 'x'", "[tool.maturin]\nexclude = [1]"]
)
def test_settings_that_are_none_exclude_nothing(table: str, judged: Judged) -> None:
    project = {"src/shop/refunds.py": "", "setup.py": "def f(:", "setup.cfg": "x"}
    findings = judged(judge, SHOP, pyproject=PYPROJECT + table, project=project)
    assert [each.file for each in findings] == ["src/shop/refunds.py"]


def test_what_git_ignores_is_left_out_on_purpose(judged: Judged) -> None:
    left_out = {"src/shop/refunds.py": "", "src/shop/local.json": ""}
    files = tuple(map(PurePosixPath, sorted(left_out)))
    answers = {IgnoredByGit(files): frozenset(files)}
    assert judged(judge, SHOP, project=left_out, answers=answers) == []


@pytest.mark.parametrize(
    ("source", "told_of"),
    [
        ("from shop.lib import pack", ["src/shop/lib/__init__.py", "src/shop/lib/pack.py"]),
        ("import shop.lib", ["src/shop/lib/__init__.py"]),
        ("try:\n  import shop.lib\nexcept ImportError:\n  pass", []),
    ],
)
def test_what_git_ignores_is_told_when_it_is_needed(
    source: str, told_of: list[str], judged: Judged
) -> None:
    left_out = {"src/shop/lib/__init__.py": "", "src/shop/lib/pack.py": ""}
    files = tuple(map(PurePosixPath, sorted(left_out)))
    answers = {IgnoredByGit(files): frozenset(files)}
    files_of_wheel = {**SHOP, "shop/bundles.py": source}
    findings = judged(judge, files_of_wheel, project=left_out, answers=answers)
    assert told(findings) == [("MW403", "error", file) for file in told_of]


def test_a_module_without_a_source_is_told(judged: Judged) -> None:
    only = {"shop/old.py": "", "shop/pay/__init__.py": "", "shop/pay/card.py": ""}
    findings = judged(judge, SHOP, only_in_wheel=only)
    assert told(findings) == [("MW405", "warning", name) for name in sorted(only)]


@pytest.mark.parametrize(
    ("made", "project"),
    [
        ({"shop/_version.py": "version = '1'"}, {}),
        ({"shop/prices_pb2.py": ""}, {}),
        ({"shop/parser.py": "# This file is generated by a tool.\n"}, {}),
        ({"shop/settings.py": ""}, {"src/shop/settings.py.in": ""}),
    ],
)
def test_a_module_that_the_build_makes_is_fine(
    made: Mapping[str, str], project: Mapping[str, str], judged: Judged
) -> None:
    assert judged(judge, SHOP, only_in_wheel=made, project=project) == []


def test_a_package_that_the_back_end_takes_from_elsewhere_is_fine(judged: Judged) -> None:
    assert judged(judge, {}, only_in_wheel=SHOP, project={"source/deep/shop/orders.py": ""}) == []


@pytest.mark.parametrize(
    ("files", "file"),
    [
        ({"shop/pay/card.py": "", "shop/pay/cash.py": ""}, "src/shop/pay/card.py"),
        ({"shop/pay/by/card.py": ""}, "src/shop/pay/by/card.py"),
        (
            {"shop/pay/card.py": "", "shop/pay/rates.csv": "", "shop/a.py": "import shop.pay.card"},
            "src/shop/pay/card.py",
        ),
    ],
)
def test_a_folder_without_init_in_a_package_is_told_once(
    files: Mapping[str, str], file: str, judged: Judged
) -> None:
    findings = judged(judge, {**SHOP, **files})
    assert told(findings) == [("MW406", "warning", file)]


@pytest.mark.parametrize(
    "files",
    [
        {"acme/shop/__init__.py": "", "acme/shop/orders.py": ""},
        {"acme/orders.py": ""},
        {**SHOP, "shop/data/prices.csv": ""},
        {**SHOP, "shop/stubs/orders.pyi": ""},
        {**SHOP, "shop/pages/site.py": "", "shop/pages/site.html": ""},
        {**SHOP, "shop/tests/test_orders.py": ""},
        {**SHOP, "shop/pay/__init__.py": "", "shop/pay/card.py": ""},
    ],
)
def test_a_namespace_on_purpose_and_a_folder_of_data_are_fine(
    files: Mapping[str, str], judged: Judged
) -> None:
    assert judged(judge, files) == []


NAMESPACE = """
    [project]
    name = "sample"
    version = "1"

    [tool.ruff]
    namespace-packages = ["src/acme", "src/acme/inner"]
"""


@pytest.mark.parametrize("claimed", ["acme", "acme/inner"])
def test_an_init_in_a_namespace_is_told(claimed: str, judged: Judged) -> None:
    files = {"acme/inner/shop/__init__.py": "", f"{claimed}/__init__.py": ""}
    findings = judged(judge, files, pyproject=NAMESPACE)
    claims = [finding for finding in findings if finding.code != "MW406"]
    assert told(claims) == [("MW407", "warning", f"src/{claimed}/__init__.py")]


def test_a_namespace_without_an_init_is_fine(judged: Judged) -> None:
    assert judged(judge, {"acme/inner/shop/__init__.py": ""}, pyproject=NAMESPACE) == []


@pytest.mark.parametrize(
    "setting", ["[tool]\nruff = 3", "[tool.ruff]\nnamespace-packages = 'acme'"]
)
def test_settings_of_another_shape_name_no_namespace(setting: str, judged: Judged) -> None:
    pyproject = f"[project]\nname = 'sample'\nversion = '1'\n{setting}\n"
    assert judged(judge, {"acme/__init__.py": ""}, pyproject=pyproject) == []


def test_a_wheel_alone_is_judged_by_what_it_holds(judged: Judged) -> None:
    options: dict[str, Any] = {"only_wheel": True, "project": {"src/shop/refunds.py": ""}}
    findings = judged(judge, {**SHOP, "shop/pay/card.py": ""}, **options)
    assert told(findings) == [("MW406", "info", "shop/pay/card.py")]
