"""What real packages do on purpose weighs less than a defect, or nothing at all."""

from dataclasses import replace
from pathlib import Path

import pytest

from modwright_check.model.import_result import Failure, Outcome, Unresolved
from modwright_check.model.report import Severity
from modwright_check.rules import (
    dependencies,
    double_imports,
    exports,
    imports,
    platforms,
    stubs,
    versions,
)
from modwright_check.rules import misplaced_imports as structure_rule
from tests.checker.rules.conftest import LOADED, EvidenceOf, Judged
from tests.checker.rules.test_dependencies import failed

EXTRA = "Provides-Extra: maps\nRequires-Dist: compass ; extra == 'maps'\n"
INIT = {"shop/__init__.py": ""}


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    return tmp_path / "environment" / "lib" / "site-packages"


@pytest.mark.parametrize(
    ("name", "source", "metadata", "severity"),
    [
        ("shop.tests.test_orders", "import compass", "", Severity.INFO),
        ("shop.conftest", "import compass", "", Severity.INFO),
        ("shop.testing", "import pytest", "", Severity.WARNING),
        ("shop.orders", "import compass", EXTRA, Severity.WARNING),
        ("shop.contrib.compass", "import compass", "", Severity.ERROR),
        ("shop.orders", "import compass", "", Severity.ERROR),
        ("shop.benchmarks.speed", "import compass", "", Severity.INFO),
        ("shop.benchmarks", "import compass", "", Severity.ERROR),
    ],
)
def test_a_part_that_some_have_use_for_weighs_less(
    name: str, source: str, metadata: str, severity: Severity, judged: Judged
) -> None:
    path = f"{name.replace('.', '/')}.py"
    missing = source.splitlines()[0].removeprefix("import ")
    outcomes = {name: failed(missing)}
    found = judged(dependencies.judge, {**INIT, path: source}, metadata=metadata, outcomes=outcomes)
    assert [each.severity for each in found] == [severity]


WITH_TIDES = """\
from shop import core
from shop.orders import setting
TIDES = {}
def sail():
    if not TIDES:
        raise ValueError("built without tides")
    import compass
"""


@pytest.mark.parametrize(
    ("value", "severity"),
    [
        ("core.options().tides", Severity.INFO),
        ("setting().tides", Severity.WARNING),
        ("core", Severity.ERROR),
    ],
)
def test_what_the_project_was_built_with_is_there_where_it_was_built(
    value: str, severity: Severity, judged: Judged
) -> None:
    files = {
        "shop/__init__.py": "import shop.sails",
        "shop/sails.py": WITH_TIDES.format(value),
        "shop/orders.py": "def setting(): ...",
        "shop/core.cpython-311-x86_64-linux-gnu.so": "",
    }
    [finding] = judged(dependencies.judge, files)
    assert (finding.code, finding.severity) == ("MW206", severity)


TRIES = "def {}(argv):\n    import compass\n"


@pytest.mark.parametrize(
    ("source", "front", "severity"),
    [
        (TRIES.format("main"), "import shop.orders", Severity.INFO),
        (TRIES.format("_try"), "import shop.orders", Severity.INFO),
        (TRIES.format("north"), "import shop.orders", Severity.ERROR),  # for users
        (TRIES.format("__getattr__"), "import shop.orders", Severity.ERROR),
        ("@command\n" + TRIES.format("main"), "import shop.orders", Severity.ERROR),
        (TRIES.format("_try") + "try_it = _try", "import shop.orders", Severity.ERROR),
        (TRIES.format("main"), "from shop.orders import main", Severity.ERROR),
        (TRIES.format("main"), "from shop import orders as o\no.main([])", Severity.ERROR),
        (TRIES.format("main"), "RUN = 'shop.orders:main'", Severity.WARNING),  # on demand
    ],
)
def test_a_function_that_is_for_nobody_and_that_nothing_calls_weighs_nothing(
    source: str, front: str, severity: Severity, judged: Judged
) -> None:
    files = {"shop/__init__.py": front, "shop/orders.py": source}
    [finding] = judged(dependencies.judge, files)
    assert (finding.code, finding.severity) == ("MW206", severity)


def test_a_main_that_an_entry_point_names_is_called(judged: Judged) -> None:
    files = {"shop/__init__.py": "import shop.orders", "shop/orders.py": TRIES.format("main")}
    points = "[console_scripts]\nshop = shop.orders:main\n"
    [finding] = judged(dependencies.judge, files, entry_points=points)
    assert (finding.code, finding.severity) == ("MW206", Severity.ERROR)


@pytest.mark.parametrize(("metadata", "severity"), [("", Severity.WARNING), (EXTRA, Severity.INFO)])
def test_a_part_that_is_set_apart_from_what_the_package_reaches_weighs_less(
    metadata: str, severity: Severity, judged: Judged
) -> None:
    files = {
        "shop/__init__.py": "from shop import orders",
        "shop/orders.py": "def price():\n    from shop import prices",
        "shop/prices.py": "",
        "shop/plugins/__init__.py": "",
        "shop/plugins/maps.py": "import compass",
    }
    outcomes = {"shop.plugins.maps": failed("compass")}
    found = judged(dependencies.judge, files, metadata=metadata, outcomes=outcomes)
    assert [each.severity for each in found] == [severity]


@pytest.mark.parametrize(
    ("name", "severity"), [("client", Severity.ERROR), ("_plugin", Severity.INFO)]
)
def test_a_module_that_nothing_leads_to_yet_is_as_new_as_its_neighbours_unless_it_is_private(
    name: str, severity: Severity, judged: Judged
) -> None:
    files = {
        "shop/__init__.py": "from shop import orders, prices",
        "shop/orders.py": "",
        "shop/prices.py": "",
        f"shop/{name}.py": "import compass",
    }
    found = judged(dependencies.judge, files, outcomes={f"shop.{name}": failed("compass")})
    assert [each.severity for each in found] == [severity]


MANY = {f"shop/part_{number}.py": "NET = 1" for number in range(24)}
FEW = {f"shop/part_{number}.py": "NET = 1" for number in range(4)}


@pytest.mark.parametrize(
    ("others", "metadata", "severity"),
    [
        (FEW, EXTRA, Severity.INFO),
        ({}, EXTRA, Severity.WARNING),
        (FEW, EXTRA.replace("maps", "dev"), Severity.WARNING),
        (FEW, "Requires-Dist: compass ; sys_platform == 'none-such'\n", Severity.WARNING),
    ],
    ids=["an extra", "of the whole project", "for developers", "elsewhere"],
)
def test_a_module_for_those_who_have_an_extra_is_information_where_most_do_without(
    others: dict[str, str], metadata: str, severity: Severity, judged: Judged
) -> None:
    files = {**INIT, **others, "shop/orders.py": "import compass"}
    outcomes = {"shop.orders": failed("compass")}
    found = judged(dependencies.judge, files, metadata=metadata, outcomes=outcomes)
    assert [each.severity for each in found] == [severity]


def test_what_imports_a_module_of_an_extra_is_not_itself_for_those_who_have_it(
    judged: Judged, installed: Path
) -> None:
    frames = ((str(installed / "shop/drawn.py"), 1),)
    files = {**INIT, **FEW, "shop/drawn.py": "import compass", "shop/cli.py": "import shop.drawn"}
    outcomes = {f"shop.{name}": failed("compass", *frames) for name in ("drawn", "cli")}
    found = judged(dependencies.judge, files, metadata=EXTRA, outcomes=outcomes)
    weights = {each.module: each.severity for each in found}
    assert weights == {"shop.drawn": Severity.INFO, "shop.cli": Severity.WARNING}


def test_most_do_without_an_extra_where_others_fail_for_another_reason(judged: Judged) -> None:
    drawn = {f"shop/drawn_{number}.py": "import tides" for number in range(4)}
    files = {**INIT, **drawn, "shop/orders.py": "import compass", "shop/prices.py": "NET = 1"}
    outcomes = {path[:-3].replace("/", "."): failed("tides") for path in drawn}
    outcomes["shop.orders"] = failed("compass")
    metadata = f"{EXTRA}Requires-Dist: tides ; extra == 'maps'\n"
    found = judged(dependencies.judge, files, metadata=metadata, outcomes=outcomes)
    weights = {each.module: each.severity for each in found}
    assert weights["shop.orders"] is Severity.INFO
    assert weights["shop.drawn_1"] is Severity.WARNING


def test_an_extra_that_is_called_like_the_module_is_for_it_whatever_it_brings(
    judged: Judged,
) -> None:
    files = {
        **INIT,
        **FEW,
        "shop/stores/__init__.py": "",
        "shop/stores/sea_charts.py": "import compass",
        "shop/sold.py": "class SeaCharts:\n    def draw(self):\n        import compass",
    }
    metadata = "Provides-Extra: sea-charts\nRequires-Dist: almanac ; extra == 'sea-charts'\n"
    outcomes = {"shop.stores.sea_charts": failed("compass")}
    [found] = judged(dependencies.judge, files, metadata=metadata, outcomes=outcomes)
    assert (found.code, found.severity) == ("MW203", Severity.INFO)
    assert "which comes with the extra `sea-charts`, if with anything" in found.message


@pytest.mark.parametrize(
    ("library", "others", "source", "severity"),
    [
        ("compass", MANY, "import compass", Severity.INFO),
        (
            "compass",
            {**MANY, "shop/tests/test_maps.py": "import shop.maps"},
            "import compass",
            Severity.ERROR,
        ),
        ("compass", FEW, '"""Maps, by compass."""\nimport compass', Severity.ERROR),
        (
            "compass",
            {**MANY, "shop/part_0.py": "import shop.maps"},
            "import compass",
            Severity.ERROR,
        ),
    ],
    ids=["rare", "tested", "of a small project", "of a module that imports"],
)
def test_one_of_many_that_no_other_leads_to_is_an_exception(
    library: str, others: dict[str, str], source: str, severity: Severity, judged: Judged
) -> None:
    files = {**INIT, **others, "shop/maps.py": source}
    found = judged(dependencies.judge, files, outcomes={"shop.maps": failed(library)})
    assert [each.severity for each in found] == [severity]


@pytest.mark.parametrize(("others", "severity"), [(FEW, "warning"), (MANY, "info")])
@pytest.mark.parametrize(
    "about",
    [
        {"shop/maps.py": '"""Maps, by compass."""\nimport compass'},
        {"shop/compass_maps.py": "import compass"},
        {
            "shop/maps.py": "import compass",
            "shop/part_0.py": "try:\n  import compass\nexcept ImportError:\n  compass = None",
        },
    ],
    ids=["in its docstring", "by its name", "under a guard"],
)
def test_what_a_large_project_says_of_a_library_that_it_loads_on_demand_is_information(
    about: dict[str, str], others: dict[str, str], severity: str, judged: Judged
) -> None:
    path, *_ = about
    name = path.removesuffix(".py").rpartition("/")[2]
    files = {"shop/__init__.py": f"def draw():\n    from shop import {name}", **others, **about}
    found = judged(dependencies.judge, files, outcomes={f"shop.{name}": failed("compass")})
    assert [each.severity for each in found if each.code == "MW201"] == [severity]


@pytest.mark.parametrize(
    ("how", "severity"),
    [
        ("try:\n    from shop import maps\nexcept ImportError:\n    maps = None", Severity.INFO),
        ("def draw():\n    from shop import maps", Severity.WARNING),
        ("from shop import maps", Severity.ERROR),
    ],
)
def test_a_module_that_others_are_prepared_to_miss_is_information(
    how: str, severity: Severity, judged: Judged
) -> None:
    files = {
        "shop/__init__.py": "from shop import orders",
        "shop/orders.py": how,
        "shop/maps.py": "import shop.north",
        "shop/north.py": "import compass",
    }
    outcomes = {f"shop.{name}": failed("compass") for name in ("maps", "north")}
    if severity is Severity.ERROR:
        outcomes |= {"shop": failed("compass"), "shop.orders": failed("compass")}
    found = judged(dependencies.judge, files, outcomes=outcomes)
    assert {each.severity for each in found} == {severity}


@pytest.mark.parametrize(
    ("modules", "severity"),
    [
        (("django_client", "flask_client", "httpx_client"), Severity.INFO),
        (("django_client", "flask_client"), Severity.ERROR),
        (("pages", "forms", "calls"), Severity.ERROR),
    ],
    ids=["several", "two", "of other names"],
)
def test_siblings_that_are_each_named_after_their_library_are_made_for_it(
    modules: tuple[str, ...], severity: Severity, judged: Judged
) -> None:
    libraries = dict(zip(modules, ("django", "flask", "httpx"), strict=False))
    files = {
        **INIT,
        "shop/web/__init__.py": "",
        **{f"shop/web/{name}.py": f"import {library}" for name, library in libraries.items()},
    }
    outcomes = {f"shop.web.{name}": failed(library) for name, library in libraries.items()}
    found = judged(dependencies.judge, files, outcomes=outcomes)
    assert {each.severity for each in found} == {severity}


def test_functions_that_are_each_named_after_their_library_are_made_for_it(
    judged: Judged,
) -> None:
    source = "\n".join(
        f"def from_{name}(rows):\n    import {name}" for name in ("polars", "pandas", "vaex")
    )
    found = judged(dependencies.judge, {"shop.py": source})
    assert [(each.code, each.severity) for each in found] == 3 * [("MW206", Severity.INFO)]


@pytest.mark.parametrize(("others", "severity"), [(FEW, Severity.ERROR), (MANY, Severity.INFO)])
def test_a_function_that_is_named_after_its_library_weighs_less_in_a_large_project(
    others: dict[str, str], severity: Severity, judged: Judged
) -> None:
    files = {**INIT, **others, "shop/__init__.py": "def vaex_rows(rows):\n    import vaex"}
    found = judged(dependencies.judge, files)
    assert [each.severity for each in found] == [severity]


@pytest.mark.parametrize(
    "named",
    [
        "PREFIX = 'shop.stores.'",
        "def load(name): return import_module(f'shop.stores.{name}')",
        "STORES = {'north': 'shop.stores.north.North'}",
        "STORES = lazy({'north': '.stores.north'})",
        "def load(name): return import_module('.stores.' + name, __name__)",
        "def load(name): return import_module(f'.stores.{name}', __package__)",
        "def load(name): return import_module(f'{__name__}.stores.{name}')",
    ],
)
def test_a_module_that_a_text_leads_to_is_loaded_on_demand(named: str, judged: Judged) -> None:
    files = {
        "shop/__init__.py": named,
        "shop/stores/__init__.py": "",
        "shop/stores/north.py": "import compass",
    }
    found = judged(dependencies.judge, files, outcomes={"shop.stores.north": failed("compass")})
    assert [each.severity for each in found] == [Severity.WARNING]


@pytest.mark.parametrize(
    ("named", "severity"),
    [
        ("import_module('.' + name, __name__)", Severity.WARNING),
        ("import_module(f'{__name__}.{name}')", Severity.WARNING),
        ("import_module('._' + name, __name__)", Severity.ERROR),
        ("import_module(f'{__name__}._{name}')", Severity.ERROR),
        ("import_module('..' + name, __name__)", Severity.ERROR),
        ("name.split('.')", Severity.ERROR),
    ],
)
def test_a_name_that_is_put_together_leads_to_what_begins_like_it(
    named: str, severity: Severity, judged: Judged
) -> None:
    files = {
        "shop/__init__.py": "",
        "shop/stores/__init__.py": f"def load(name): return {named}",
        "shop/stores/north.py": "import compass",
    }
    found = judged(dependencies.judge, files, outcomes={"shop.stores.north": failed("compass")})
    assert [each.severity for each in found] == [severity]


def test_a_large_package_beside_what_is_reached_is_set_apart(judged: Judged) -> None:
    files = {
        "shop/__init__.py": "from shop import orders, prices",
        **{f"shop/{name}.py": "" for name in ("orders", "prices")},
        "shop/reports/__init__.py": "",
        **{f"shop/reports/run_{number}.py": "import compass" for number in range(6)},
    }
    outcomes = {f"shop.reports.run_{number}": failed("compass") for number in range(6)}
    found = judged(dependencies.judge, files, outcomes=outcomes)
    assert {each.severity for each in found} == {Severity.WARNING}


def test_a_refusal_is_information_where_most_modules_do_without(
    judged: Judged, installed: Path
) -> None:
    source = "def f():\n    raise ImportError('no backend')\nf()"
    frames = ((str(installed / "shop/orders.py"), 2),)
    outcomes = {"shop.orders": Outcome(False, 0, 30, error="ImportError", frames=frames)}
    files = {**INIT, **FEW, "shop/orders.py": source}
    found = judged(imports.judge, files, outcomes=outcomes)
    assert [(each.code, each.severity) for each in found] == [("MW101", Severity.INFO)]


@pytest.mark.parametrize(
    ("message", "severity"),
    [("moved to shop.part_1", Severity.INFO), ("moved to shop.nowhere", Severity.ERROR)],
)
def test_a_module_that_says_where_it_has_moved_is_information(
    message: str, severity: Severity, judged: Judged, installed: Path
) -> None:
    frames = ((str(installed / "shop/maps.py"), 2),)
    outcome = Outcome(False, 0, 30, error="ImportError", message=message, frames=frames)
    files = {**INIT, **FEW, "shop/maps.py": f"NET = 2\nraise ImportError({message!r})"}
    outcomes = {"shop.part_1": LOADED, "shop": LOADED, "shop.maps": outcome}
    found = judged(imports.judge, files, outcomes=outcomes)
    assert [(each.code, each.severity) for each in found] == [("MW101", severity)]


def test_a_refusal_among_adapters_is_information_however_many_fail(
    judged: Judged, installed: Path
) -> None:
    source = "try:\n    X = 1 / 0\nexcept ArithmeticError:\n    raise ImportError"
    libraries = ("django", "flask", "httpx")
    files = {
        **INIT,
        "shop/web/__init__.py": "",
        "shop/web/calls.py": source,
        **{f"shop/web/{library}.py": f"import {library}" for library in libraries},
    }
    frames = ((str(installed / "shop/web/calls.py"), 4),)
    outcomes = {f"shop.web.{library}": failed(library) for library in libraries}
    outcomes["shop.web.calls"] = Outcome(False, 0, 30, error="ImportError", frames=frames)
    found = judged(imports.judge, files, outcomes=outcomes)
    weights = {each.module: each.severity for each in found}
    assert weights["shop.web.calls"] is Severity.INFO


@pytest.mark.parametrize(
    ("name", "severity"), [("_FROZEN", Severity.INFO), ("platfrom", Severity.ERROR)]
)
def test_a_private_name_that_python_lacks_is_set_by_a_program_around_it(
    name: str, severity: Severity, judged: Judged
) -> None:
    message = f"module 'sys' has no attribute '{name}'"
    outcome = Outcome(False, 0, 30, error="AttributeError", message=message)
    files = {**INIT, "shop/hook.py": f"import sys\nsys.{name}"}
    found = judged(imports.judge, files, outcomes={"shop.hook": outcome})
    assert [(each.code, each.severity) for each in found] == [("MW101", severity)]


@pytest.mark.parametrize(("entry", "told"), [("maps", 0), ("charts", 1)])
def test_a_submodule_in_all_that_cannot_be_imported_is_told_as_that(
    entry: str, told: int, judged: Judged
) -> None:
    missed = Unresolved("__all__", entry, Failure("AttributeError", entry, None, None, ()))
    files = {"shop/__init__.py": f"__all__ = [{entry!r}]", "shop/maps.py": "import compass"}
    outcomes = {"shop": Outcome(True, 0, 30, unresolved=(missed,)), "shop.maps": failed("compass")}
    assert len(judged(exports.judge, files, outcomes=outcomes)) == told


@pytest.mark.parametrize(
    ("message", "severity"),
    [("Compass is not installed", Severity.INFO), ("prices are not there", Severity.ERROR)],
)
def test_an_exception_that_names_what_is_missing_is_a_refusal(
    message: str, severity: Severity, judged: Judged, installed: Path
) -> None:
    source = f"try:\n    import shop.maps\nexcept OSError:\n    raise RuntimeError({message!r})\n"
    frames = ((str(installed / "shop/orders.py"), 4),)
    outcome = Outcome(False, 0, 30, error="RuntimeError", message=message, frames=frames)
    maps = "def draw():\n    import compass"
    files = {**INIT, **FEW, "shop/orders.py": source, "shop/maps.py": maps}
    found = judged(imports.judge, files, outcomes={"shop.orders": outcome})
    assert [(each.code, each.severity) for each in found] == [("MW101", severity)]


@pytest.mark.parametrize(
    ("name", "severity"), [("shop.tests.program", Severity.INFO), ("shop.program", Severity.ERROR)]
)
def test_a_program_among_the_tests_may_run_for_ever(
    name: str, severity: Severity, judged: Judged
) -> None:
    files = {**INIT, f"{name.replace('.', '/')}.py": "while True: pass"}
    outcomes = {name: Outcome(loaded=False, exit_code=None, time_limit=30)}
    found = judged(imports.judge, files, outcomes=outcomes)
    assert [(each.code, each.severity) for each in found] == [("MW104", severity)]


@pytest.mark.parametrize(
    ("name", "severity"),
    [
        ("shop.tests.test_orders", Severity.INFO),
        ("shop.testing", Severity.WARNING),
        ("shop.orders", Severity.ERROR),
    ],
)
def test_what_a_test_raises_is_for_those_who_run_it(
    name: str, severity: Severity, judged: Judged
) -> None:
    files = {**INIT, f"{name.replace('.', '/')}.py": "import shop"}
    outcomes = {name: Outcome(False, 0, 30, error="AttributeError", message="no suite is set")}
    found = judged(imports.judge, files, outcomes=outcomes)
    assert [each.severity for each in found] == [severity]


@pytest.mark.parametrize(
    ("entry_points", "severity"),
    [
        ("", Severity.WARNING),
        ("[console_scripts]\nshop = shop.terminal.cli:main\n", Severity.ERROR),
    ],
)
def test_what_an_entry_point_leads_to_is_not_set_apart(
    entry_points: str, severity: Severity, judged: Judged
) -> None:
    files = {
        "shop/__init__.py": "from shop import orders, prices",
        **{f"shop/{name}.py": "" for name in ("orders", "prices")},
        "shop/terminal/__init__.py": "",
        "shop/terminal/cli.py": "import compass",
    }
    found = judged(
        dependencies.judge,
        files,
        entry_points=entry_points,
        outcomes={"shop.terminal.cli": failed("compass")},
    )
    assert [each.severity for each in found] == [severity]


def test_what_a_test_imports_is_not_reached_by_that(judged: Judged) -> None:
    files = {
        "shop/__init__.py": "BACKENDS = {'north': 'shop.north:Backend'}",
        "shop/north.py": "import compass",
        "shop/tests/__init__.py": "",
        "shop/tests/test_north.py": "import shop.north",
    }
    [found] = judged(
        dependencies.judge, files, metadata=EXTRA, outcomes={"shop.north": failed("compass")}
    )
    assert (found.code, found.severity) == ("MW203", Severity.INFO)


@pytest.mark.parametrize(
    "files",
    [
        {
            "shop/orders.py": "def price():\n    from shop.maps import north",
            "shop/maps.py": "import compass",
            "shop/charts/__init__.py": "",
            "shop/charts/drawn.py": "import shop.maps",
        },
        {
            "shop/orders.py": "def price():\n    from shop.maps._north import north",
            "shop/maps/__init__.py": "from shop.maps._north import north",
            "shop/maps/_north.py": "import compass",
        },
    ],
    ids=["by what is set apart", "by the package around it"],
)
def test_what_is_asked_for_is_not_always_reached(files: dict[str, str], judged: Judged) -> None:
    files = {"shop/__init__.py": "from shop import orders", **files}
    names = {name.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for name in files}
    outcomes = {name: failed("compass") for name in names - {"shop", "shop.orders", "shop.charts"}}
    found = judged(dependencies.judge, files, metadata=EXTRA, outcomes=outcomes)
    assert {each.severity for each in found if each.module in outcomes} == {Severity.INFO}


def test_what_is_asked_for_weighs_less_also_where_nobody_declares_what_it_needs(
    judged: Judged,
) -> None:
    files = {
        "shop/__init__.py": "BACKENDS = {'north': 'shop.north:Backend'}",
        "shop/north.py": "import compass",
    }
    [found] = judged(dependencies.judge, files, outcomes={"shop.north": failed("compass")})
    assert (found.code, found.severity) == ("MW201", Severity.WARNING)


def test_a_part_without_which_the_package_does_not_import_is_not_an_option(judged: Judged) -> None:
    files = {
        "shop/__init__.py": "import shop.compass_maps",
        "shop/compass_maps.py": "import compass",
    }
    outcomes = {"shop": failed("compass"), "shop.compass_maps": failed("compass")}
    found = judged(dependencies.judge, files, metadata=EXTRA, outcomes=outcomes)
    assert {each.severity for each in found} == {Severity.ERROR}


def test_a_plugin_of_the_very_program_that_is_missing_is_information(judged: Judged) -> None:
    found = judged(
        dependencies.judge,
        {**INIT, "shop/plugin.py": "import pytest"},
        entry_points="[pytest11]\nshop = shop.plugin\n",
        outcomes={"shop.plugin": failed("pytest")},
    )
    assert [(each.code, each.severity) for each in found] == [("MW201", Severity.INFO)]


@pytest.mark.parametrize(
    ("metadata", "code", "severity"),
    [(EXTRA, "MW203", Severity.INFO), ("", "MW201", Severity.WARNING)],
)
def test_an_exception_of_the_projects_own_is_traced_to_the_import_that_has_failed(
    metadata: str, code: str, severity: Severity, judged: Judged, installed: Path
) -> None:
    source = "try:\n    import compass\nexcept ImportError:\n    raise RuntimeError('get maps')\n"
    outcome = Outcome(
        False,
        0,
        30,
        error="RuntimeError",
        message="get maps",
        frames=((str(installed / "shop/orders.py"), 4),),
    )
    files = {**INIT, "shop/orders.py": source}
    found = judged(dependencies.judge, files, metadata=metadata, outcomes={"shop.orders": outcome})
    at_line = [each for each in found if each.line == 4]
    assert [(each.code, each.severity) for each in at_line] == [(code, severity)]


@pytest.mark.parametrize(
    ("source", "severity"),
    [
        ("raise ImportError('moved')", Severity.ERROR),
        (
            "X = 1\nif X:\n    raise ImportError('not with this')",
            Severity.WARNING,
        ),
        ("def f():\n    raise ImportError('no backend')\nf()", Severity.WARNING),
        ("try:\n    X = 1 / 0\nexcept ArithmeticError:\n    raise ImportError", Severity.WARNING),
    ],
)
def test_an_import_error_on_purpose_weighs_less_where_something_decides_about_it(
    source: str, severity: Severity, judged: Judged, installed: Path
) -> None:
    line = next(n for n, text in enumerate(source.splitlines(), 1) if "raise" in text)
    frames = ((str(installed / "shop/orders.py"), line),)
    outcomes = {"shop.orders": Outcome(False, 0, 30, error="ImportError", frames=frames)}
    found = judged(imports.judge, {**INIT, "shop/orders.py": source}, outcomes=outcomes)
    assert [(each.code, each.severity) for each in found] == [("MW101", severity)]


def test_an_extra_of_a_dependency_belongs_to_the_extra_that_asks_for_it(judged: Judged) -> None:
    found = judged(
        dependencies.judge,
        {**INIT, "shop/orders.py": "import compass"},
        metadata=(
            "Requires-Dist: almanac\nProvides-Extra: maps\n"
            "Requires-Dist: almanac[north] ; extra == 'maps'\n"
        ),
        installed={
            "almanac": {"files": {"almanac.py": ""}, "requires": ["compass ; extra == 'north'"]}
        },
        outcomes={"shop.orders": failed("compass")},
    )
    assert [each.code for each in found] == ["MW203"]


def test_names_that_are_missing_in_all_of_one_module_are_told_together(judged: Judged) -> None:
    failure = Failure("AttributeError", "no attribute", None, None, ())
    missed = tuple(Unresolved("__all__", name, failure) for name in "abcdef")
    outcome = Outcome(True, 0, 30, unresolved=missed)
    found = judged(exports.judge, {"shop.py": "__all__ = [*'abcdef']"}, outcomes={"shop": outcome})
    assert [each.code for each in found] == ["MW601"]
    assert "a (and b, c, d and 2 more)" in found[0].message


def test_lazy_exports_that_fail_alike_are_told_together(judged: Judged) -> None:
    of_files = Failure("RuntimeError", "", None, None, ())
    of_a_name = Failure("NameError", "none", None, None, ())
    missed = (*(Unresolved("lazy", name, of_files) for name in "abc"),)
    outcome = Outcome(True, 0, 30, unresolved=(*missed, Unresolved("lazy", "d", of_a_name)))
    found = judged(exports.judge, {"shop.py": ""}, outcomes={"shop": outcome})
    assert [each.message for each in found] == [
        "has a lazy export, a (and b, c), that raises RuntimeError",
        "has a lazy export, d, that raises NameError: none",
    ]


@pytest.mark.parametrize(("exported", "told"), [("[]", 0), ("['old']", 1)])
def test_a_name_that_a_module_refuses_by_itself_is_not_an_export_unless_it_is_promised(
    exported: str, told: int, judged: Judged, installed: Path
) -> None:
    source = f"__all__ = {exported}\ndef __getattr__(name):\n    raise AttributeError(name)\n"
    frames = ((str(installed / "shop.py"), 3),)
    missed = Unresolved("lazy", "old", Failure("AttributeError", "old", None, None, frames))
    outcome = Outcome(True, 0, 30, unresolved=(missed,))
    found = judged(exports.judge, {"shop.py": source}, outcomes={"shop": outcome})
    assert len(found) == told


@pytest.mark.parametrize(("only_wheel", "told"), [(True, 0), (False, 1)])
def test_a_wheel_for_one_python_is_not_held_against_others(
    only_wheel: bool, told: int, evidence_of: EvidenceOf
) -> None:
    evidence = evidence_of(
        {"shop.py": "import distutils\n"},
        metadata="Requires-Python: >=3.11\n",
        only_wheel=only_wheel,
    )
    wheel = evidence.wheel.with_name("sample-1-cp311-cp311-linux_x86_64.whl")
    evidence.wheel.rename(wheel)
    assert len(list(versions.judge(replace(evidence, wheel=wheel)))) == told


@pytest.mark.parametrize("name", ["_psaix", "_psbsd", "_pssunos", "_pswindows", "_psosx"])
def test_a_module_whose_name_ends_with_another_system_may_fail_here(
    name: str, evidence_of: EvidenceOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    outcome = Outcome(False, 0, 30, error="ImportError", message="cannot import name")
    outcomes = {f"shop.{name}": outcome, "shop.basics": outcome}
    files = {**INIT, f"shop/{name}.py": "", "shop/basics.py": ""}
    expected = platforms.expected_elsewhere(evidence_of(files, outcomes=outcomes))
    assert expected == {f"shop.{name}"}


def test_a_package_under_two_names_is_told_once(judged: Judged, installed: Path) -> None:
    files = {"shop/__init__.py": "", "shop/a.py": "", "shop/b.py": ""}
    twice = tuple(
        (str(installed / f"shop/{name}.py"), f"shop.{name}", f"store.{name}") for name in "ab"
    )
    outcomes = {"shop": Outcome(True, 0, 30, aliases=twice)}
    assert len(judged(double_imports.judge, files, outcomes=outcomes)) == 1


@pytest.mark.parametrize(
    ("name", "severity"), [("shop/_speed", Severity.INFO), ("shop/speed", Severity.ERROR)]
)
def test_the_stub_of_a_private_module_is_the_projects_own_affair(
    name: str, severity: Severity, judged: Judged
) -> None:
    files = {**INIT, f"{name}.py": "", f"{name}.pyi": "class Font: ...\n"}
    assert [each.severity for each in judged(stubs.judge, files)] == [severity]


@pytest.mark.parametrize(
    ("source", "codes"),
    [
        ("import sys\nsys.path.append('shop')\nimport prices\n", {"MW305"}),
        ("import sys\nif __package__ == '':\n  sys.path.append('shop')\n  import prices\n", set()),
    ],
)
def test_an_import_in_a_branch_need_not_have_run(
    source: str, codes: set[str], judged: Judged
) -> None:
    files = {**INIT, "shop/orders.py": source, "shop/prices.py": "NET = 1"}
    found = judged(structure_rule.judge, files, only_wheel=True)
    assert {each.code for each in found} == codes
