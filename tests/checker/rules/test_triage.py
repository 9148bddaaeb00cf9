"""All rules together: a stable order, and each failure told once, by its best reason."""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packaging.metadata import Metadata

from modwright_check.config.configuration import Configuration
from modwright_check.index.evidence import Evidence
from modwright_check.model.environment import Environment
from modwright_check.model.import_result import Effect, Outcome
from modwright_check.model.report import Finding, Severity
from modwright_check.rules.triage import judge, printable
from modwright_check.run.environment import python_info
from modwright_check.static.source import read_sources
from modwright_check.wheel.modules import Module
from modwright_check.wheel.source_map import SourceMap
from tests.checker.rules.conftest import EvidenceOf
from tests.conftest import WriteFiles

FILES = {
    "app/__init__.py": "",
    "app/alone.py": "x = 1\n1 / 0\n",
    "app/base.py": "import nosuch_library\n",
    "app/broken.py": "x = = 1\n",
    "app/exits.py": "import sys\nsys.exit(3)\n",
    "app/loud.py": "print('hello')\n",
    "app/noisy.py": "import os\nprint(os.getcwd())\nos.umask(0)\n",
    "app/first.py": "from app import base\n",
    "app/second.py": "from app import base\n",
    "app/warns.py": "import warnings\nwarnings.warn('old')\n",
}


def _dotted(file: str) -> str:
    return file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


MODULES = sorted(map(_dotted, FILES))

InOrder = Callable[[str, list[str]], list[Finding]]


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory, write_files: WriteFiles) -> Evidence:
    project = tmp_path_factory.mktemp("judged")
    site_packages = project / "environment" / "site-packages"
    write_files(site_packages, FILES)
    write_files(project / "src", FILES)
    modules = tuple(sorted(Module(_dotted(name), PurePosixPath(name)) for name in FILES))
    sources = SourceMap(project, site_packages, modules)
    wheel = project / "app-1-py3-none-any.whl"
    _write_wheel(wheel)
    python = Path(sys.executable).resolve()
    return Evidence(
        project=project,
        pyproject={},
        configuration=Configuration(),
        wheel=wheel,
        about=Metadata.from_email("Metadata-Version: 2.1\nName: app\nVersion: 1\n"),
        environment=Environment(python, site_packages, python_info(python)),
        modules=modules,
        sources=sources,
        read=read_sources(sources),
        outcomes=_outcomes(site_packages / "app"),
    )


@pytest.fixture(scope="module")
def findings(evidence: Evidence) -> list[Finding]:
    return judge(evidence)


@pytest.fixture(scope="module")
def in_order(evidence: Evidence) -> InOrder:
    """Judge the same evidence, with the modules of one of its parts in another order."""

    def judged(part: str, names: list[str]) -> list[Finding]:
        known = getattr(evidence, part)
        sorted_otherwise: dict[str, Any] = {part: {name: known[name] for name in names}}
        return judge(replace(evidence, **sorted_otherwise))

    return judged


def _write_wheel(file: Path) -> None:
    with ZipFile(file, "w") as wheel:
        for name, text in FILES.items():
            wheel.writestr(name, text)
        wheel.writestr("app-1.dist-info/WHEEL", "Tag: py3-none-any\n")


def _outcomes(folder: Path) -> dict[str, Outcome]:
    loaded = Outcome(loaded=True, exit_code=0, time_limit=30)
    failed = replace(loaded, loaded=False)

    def at(name: str, line: int) -> tuple[str, int]:
        return str(folder / f"{name}.py"), line

    def effect(kind: str, name: str, line: int) -> Effect:
        return Effect(kind, "x", *at(name, line), True)

    missing = replace(
        failed,
        error="ModuleNotFoundError",
        message="No module named 'nosuch_library'",
        missing="nosuch_library",
    )
    return {
        "app": loaded,
        "app.alone": replace(
            failed,
            error="ZeroDivisionError",
            message="division by zero",
            frames=(at("alone", 2),),
        ),
        "app.base": replace(missing, frames=(at("base", 1),)),
        "app.broken": replace(
            failed, error="SyntaxError", message="invalid syntax", frames=(at("broken", 1),)
        ),
        "app.exits": replace(
            failed, error="SystemExit", exits=True, message="3", frames=(at("exits", 2),)
        ),
        "app.loud": replace(loaded, effects=(effect("output", "loud", 1),)),
        "app.noisy": replace(
            loaded, effects=(effect("output", "noisy", 2), effect("umask", "noisy", 3))
        ),
        "app.first": replace(missing, frames=(at("first", 1), at("base", 1))),
        "app.second": replace(missing, frames=(at("second", 1), at("base", 1))),
        "app.warns": replace(
            loaded,
            effects=(effect("warning", "warns", 2), effect("output", "loud", 1)),
        ),
    }


def seen(findings: list[Finding]) -> list[tuple[str, str, str | None, int | None]]:
    return [(found.module, found.code, found.file, found.line) for found in findings]


def test_each_failure_and_effect_is_told_once(evidence: Evidence) -> None:
    important = [found for found in judge(evidence) if found.severity is not Severity.INFO]
    assert seen(important) == [
        ("app.alone", "MW101", "src/app/alone.py", 2),
        ("app.base", "MW201", "src/app/base.py", 1),
        ("app.broken", "MW101", "src/app/broken.py", 1),
        ("app.exits", "MW102", "src/app/exits.py", 2),
        ("app.first", "MW201", "src/app/base.py", 1),
        ("app.loud", "MW501", "src/app/loud.py", 1),
        ("app.noisy", "MW501", "src/app/noisy.py", 2),
        ("app.noisy", "MW510", "src/app/noisy.py", 3),
        ("app.second", "MW201", "src/app/base.py", 1),
        ("app.warns", "MW502", "src/app/warns.py", 2),
    ]


def test_a_reason_replaces_the_failure_also_for_those_who_share_it(evidence: Evidence) -> None:
    reasons = [found for found in judge(evidence) if found.code == "MW201"]
    assert [found.module for found in reasons] == ["app.base", "app.first", "app.second"]
    assert len({(found.message, found.hint, found.file, found.line) for found in reasons}) == 1
    codes = {found.code for found in judge(evidence) if found.module == "app.first"}
    assert "MW101" not in codes


def test_a_failure_elsewhere_is_not_taken_for_the_reason(evidence: Evidence) -> None:
    base = str(evidence.sources.site_packages / "app" / "base.py")
    other = replace(
        evidence.outcomes["app.base"], error="NameError", message="other", frames=((base, 7),)
    )
    outcomes = {**evidence.outcomes, "app.second": replace(other, missing=None)}
    findings = judge(replace(evidence, outcomes=outcomes))
    assert ("app.second", "MW101", "src/app/base.py", 7) in seen(findings)


@settings(max_examples=20, deadline=None)
@given(names=st.permutations(MODULES))
@pytest.mark.parametrize("part", ["outcomes", "read"])
def test_findings_do_not_depend_on_the_order_in_which_things_become_known(
    in_order: InOrder, findings: list[Finding], part: str, names: list[str]
) -> None:
    assert in_order(part, names) == findings


def test_findings_stand_in_the_order_of_modules_weights_and_lines(evidence: Evidence) -> None:
    weights = [Severity.ERROR, Severity.WARNING, Severity.INFO]
    order = [
        (found.module, weights.index(found.severity), found.file or "", found.line or 0)
        for found in judge(evidence)
    ]
    assert order == sorted(order)


def test_no_module_without_a_failure_is_told_of_one(evidence: Evidence) -> None:
    loaded = {name for name, outcome in evidence.outcomes.items() if outcome.loaded}
    errors = [found for found in judge(evidence) if found.severity is Severity.ERROR]
    assert not loaded & {found.module for found in errors}


@given(message=st.text(st.characters(codec=None)))
def test_a_message_is_one_printable_line_of_bounded_length(message: str) -> None:
    said = printable(message)
    assert said.isprintable()
    assert len(said) <= 12 * 500


@given(message=st.text(st.characters(categories=["L", "N", "P"]), max_size=500))
def test_a_message_of_printable_characters_stays_as_it_is(message: str) -> None:
    assert printable(message) == message


def test_what_the_sources_prove_of_another_python_is_not_told_of_its_import_as_well(
    evidence_of: EvidenceOf,
) -> None:
    files = {"app/__init__.py": "", "app/old.py": "from ast import Num\nN = Num\n"}
    metadata = "Requires-Python: >=3.11\n"
    evidence = evidence_of(files, metadata=metadata)
    file = str(evidence.environment.site_packages / "app/old.py")
    there = Outcome(False, 0, 30, error="ImportError", message="no Num", frames=((file, 1),))
    elsewhere = {("MW714", "app.old", "on Python 3.15"): there}
    assert [found.code for found in judge(replace(evidence, elsewhere=elsewhere))] == ["MW703"]
    at_another_line = {("MW714", "app.old", "on Python 3.15"): replace(there, frames=((file, 2),))}
    told = judge(replace(evidence, elsewhere=at_another_line))
    assert [found.code for found in told] == ["MW703", "MW714"]


def test_an_error_of_another_python_is_not_hidden_by_a_warning(evidence_of: EvidenceOf) -> None:
    by_choice = "def begin():\n    from app import old\n"
    files = {"app/__init__.py": by_choice, "app/old.py": "from ast import Num\n"}
    evidence = evidence_of(files, metadata="Requires-Python: >=3.11\n")
    file = str(evidence.environment.site_packages / "app/old.py")
    there = Outcome(False, 0, 30, error="ImportError", message="no Num", frames=((file, 1),))
    elsewhere = {("MW714", "app.old", "on Python 3.15"): there}
    told = judge(replace(evidence, elsewhere=elsewhere))
    assert [(found.code, str(found.severity)) for found in told] == [
        ("MW714", "error"),
        ("MW703", "warning"),
    ]


def test_a_module_for_older_pythons_need_not_import_on_a_newer_one(
    evidence_of: EvidenceOf,
) -> None:
    guarded = "import sys\nif sys.version_info < (3, 12):\n    from app import old\n"
    files = {"app/__init__.py": guarded, "app/old.py": "import asyncore\n"}
    evidence = evidence_of(files)
    there = Outcome(False, 0, 30, error="ModuleNotFoundError", missing="asyncore")
    elsewhere = {("MW714", "app.old", f"on Python {python}"): there for python in ("3.11", "3.14")}
    (told,) = judge(replace(evidence, elsewhere=elsewhere))
    assert told.message.startswith("cannot be imported on Python 3.11: ")
    files |= {"app/user.py": "from app import old\n"}
    told_of_both = judge(replace(evidence_of(files), elsewhere=elsewhere))
    assert [found.code for found in told_of_both] == ["MW714", "MW714"]


FROZEN = "import sys\nHERE = sys._MEIPASS\n"
PREPARED = "import sys\nHERE = sys._MEIPASS if hasattr(sys, '_MEIPASS') else '.'\n"


@pytest.mark.parametrize(
    ("name", "source", "front", "severity"),
    [
        ("shop.thaw", FROZEN, "", Severity.INFO),
        ("shop.thaw", PREPARED, "", Severity.ERROR),
        ("shop.thaw", FROZEN, "import shop.thaw", Severity.ERROR),
        ("shop.thaw", "", "", Severity.ERROR),
        ("shop.__pyinstaller.parts", "", "", Severity.INFO),
    ],
)
def test_what_a_frozen_program_runs_weighs_nothing(
    name: str, source: str, front: str, severity: Severity, evidence_of: EvidenceOf
) -> None:
    text = f"{source}\ndef thaw():\n    import compass\n"
    files = {"shop/__init__.py": front, f"{name.replace('.', '/')}.py": text}
    [found] = [each for each in judge(evidence_of(files)) if each.code == "MW206"]
    assert found.severity is severity


def test_beside_most_that_a_frozen_program_runs_the_others_are_for_it_too(
    evidence_of: EvidenceOf,
) -> None:
    files = {
        "shop/__init__.py": "",
        "shop/ice/__init__.py": "",
        "shop/ice/one.py": FROZEN,
        "shop/ice/two.py": FROZEN,
        "shop/ice/melt.py": "def melt():\n    import compass",
        "shop/sun.py": "def melt():\n    import compass",
    }
    found = [each for each in judge(evidence_of(files)) if each.code == "MW206"]
    assert {each.module: each.severity for each in found} == {
        "shop.ice.melt": Severity.INFO,
        "shop.sun": Severity.ERROR,
    }
