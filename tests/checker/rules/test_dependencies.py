"""Dependencies: which imports are told, with which code, and which are rightly made as they are."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from modwright_check.config.configuration import Configuration
from modwright_check.model.import_result import Effect, Outcome
from modwright_check.model.questions import Brought, BroughtByExtras, HasAttributes
from modwright_check.model.report import Finding, Severity
from modwright_check.model.trial import Trial
from modwright_check.rules.dependencies import judge, questions
from tests.checker.rules.conftest import EvidenceOf, Judged

INIT = {"shop/__init__.py": ""}
# Installed beside the project, as declared dependencies or as what these depend on.
INSTALLED: dict[str, Any] = {
    "almanac": {"files": {"almanac.py": "FIRST = 1"}, "requires": ["tides"]},
    "tides": {
        "files": {"tides/__init__.py": "def high(): ...", "tides/moon.py": ""},
        "version": "1.2",
    },
    "acme-mail": {"files": {"acme/mail/__init__.py": ""}, "requires": ["acme-posts"]},
    "acme-posts": {"files": {"acme/core.py": ""}},
    "dynamic": {"files": {"dynamic/__init__.py": "def __getattr__(name): ..."}},
    "six": {"files": {"six.py": "import sys\nsys.modules['six.moves'] = 1"}},
}
ALMANAC = "Requires-Dist: almanac\n"
TIDES = "Requires-Dist: tides\n"
EXTRA = "Provides-Extra: charts\nRequires-Dist: compass ; extra == 'charts'\n"

# Source of shop/orders.py, metadata, code and line.
BROKEN: dict[str, tuple[str, str, str, int]] = {
    "what a dependency needs": ("import almanac\nimport tides", ALMANAC, "MW204", 2),
    "a part of what a dependency needs": ("from tides.moon import x", ALMANAC, "MW204", 1),
    "what a dependency needs, in a function": (
        "def f():\n  import tides",
        ALMANAC,
        "MW204",
        2,
    ),
    "a neighbour in a namespace": (
        "from acme import core",
        "Requires-Dist: acme-mail\n",
        "MW204",
        1,
    ),
    "what nobody brings, in a function": ("def f():\n  import compass", "", "MW206", 2),
    "what nobody brings, by a call": (
        "def f():\n  return import_module('compass.north')",
        "",
        "MW206",
        2,
    ),
    "what nobody brings, by the oldest call": (
        "def f():\n  return __import__('compass')",
        "",
        "MW206",
        2,
    ),
    "what nobody brings, beside an extra": (
        "def f():\n  import barometer",
        EXTRA,
        "MW206",
        2,
    ),
    "a neighbour of the project's that nobody brings": (
        "def f():\n  from acme import nosuch",
        "Requires-Dist: acme-mail\n",
        "MW206",
        2,
    ),
    "a module that the wheel lacks": ("def f():\n  import shop.refunds", "", "MW206", 2),
    "a module that the wheel lacks, relatively": (
        "def f():\n  from .refunds import all_of_them",
        "",
        "MW206",
        2,
    ),
    "a part that a dependency lacks": ("def f():\n  import tides.sun", TIDES, "MW205", 2),
}
HARMLESS: dict[str, tuple[str, str]] = {
    "what is declared": ("import almanac", ALMANAC),
    "what is declared twice over": ("import tides", ALMANAC + TIDES),
    "what is declared for other systems": (
        "import tides",
        ALMANAC + "Requires-Dist: tides ; sys_platform == 'none-such'\n",
    ),
    "what is declared as an extra too": (
        "import tides",
        ALMANAC + "Provides-Extra: t\nRequires-Dist: tides ; extra == 't'\n",
    ),
    "what a dependency needs, for types": (
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n  import tides",
        ALMANAC,
    ),
    "what a dependency needs, if it is there": (
        "try:\n  import tides\nexcept ImportError:\n  tides = None",
        ALMANAC,
    ),
    "the standard library": ("import json, os.path, xml.dom\ndef f():\n  import sqlite3", ""),
    "the standard library of other Pythons": (
        "def f():\n  import distutils, cgi, tomllib, annotationlib",
        "",
    ),
    "the project itself": ("import shop\nfrom . import orders\ndef f():\n  import shop.orders", ""),
    "an extra, in a function": ("def f():\n  import compass", EXTRA),
    "an extra under a name of its own": (
        "def f():\n  import cv2, compass_core",
        EXTRA + "Requires-Dist: opencv-python-headless ; extra == 'charts'\n",
    ),
    "an extra, if it is there": (
        "try:\n  import compass\nexcept ImportError:\n  compass = None",
        EXTRA,
    ),
    "one extra or what it brings": (
        "def f():\n  try:\n    import compass, magnet\n  except ImportError:\n    raise Sorry",
        EXTRA,
    ),
    "an alternative": ("try:\n  import compass\nexcept ImportError:\n  import json as compass", ""),
    "an alternative of its own": (
        "try:\n  from compass import north\nexcept ImportError:\n  def north(): return 0",
        "",
    ),
    "an alternative of two": (
        "try:\n  import compass\nexcept ImportError:\n  try:\n    import magnet as compass\n"
        "  except ImportError:\n    compass = None",
        "",
    ),
    "what only one system has": (
        "import sys\ndef f():\n  if sys.platform == 'win32':\n    import winloop",
        "",
    ),
    "what only one Python needs": (
        "import sys\ndef f():\n  if sys.version_info < (3, 11):\n    import tomli",
        "",
    ),
    "what is asked for before": (
        "def f():\n  if 'compass' in sys.modules:\n    import compass",
        "",
    ),
    "what is asked for by name": (
        "def f(kind):\n  if is_running_compass():\n    import compass",
        "",
    ),
    "what another function asks for": (
        "def ready(): return import_optional('compass')\ndef f():\n  import compass",
        "",
    ),
    "what the caller catches": (
        "def f():\n  import compass\ndef g():\n  try:\n    f()\n  except ImportError:\n    pass",
        "",
    ),
    "names made as the module runs": (
        "def f():\n  from dynamic import anything\n  import dynamic",
        "Requires-Dist: dynamic\n",
    ),
    "modules made as the module runs": (
        "def f():\n  import six.moves\n  from six.moves import urllib",
        "Requires-Dist: six\n",
    ),
    "what only another Python has": ("def f():\n  import __pypy__, js", ""),
    "a name in the wrong case, which another rule tells": ("def f():\n  import Almanac", ALMANAC),
    "what is imported when it is run": ("if __name__ == '__main__':\n  import tides", ALMANAC),
    "a part that is there": ("def f():\n  import tides.moon", TIDES),
}
GROUPS = """
    [project]
    name = "sample"
    version = "1"
    [dependency-groups]
    data = ["Compass >= 1"]
    dev = [{ include-group = "data" }]
"""


def failed(missing: str, *frames: tuple[str, int]) -> Outcome:
    """Return what is seen of an import that misses a module."""
    return Outcome(
        loaded=False,
        exit_code=0,
        time_limit=30,
        error="ModuleNotFoundError",
        message=f"No module named {missing!r}",
        missing=missing,
        frames=frames,
    )


def told(findings: list[Finding]) -> list[tuple[str, str | None, int | None]]:
    weighty = [each for each in findings if each.severity is not Severity.INFO]
    return [(each.code, each.file, each.line) for each in weighty]


@pytest.mark.parametrize("way", BROKEN)
def test_an_import_that_is_not_provided_for_is_told_at_its_line(way: str, judged: Judged) -> None:
    source, metadata, code, line = BROKEN[way]
    files = {**INIT, "shop/orders.py": source}
    findings = judged(judge, files, metadata=metadata, installed=INSTALLED)
    assert told(findings) == [(code, "src/shop/orders.py", line)]
    assert findings[0].module == "shop.orders"
    assert findings[0].hint


@pytest.mark.parametrize("way", HARMLESS)
def test_an_import_that_is_provided_for_is_fine(way: str, judged: Judged) -> None:
    source, metadata = HARMLESS[way]
    files = {**INIT, "shop/orders.py": source}
    assert judged(judge, files, metadata=metadata, installed=INSTALLED) == []


@pytest.mark.parametrize(
    ("missing", "options", "code", "words"),
    [
        ("compass", {}, "MW201", "imports compass, which no declared dependency provides"),
        ("yaml", {}, "MW201", "imports yaml"),
        ("compass", {"metadata": EXTRA}, "MW203", "which only the extra `charts` provides"),
        ("compass", {"pyproject": GROUPS}, "MW202", "the dependency group `data`"),
        (
            "compass",
            {"project": {"requirements.txt": "# pinned\ncompass==1 # for now\n-r more.txt"}},
            "MW202",
            "requirements.txt",
        ),
        (
            "compass",
            {"metadata": "Requires-Dist: compass ; sys_platform == 'none-such'\n"},
            "MW201",
            'only under the marker `sys_platform == "none-such"`',
        ),
        ("tides.sun", {"metadata": TIDES}, "MW205", "which tides 1.2 does not have"),
        ("acme.post", {"metadata": "Requires-Dist: acme-mail\n"}, "MW201", "imports acme.post"),
    ],
)
def test_a_failed_import_is_told_with_the_place_that_declares_it(
    missing: str, options: Mapping[str, Any], code: str, words: str, judged: Judged
) -> None:
    files = {**INIT, "shop/orders.py": f"\nimport {missing}"}
    outcomes = {"shop.orders": failed(missing)}
    findings = judged(judge, files, outcomes=outcomes, installed=INSTALLED, **options)
    assert told(findings) == [(code, "src/shop/orders.py", 2)]
    assert words in findings[0].message


@pytest.mark.parametrize(
    ("bound", "told"), [(">=1.2", True), (">1.2,<4", True), (">=3", False), ("", False)]
)
def test_the_hint_names_the_series_before_when_the_project_admits_it(
    bound: str, told: bool, judged: Judged
) -> None:
    (found,) = judged(
        judge,
        {"shop/__init__.py": "", "shop/orders.py": "def f():\n  import tides.sun"},
        metadata=f"Requires-Dist: tides {bound}\n",
        installed={"tides": {"files": {"tides/__init__.py": ""}, "version": "3.4"}},
    )
    assert found.code == "MW205"
    assert ("perhaps tides<2" in found.hint) is told


def test_the_hint_names_the_version_that_first_lacks_a_module(judged: Judged) -> None:
    (found,) = judged(
        judge,
        {"shop.py": "import pkg_resources"},
        metadata="Requires-Dist: setuptools\n",
        installed={"setuptools": {"files": {"setuptools/__init__.py": ""}, "version": "84.2"}},
        outcomes={"shop": failed("pkg_resources")},
    )
    assert found.code == "MW205"
    assert found.hint == "Require setuptools<82, or do without pkg_resources."


def test_the_hint_names_the_import_hook_that_could_have_found_it(judged: Judged) -> None:
    hook = Effect("hook", "TableFinder", file=None, line=None, own=True)
    files = {**INIT, "shop/orders.py": "import prices_table"}
    outcomes = {
        "shop": Outcome(loaded=True, exit_code=0, time_limit=30, effects=(hook,)),
        "shop.orders": failed("prices_table"),
    }
    [found] = judged(judge, files, outcomes=outcomes)
    assert "or let TableFinder find it" in found.hint


def test_the_hint_names_the_distribution_that_is_called_otherwise(judged: Judged) -> None:
    files = {"shop.py": "import yaml"}
    [finding] = judged(judge, files, outcomes={"shop": failed("yaml")})
    assert "PyYAML" in finding.hint


def test_the_hint_names_the_distribution_by_all_of_the_name_where_many_share_its_beginning(
    judged: Judged, tmp_path: Path
) -> None:
    here = str(tmp_path / "environment/lib/site-packages/shop.py")
    files = {"shop.py": "from google.protobuf import descriptor"}
    [finding] = judged(judge, files, outcomes={"shop": failed("google", (here, 1))})
    assert finding.message == "imports google.protobuf, which no declared dependency provides"
    assert finding.hint == "Add protobuf to `dependencies` in pyproject.toml."


def test_the_hint_names_the_distribution_that_a_library_requires_elsewhere(judged: Judged) -> None:
    other: dict[str, Any] = {
        "tides": {
            "files": {"tides.py": ""},
            "requires": ["Drift-Charts>=4 ; python_version < '3'"],
        }
    }
    files, outcomes = {"shop.py": "import drift_charts"}, {"shop": failed("drift_charts")}
    [finding] = judged(judge, files, metadata=TIDES, installed=other, outcomes=outcomes)
    assert finding.hint == "Add Drift-Charts to `dependencies` in pyproject.toml."


@pytest.mark.parametrize(("part", "codes"), [("sample-core", []), ("sampler", ["MW204"])])
def test_what_a_part_of_the_project_requires_that_is_called_after_it_may_be_imported(
    part: str, codes: list[str], judged: Judged
) -> None:
    installed: dict[str, Any] = {
        part: {"files": {"core.py": ""}, "requires": ["tides"]},
        "tides": {"files": {"tides.py": ""}},
    }
    metadata = f"Requires-Dist: {part}\n"
    findings = judged(judge, {"sample.py": "import tides"}, metadata=metadata, installed=installed)
    assert [each.code for each in findings] == codes


def test_a_failed_import_is_told_for_each_module_at_the_line_that_fails(
    judged: Judged, tmp_path: Path
) -> None:
    inner = str(tmp_path / "environment/lib/site-packages/shop/inner.py")
    files = {**INIT, "shop/inner.py": "\nimport compass", "shop/outer.py": "import shop.inner"}
    outer = str(tmp_path / "environment/lib/site-packages/shop/outer.py")
    outcomes = {
        "shop.inner": failed("compass", (inner, 2)),
        "shop.outer": failed("compass", (outer, 1), (inner, 2)),
    }
    findings = judged(judge, files, outcomes=outcomes)
    assert [(each.module, each.file, each.line) for each in findings] == [
        ("shop.inner", "src/shop/inner.py", 2),
        ("shop.outer", "src/shop/inner.py", 2),
    ]


def test_a_dependency_of_python_2_that_another_one_is_called_like_is_not_meant(
    judged: Judged, tmp_path: Path
) -> None:
    other: dict[str, Any] = {"docx": {"files": {"docx.py": "import exceptions"}}}
    site_packages = tmp_path / "environment/lib/site-packages"
    outcome = failed(
        "exceptions", (str(site_packages / "shop.py"), 1), (str(site_packages / "docx.py"), 1)
    )
    options = {"metadata": "Requires-Dist: docx\n", "installed": other}
    [finding] = judged(judge, {"shop.py": "import docx"}, outcomes={"shop": outcome}, **options)
    assert "docx, which needs exceptions, which only" in finding.message
    assert "Depend on python-docx" in finding.hint


def test_a_dependency_that_misses_something_itself_is_named(judged: Judged, tmp_path: Path) -> None:
    site_packages = tmp_path / "environment/lib/site-packages"
    other: dict[str, Any] = {
        "tides": {
            "files": {"tides.py": "import numpy"},
            "requires": ["numpy ; extra == 'fast'"],
        }
    }
    outcome = failed(
        "numpy", (str(site_packages / "shop.py"), 1), (str(site_packages / "tides.py"), 1)
    )
    options = {"metadata": TIDES, "installed": other, "outcomes": {"shop": outcome}}
    [finding] = judged(judge, {"shop.py": "import tides"}, **options)
    assert (finding.code, finding.file, finding.line) == ("MW201", "src/shop.py", 1)
    assert "imports tides, which needs numpy" in finding.message
    assert "tides[fast]" in finding.hint


def test_what_a_dependency_misses_is_asked_for_in_a_version_that_has_it(
    judged: Judged, tmp_path: Path
) -> None:
    site_packages = tmp_path / "environment/lib/site-packages"
    frames = ((str(site_packages / "shop.py"), 1), (str(site_packages / "tides.py"), 1))
    options: dict[str, Any] = {
        "metadata": f"{TIDES}{EXTRA}",
        "installed": {"tides": {"files": {"tides.py": "import pkg_resources"}}},
        "outcomes": {"shop": failed("pkg_resources", *frames)},
    }
    brought = Brought({"setuptools": frozenset({"compass"})}, all_known=True)
    [finding] = judged(judge, {"shop.py": "import tides"}, brought=brought, **options)
    assert (finding.code, finding.severity) == ("MW201", "error")
    assert finding.hint == "Add setuptools<82 to `dependencies` in pyproject.toml."


@pytest.mark.parametrize(
    ("error", "message", "code"),
    [
        ("ImportError", "cannot import name 'ebb' from 'tides' (…)", "MW205"),
        ("AttributeError", "module 'tides' has no attribute 'ebb'", "MW205"),
        ("AttributeError", "module 'tides' has no attribute 'moon'", None),
        ("ImportError", "cannot import name 'nosuch' from 'os' (…)", None),
        ("ImportError", "cannot import name 'nosuch' from 'shop' (…)", None),
        ("ImportError", "cannot import name 'a' from partially initialized module 'tides'", None),
        ("ValueError", "cannot import name 'ebb' from 'tides' (…)", None),
    ],
)
def test_a_name_that_the_installed_version_lacks_is_told_as_that(
    error: str, message: str, code: str | None, judged: Judged
) -> None:
    outcome = Outcome(False, 0, 30, error=error, message=message)
    options = {"metadata": TIDES, "installed": INSTALLED, "outcomes": {"shop": outcome}}
    found = judged(judge, {"shop.py": "import tides"}, **options)
    assert [each.code for each in found] == ([code] if code else [])


@pytest.mark.parametrize(
    "outcome",
    [
        failed("shop.refunds"),
        failed("Almanac"),
        failed("msvcrt"),
        Outcome(False, 0, 30, error="ValueError", message="bad"),
        Outcome(False, 0, 30, error="SystemExit", exits=True),
        Outcome(False, None, 30),
        Outcome(False, -11, 30),
    ],
)
def test_what_no_dependency_is_to_blame_for_is_left_to_others(
    outcome: Outcome, judged: Judged
) -> None:
    options = {"metadata": ALMANAC, "installed": INSTALLED, "outcomes": {"shop.orders": outcome}}
    assert judged(judge, {**INIT, "shop/orders.py": "x = 1"}, **options) == []


def test_a_module_that_is_reached_only_when_its_extra_is_there_is_information(
    judged: Judged,
) -> None:
    guard = "try:\n  from .charts import draw\nexcept ImportError:\n  draw = None"
    files = {"shop/__init__.py": guard, "shop/charts.py": "import compass"}
    options = {"metadata": EXTRA, "outcomes": {"shop.charts": failed("compass")}}
    [finding] = judged(judge, files, **options)
    assert (finding.code, finding.severity) == ("MW203", "info")


def test_a_module_that_is_loaded_by_its_name_when_somebody_asks_is_information(
    judged: Judged,
) -> None:
    files = {
        "shop/__init__.py": "BACKENDS = {'charts': 'shop.backends.charts:Backend'}",
        "shop/backends/__init__.py": "",
        "shop/backends/charts.py": "from .north import NORTH",
        "shop/backends/north.py": "import compass",
    }
    outcomes = {name: failed("compass") for name in ("shop.backends.charts", "shop.backends.north")}
    found = judged(judge, files, metadata=EXTRA, outcomes=outcomes)
    assert [each.severity for each in found] == ["info", "info"]


def test_a_module_that_comes_in_with_the_package_weighs_as_much_as_any(judged: Judged) -> None:
    files = {
        "shop/__init__.py": "BACKENDS = {'charts': 'shop.north'}\nfrom . import north",
        "shop/north.py": "import compass",
    }
    outcomes = {name: failed("compass") for name in ("shop", "shop.north")}
    found = judged(judge, files, metadata=EXTRA, outcomes=outcomes)
    assert [each.severity for each in found] == ["error", "error"]


def test_a_part_of_a_namespace_is_known_by_the_beginning_of_its_distribution(
    judged: Judged,
) -> None:
    metadata = "Provides-Extra: cloud\nRequires-Dist: azure-identity ; extra == 'cloud'\n"
    [finding] = judged(
        judge, {"shop.py": "import azure"}, metadata=metadata, outcomes={"shop": failed("azure")}
    )
    assert finding.code == "MW203"


@pytest.mark.parametrize("name", ["compass_cache", "compass_plugin", "uses"])
def test_a_module_of_any_name_has_to_declare_what_it_uses(name: str, judged: Judged) -> None:
    source = "import compass\nclass CompassCache: ...\ndef from_compass(): ...\n"
    outcomes = {f"shop.{name}": failed("compass")}
    [finding] = judged(judge, {**INIT, f"shop/{name}.py": source}, outcomes=outcomes)
    assert (finding.code, finding.severity) == ("MW201", "error")


PLUGIN = "import compass\nclass Needle(compass.Plugin): ..."
HOOKS = "import compass\n@compass.hook\ndef turn(): ..."


@pytest.mark.parametrize(
    ("name", "source", "front", "severity"),
    [
        ("needle", PLUGIN, "", Severity.INFO),
        ("compass_plugin", HOOKS, "", Severity.INFO),
        ("needle", HOOKS, "", Severity.ERROR),  # a library's decorators are for all who use it
        ("compass_plugin", PLUGIN.replace("compass", "magnet"), "", Severity.ERROR),
        ("compass_plugin", "import compass\nclass CompassPlugin: ...", "", Severity.ERROR),
        ("compass_plugin", PLUGIN, "def f():\n  from shop import compass_plugin", Severity.WARNING),
    ],
)
def test_a_plugin_of_what_it_misses_runs_there(
    name: str, source: str, front: str, severity: Severity, judged: Judged
) -> None:
    files = {"shop/__init__.py": front, f"shop/{name}.py": "import compass\n" + source}
    outcomes = {f"shop.{name}": failed("compass")}
    [finding] = judged(judge, files, outcomes=outcomes)
    assert (finding.code, finding.severity) == ("MW201", severity)
    assert ("only compass loads" in finding.hint) is (severity is Severity.INFO)


def test_what_a_plugin_alone_imports_runs_where_the_plugin_does(judged: Judged) -> None:
    files = {
        **INIT,
        "shop/needle.py": PLUGIN + "\nimport shop.turns",
        "shop/turns.py": "import compass, shop.bends",
        "shop/bends.py": "import compass, shop.turns",
        "shop/north.py": "import compass, shop.south",
        "shop/south.py": "import compass, shop.north",
    }
    names = [name.removesuffix(".py").replace("/", ".") for name in files if name not in INIT]
    found = judged(judge, files, outcomes={name: failed("compass") for name in names})
    assert {each.module: each.severity.value for each in found} == {
        "shop.needle": "info",
        "shop.turns": "info",
        "shop.bends": "info",
        "shop.north": "warning",
        "shop.south": "warning",
    }


def test_a_namespace_in_common_makes_nothing_optional(judged: Judged) -> None:
    files = {"acme/shop/__init__.py": "", "acme/shop/bills.py": "import acme.billing"}
    [finding] = judged(judge, files, outcomes={"acme.shop.bills": failed("acme.billing")})
    assert (finding.code, finding.severity) == ("MW201", "error")


def test_a_module_of_a_browser_cannot_be_judged_here(judged: Judged) -> None:
    [finding] = judged(judge, {"shop.py": "import js"}, outcomes={"shop": failed("js")})
    assert (finding.code, finding.severity) == ("MW201", "info")


@pytest.mark.parametrize(("given", "severity"), [((), "error"), (("nuke",), "info")])
def test_a_module_that_the_project_says_its_host_provides_is_information(
    given: tuple[str, ...], severity: str, judged: Judged
) -> None:
    [finding] = judged(
        judge,
        {"shop.py": "import nuke.rotopaint"},
        outcomes={"shop": failed("nuke.rotopaint")},
        configuration=Configuration(provided_by_host=given),
    )
    assert (finding.code, finding.severity) == ("MW201", severity)


def test_a_distribution_is_known_by_the_modules_that_the_project_says_it_holds(
    judged: Judged,
) -> None:
    names = {"north-tools": ("compass",)}
    extra = "Provides-Extra: maps\nRequires-Dist: north-tools ; extra == 'maps'\n"
    [finding] = judged(
        judge,
        {**INIT, "shop/orders.py": "import compass"},
        metadata=extra,
        outcomes={"shop.orders": failed("compass")},
        configuration=Configuration(package_module_names=names),
    )
    assert finding.code == "MW203"


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("try:\n  import colorama\nexcept ImportError:\n  pass", 2),
        (
            "try:\n  import compass\nexcept ImportError:\n  compass = None\n"
            "def f():\n  if compass is None:\n    raise RuntimeError('get compass')",
            2,
        ),
        (
            "def f():\n  try:\n    import compass\n  except ImportError as e:\n"
            "    raise Sorry from e",
            3,
        ),
    ],
    ids=["with fewer features", "that somebody asks for", "with a message"],
)
def test_what_the_project_is_prepared_for_is_information(
    source: str, line: int, judged: Judged
) -> None:
    [finding] = judged(judge, {"shop.py": source})
    assert (finding.code, finding.severity, finding.line) == ("MW207", "info", line)


@pytest.mark.parametrize(("others", "severity"), [(0, "warning"), (20, "info")])
@pytest.mark.parametrize(
    "source",
    [
        'def read(rows):\n  """Read rows; polars is needed."""\n  import polars',
        'class Rows:\n  def __init__(self, rows):\n    """Take rows of polars."""\n'
        "  def read(self):\n    import polars",
        'def read(rows):\n  """Take a collection of pymongo."""\n  import bson',
        'def read(rows):\n  """Raises ImportError if Plr is not there."""\n  import plrs',
    ],
    ids=["its own", "of another method", "by its distribution", "by what it raises"],
)
def test_a_function_whose_docstring_names_what_it_needs_weighs_less(
    source: str, others: int, severity: str, judged: Judged
) -> None:
    files = {"shop.py": source, **{f"part_{number}.py": "NET = 1" for number in range(others)}}
    [finding] = judged(judge, files)
    assert (finding.code, finding.severity) == ("MW206", severity)


@pytest.mark.parametrize(("others", "severity"), [(0, "error"), (20, "warning")])
def test_a_function_that_alone_of_many_modules_needs_a_library_is_a_warning(
    others: int, severity: str, judged: Judged
) -> None:
    files = {"shop.py": "def read(rows):\n  import plrs"}
    files |= {f"part_{number}.py": "NET = 1" for number in range(others)}
    [finding] = judged(judge, files)
    assert (finding.code, finding.severity) == ("MW206", severity)


@pytest.mark.parametrize(
    ("function", "severity"),
    [("as_plrs", "warning"), ("toPlrs", "warning"), ("to_table", "error"), ("plrs_mean", "error")],
)
def test_a_function_that_is_called_after_what_it_converts_for_is_a_warning(
    function: str, severity: str, judged: Judged
) -> None:
    [finding] = judged(judge, {"shop.py": f"def {function}(rows):\n  import plrs"})
    assert (finding.code, finding.severity) == ("MW206", severity)


@pytest.mark.parametrize(("place", "severity"), [("shop", "info"), ("shop/tests", "error")])
def test_a_function_for_the_library_of_one_of_several_back_ends_is_information(
    place: str, severity: str, judged: Judged
) -> None:
    several = "\n".join(
        f"class {name.title()}Rows:\n  def __init__(self):\n    import {name}"
        for name in ("plrs", "pnds", "vaex")
    )
    files = {"shop/__init__.py": "", f"{place}/back_ends.py": several}
    files |= {"shop/sums.py": "def mean(rows):\n  import plrs"}
    weights = {each.module: each.severity for each in judged(judge, files)}
    assert weights["shop.sums"] == severity


@pytest.mark.parametrize(("place", "severity"), [("examples", "info"), ("orders", "error")])
def test_an_example_does_not_make_a_need_less_rare(
    place: str, severity: str, judged: Judged
) -> None:
    files = {"shop/__init__.py": "", "shop/tomlkit/__init__.py": "import tomlkit"}
    files |= {f"shop/part_{number}.py": "NET = 1" for number in range(20)}
    files |= {f"shop/{place}/__init__.py": "", f"shop/{place}/site.py": "import tomlkit"}
    outcomes = {name: failed("tomlkit") for name in ("shop.tomlkit", f"shop.{place}.site")}
    weights = {each.module: each.severity for each in judged(judge, files, outcomes=outcomes)}
    assert weights["shop.tomlkit"] == severity


@pytest.mark.parametrize(
    ("said", "severity"),
    [
        ("Uses the ``flask`` module.", "info"),
        ("Uses the flask library.", "info"),
        ("Fill a flask with tea.", "warning"),
    ],
)
def test_a_docstring_beside_the_function_shows_that_a_large_project_knows(
    said: str, severity: str, judged: Judged
) -> None:
    site = f'def begin():\n  """{said}"""\ndef go_on():\n  import flask'
    files = {"shop/__init__.py": "from shop import site", "shop/site.py": site}
    files |= {f"shop/part_{number}.py": "NET = 1" for number in range(20)}
    (found,) = judged(judge, files)
    assert (found.code, found.severity) == ("MW206", severity)


def test_all_that_is_imported_from_a_dependency_of_a_dependency_is_one_entry(
    judged: Judged,
) -> None:
    files = {"shop.py": "import tides", "orders.py": "from tides.moon import x"}
    found = judged(judge, files, metadata=ALMANAC, installed=INSTALLED)
    assert len(found) == 2
    assert len({(each.code, each.message) for each in found}) == 1


def test_a_function_of_a_module_that_is_set_apart_is_a_warning(judged: Judged) -> None:
    files = {
        "shop/__init__.py": "from shop import orders, prices",
        "shop/orders.py": "",
        "shop/prices.py": "",
        "shop/more/__init__.py": "",
        "shop/more/extra.py": "def read(rows):\n  import polars",
    }
    [finding] = judged(judge, files)
    assert (finding.code, finding.severity) == ("MW206", "warning")
    assert finding.module == "shop.more.extra"


KNOWN = "try:\n  import compass\nexcept ImportError:\n  compass = None\n"
ASKS = "  try:\n    import compass\n  except ImportError:\n    raise RuntimeError('get compass')\n"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("  import compass\n  x = 1\n  import needle\n", []),
        ("  import needle\n  x = 1\n  import compass\n", []),
        (f"{ASKS}  import needle\n", []),
        ("  if compass is not None:\n    import compass.rose\n    import needle\n", []),
        ("  try:\n    import compass\n  except ImportError:\n    x = 1\n  import needle\n", [10]),
        ("  def f():\n    import compass\n  import needle\n", [8]),
        ("  if x:\n    import json\n  import needle\n", [8]),
    ],
)
def test_what_a_function_imports_beside_what_is_optional_shares_its_fate(
    body: str, told: list[int], judged: Judged
) -> None:
    found = judged(judge, {"shop.py": f"{KNOWN}def turn(x):\n{body}"})
    assert [each.line for each in found if each.code == "MW206"] == told


@pytest.mark.parametrize("name", ["polars_rows", "polars", "read"])
def test_a_function_that_uses_a_library_has_to_declare_it(name: str, judged: Judged) -> None:
    [finding] = judged(judge, {"shop.py": f"def {name}(rows):\n  import polars"})
    assert (finding.code, finding.severity) == ("MW206", "error")


def test_a_test_that_may_be_skipped_may_lack_what_it_needs(judged: Judged) -> None:
    source = (
        "import unittest\n@unittest.skipUnless(have('compass'), 'no compass')\ndef f():\n"
        "  import compass\ndef g(self):\n  with self.assertRaises(ImportError):\n    import magnet"
    )
    found = judged(judge, {"shop.py": source})
    assert {each.severity for each in found} <= {"info"}


def test_what_keeps_a_module_from_importing_is_not_told_of_its_functions(judged: Judged) -> None:
    source = "import compass\ndef f():\n  import compass.needle\n"
    found = judged(judge, {"shop.py": source}, outcomes={"shop": failed("compass")})
    assert [(each.code, each.line) for each in found] == [("MW201", 1)]


def test_a_package_may_make_its_modules_itself(judged: Judged) -> None:
    init = "import sys, types\nsys.modules['shop.made'] = types.ModuleType('shop.made')"
    files = {"shop/__init__.py": init, "shop/far.py": "def f():\n  import shop.made\n"}
    assert judged(judge, files) == []


def test_each_own_module_that_is_missing_is_told(judged: Judged) -> None:
    source = "def f():\n  from shop.one import x\n  from shop.two import y\n"
    found = judged(judge, {**INIT, "shop/far.py": source})
    assert [(each.code, each.line) for each in found] == [("MW206", 2), ("MW206", 3)]


def test_each_missing_distribution_is_told_once_a_module(judged: Judged) -> None:
    source = "def f():\n  import compass.a\ndef g():\n  import compass.b, magnet"
    found = judged(judge, {"shop.py": source})
    assert [(each.line, each.code) for each in found] == [(2, "MW206"), (4, "MW206")]


def test_what_belongs_to_a_declared_product_is_declared(judged: Judged) -> None:
    installed: dict[str, Any] = {
        "tides": {"files": {"tides.py": ""}, "requires": ["tides-core==1.0"]},
        "tides-core": {"files": {"tides_core.py": ""}},
        "bundle": {"requires": ["almanac>=1"]},
        "almanac": {"files": {"almanac.py": ""}},
        "web": {"files": {"web.py": ""}, "requires": ["socks ; extra == 'proxies'"]},
        "socks": {"files": {"socks.py": ""}},
    }
    metadata = "Requires-Dist: tides\nRequires-Dist: bundle\nRequires-Dist: web[proxies]\n"
    source = "import tides_core, almanac, socks"
    assert judged(judge, {"shop.py": source}, metadata=metadata, installed=installed) == []


NEEDED = "try:\n  import magnet\nexcept ImportError as e:\n  raise RuntimeError from e"


# compass requires needle, and that magnet.
BROUGHT = Brought(
    {
        "compass": frozenset({"sample"}),
        "needle": frozenset({"compass"}),
        "magnet": frozenset({"needle", "somebody"}),
    },
    all_known=True,
)


def test_what_an_extra_brings_by_way_of_another_one_is_not_undeclared(judged: Judged) -> None:
    [finding] = judged(judge, {"shop.py": NEEDED}, metadata=EXTRA)
    assert (finding.code, finding.severity, finding.line) == ("MW207", "info", 2)
    options = {"metadata": EXTRA, "brought": BROUGHT}
    assert judged(judge, {"shop.py": NEEDED}, **options) == []
    assert judged(judge, {"shop.py": "def f():\n  import magnet"}, **options) == []


def test_a_module_of_what_an_extra_brings_weighs_as_one_that_it_names(judged: Judged) -> None:
    files = {**INIT, "shop/orders.py": "import magnet"}
    options = {"metadata": EXTRA, "outcomes": {"shop.orders": failed("magnet")}}
    [finding] = judged(judge, files, brought=BROUGHT, **options)
    assert (finding.code, finding.severity) == ("MW203", "warning")
    assert "is installed only with compass, from the extra `charts`" in finding.message


@pytest.mark.parametrize(("version", "codes"), [((3, 6), []), ((3, 12), ["MW207"])])
def test_what_no_admitted_python_comes_to_is_not_an_option(
    version: tuple[int, int], codes: list[str], judged: Judged
) -> None:
    tried = "try:\n    import magnet\n  except ImportError as e:\n    raise RuntimeError from e"
    source = f"import sys\nif sys.version_info[:2] == {version}:\n  {tried}"
    metadata = f"Requires-Python: >=3.10\n{EXTRA}"
    options = {"metadata": metadata, "brought": Brought({}, all_known=True)}
    assert [each.code for each in judged(judge, {"shop.py": source}, **options)] == codes


def test_nothing_is_said_of_extras_that_nobody_can_resolve(judged: Judged) -> None:
    nobody_knows = Brought({}, all_known=False)
    assert judged(judge, {"shop.py": NEEDED}, metadata=EXTRA, brought=nobody_knows) == []


@pytest.mark.parametrize(
    ("source", "asked"),
    [
        (NEEDED, True),
        ("def f():\n  import magnet", True),
        ("import json", False),
        ("try:\n  import compass\nexcept ImportError:\n  raise", False),
        ("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n  import magnet", False),
        ("from ...above import magnet", False),
    ],
)
def test_extras_are_resolved_only_for_what_is_missing_and_not_named(
    source: str, asked: bool, evidence_of: EvidenceOf
) -> None:
    evidence = evidence_of({"shop.py": source}, metadata=EXTRA)
    assert (BroughtByExtras(("charts",)) in questions(evidence)) == asked


def test_who_brings_something_is_who_is_asked_to(judged: Judged) -> None:
    installed: dict[str, Any] = {
        "auth": {"requires": ["pool ; extra == 'sessions'"], "files": {"auth.py": ""}},
        "client": {"requires": ["pool>=1"], "files": {"client.py": ""}},
        "store": {"requires": ["pool", "auth"], "files": {"store.py": ""}},
        "pool": {"files": {"pool.py": ""}},
    }
    metadata = "".join(f"Requires-Dist: {name}\n" for name in ("auth", "client", "store"))
    options = {"metadata": metadata, "installed": installed}
    [finding] = judged(judge, {"shop.py": "import pool"}, **options)
    assert "from pool, which is installed only because client and store depend on it" in (
        finding.message
    )
    options["metadata"] = "Requires-Dist: store==1\n"
    assert judged(judge, {"shop.py": "import pool"}, **options) == []
    options["metadata"] = "Requires-Dist: auth[sessions]\nRequires-Dist: nobody\n"
    assert judged(judge, {"shop.py": "import pool"}, **options) == []


TRIED = """
try:
  import compass
  READY = True
except ImportError:
  compass = None
else:
  from shop.drawn import Drawn
"""
# What a module says, and what its import raises at its second line.
HANDED_ON = {
    "a name that is not there": (
        "\nfrom shop.compat import compass",
        "ImportError",
        "cannot import name 'compass' from 'shop.compat' (…)",
    ),
    "a flag that is not there": (
        "\nfrom shop.compat import READY",
        "ImportError",
        "cannot import name 'READY' from 'shop.compat' (…)",
    ),
    "a name that another module hands on": (
        "\nfrom shop.handed import compass",
        "ImportError",
        "cannot import name 'compass' from 'shop.handed' (…)",
    ),
    "an attribute that is not there": (
        "from shop import compat\ncompat.compass",
        "AttributeError",
        "module 'shop.compat' has no attribute 'compass'",
    ),
    "None": (
        "from shop.compat import compass\nclass A(compass.Needle): ...",
        "AttributeError",
        "'NoneType' object has no attribute 'Needle'",
    ),
    "a name that is there only if all went well": (
        "\nfrom shop.compat import Drawn",
        "ImportError",
        "cannot import name 'Drawn' from 'shop.compat' (compat.py)",
    ),
    "a refusal of its own": (
        "from shop.compat import READY\nif not READY: raise Sorry",
        "Sorry",
        "get shop[charts]",
    ),
}


@pytest.mark.parametrize("way", HANDED_ON)
def test_a_name_through_a_compat_module_weighs_as_what_it_stands_for(
    way: str, judged: Judged, tmp_path: Path
) -> None:
    source, error, message = HANDED_ON[way]
    file = str(tmp_path / "environment/lib/site-packages/shop/needle.py")
    outcome = Outcome(False, 0, 30, error=error, message=message, frames=((file, 2),))
    files = {
        **INIT,
        "shop/compat.py": TRIED,
        "shop/handed.py": "from shop.compat import compass",
        "shop/drawn.py": "class Drawn: ...",
        "shop/needle.py": source,
    }
    options = {"metadata": EXTRA, "outcomes": {"shop.needle": outcome}}
    [finding] = [each for each in judged(judge, files, **options) if each.code != "MW207"]
    assert (finding.code, finding.severity, finding.line) == ("MW203", "info", 2)
    assert "compass through shop.compat" in finding.message


@pytest.mark.parametrize("source", ["\nfrom shop.compat import nosuch", "\nNONE.needle"])
def test_a_name_that_nobody_has_tried_to_import_is_the_projects_own(
    source: str, judged: Judged, tmp_path: Path
) -> None:
    file = str(tmp_path / "environment/lib/site-packages/shop/needle.py")
    said = ("ImportError", "cannot import name 'nosuch' from 'shop.compat' (…)")
    if "NONE" in source:
        said = ("AttributeError", "'NoneType' object has no attribute 'needle'")
    outcome = Outcome(False, 0, 30, error=said[0], message=said[1], frames=((file, 2),))
    files = {**INIT, "shop/compat.py": TRIED, "shop/needle.py": source}
    assert judged(judge, files, metadata=EXTRA, outcomes={"shop.needle": outcome}) == []


BACKPORT = "import sys\nif sys.version_info >= (3, {}):\n  import json\nelse:\n  import backport"
ADMITS = "Requires-Python: >=3.10\n"


def test_a_backport_that_nobody_declares_is_told_whichever_python_runs(judged: Judged) -> None:
    files = {"shop.py": BACKPORT.format(11)}
    [finding] = judged(judge, files, metadata=ADMITS)
    assert (finding.code, finding.severity, finding.line) == ("MW201", "error", 5)
    assert "on Python 3.10, which requires-python admits" in finding.message


@pytest.mark.parametrize(
    ("source", "metadata"),
    [
        (BACKPORT.format(10), ADMITS),
        (BACKPORT.format(11), ""),
        (BACKPORT.format(11), f"{ADMITS}Requires-Dist: backport; python_version < '3.11'\n"),
        (BACKPORT.format(11), f"{ADMITS}Requires-Dist: almanac\n"),
        (BACKPORT.format(11).replace(">= (3, 11)", ">= CHOSEN"), ADMITS),
        (BACKPORT.format(11).replace("):", ") and more():"), ADMITS),
    ],
)
def test_a_backport_that_may_be_there_is_fine(source: str, metadata: str, judged: Judged) -> None:
    installed: dict[str, Any] = {
        "almanac": {"files": {"almanac.py": ""}, "requires": ["backport; python_version < '3.11'"]}
    }
    options = {"metadata": metadata, "installed": installed}
    assert [each.code for each in judged(judge, {"shop.py": source}, **options)] == []


def test_a_wheel_alone_is_judged_by_its_metadata(judged: Judged) -> None:
    files = {"shop.py": "import compass"}
    options = {"metadata": EXTRA, "only_wheel": True, "outcomes": {"shop": failed("compass")}}
    assert told(judged(judge, files, **options)) == [("MW203", "shop.py", 1)]


def test_what_a_library_says_of_a_name_is_told_once_and_with_the_bound(judged: Judged) -> None:
    library = {"pedantic": {"version": "2.3", "files": {"pedantic/__init__.py": ""}}}
    raised = ("raises", "BaseSettings", "MovedError", "it has been moved to another package", ())
    question = HasAttributes("pedantic", ("BaseSettings",))
    answers = {question: Trial((("loaded",), raised), 0, 30)}
    files = {
        "shop/__init__.py": "",
        "shop/later.py": "def read():\n    from pedantic import BaseSettings\n    return 1\n",
    }
    metadata = "Requires-Dist: pedantic\n"
    options = {"installed": library, "metadata": metadata, "answers": answers}
    (found,) = judged(judge, files, **options)
    assert (found.code, found.line) == ("MW205", 2)
    assert "it has been moved to another package" in found.message
    assert "perhaps pedantic<2" in found.hint
