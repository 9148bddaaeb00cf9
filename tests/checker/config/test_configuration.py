"""What a project, and a command line, may ask of a check, and how the rest is refused."""

import tomllib
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from modwright.errors import UsageFailed
from modwright_check.config.configuration import (
    Configuration,
    Overrides,
    read_configuration,
    read_overrides,
)
from modwright_check.model.codes import CODES

KEYS = (
    "select",
    "ignore",
    "per-module-ignores",
    "time-limit",
    "max-modules",
    "extras",
    "zip-safe",
    "provided-by-host",
    "package-module-names",
    "baseline",
    "strains",
    "build-time-limit",
    "build-environment",
)
SCALARS = (
    st.text(max_size=10)
    | st.sampled_from(["MW501", "MW5", "*", "cli"])
    | st.integers()
    | st.floats()
    | st.booleans()
    | st.dates()
    | st.times()
    | st.datetimes()
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["shop.*", "*"]) | st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
TABLES = st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=12), VALUES, max_size=4)


def configured(text: str) -> Configuration:
    return read_configuration(tomllib.loads(f"[tool.modwright.check]\n{text}"))


def refused(text: str) -> str:
    with pytest.raises(UsageFailed) as failure:
        configured(text)
    return str(failure.value)


def configuration_or_complaint(pyproject: Any) -> tuple[Configuration, str]:
    try:
        return read_configuration(pyproject), ""
    except UsageFailed as failure:
        return Configuration(), str(failure)


def test_a_project_that_asks_for_nothing_gets_the_defaults() -> None:
    assert read_configuration({}) == Configuration()
    assert read_configuration({"tool": {"other": 1}}) == Configuration()
    assert configured("") == Configuration()


def test_what_is_asked_for_is_what_is_checked() -> None:
    asked = configured(
        """
        select = ["MW1", "MW501"]
        ignore = ["MW104"]
        per-module-ignores = {"shop.vendored.*" = ["MW5", "MW311"]}
        time-limit = 2.5
        max-modules = {"shop.cli" = 90, "shop.*" = 300}
        extras = ["cli", "Colour.ed"]
        zip-safe = true
        provided-by-host = ["nuke"]
        package-module-names = {"Acme_Tools" = ["acme", "acme_cli.main"]}
        baseline = "known.json"
        strains = false
        build-time-limit = 60
        build-environment = ["MY_SDK_*"]
        """
    )
    assert asked == Configuration(
        select=("MW1", "MW501"),
        ignore=("MW104",),
        per_module_ignores={"shop.vendored.*": ("MW5", "MW311")},
        time_limit=2.5,
        max_modules={"shop.cli": 90, "shop.*": 300},
        extras=("cli", "Colour.ed"),
        zip_safe=True,
        provided_by_host=("nuke",),
        package_module_names={"Acme_Tools": ("acme", "acme_cli.main")},
        baseline="known.json",
        strains=False,
        build_time_limit=60.0,
        build_environment=("MY_SDK_*",),
    )


def test_strains_are_left_out_when_either_the_project_or_the_command_line_says_so() -> None:
    without = read_overrides([], [], None, strains=False)
    assert not without.applied_to(Configuration()).strains
    assert not read_overrides([], [], None).applied_to(Configuration(strains=False)).strains
    assert read_overrides([], [], None).applied_to(Configuration()).strains


def test_a_budget_without_a_pattern_is_that_of_every_module() -> None:
    assert configured("max-modules = 90").max_modules == {"*": 90}


def test_budgets_keep_the_order_in_which_they_are_written() -> None:
    assert list(configured("max-modules = {b = 2, a = 1}").max_modules) == ["b", "a"]


@pytest.mark.parametrize("code", CODES)
def test_every_code_and_every_beginning_of_one_can_be_ignored(code: str) -> None:
    for end in range(2, len(code) + 1):
        assert configured(f'ignore = ["{code[:end]}"]').ignore == (code[:end],)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("ignroe = []", "[tool.modwright.check] ignroe: no such key. Did you mean ignore?"),
        ("baseline = true", "baseline: expected a string, the path of a file, not a boolean."),
        ("baseline = ''", "baseline: '': not a valid path of a file."),
        ("time_limit = 3", "time_limit: no such key. Did you mean time-limit?"),
        ("colour = 3", "colour: no such key. There are: select, ignore, per-module-ignores,"),
        ("'a b' = 3", "a b: no such key."),
        ('"a\\nb" = 3', r"'a\nb': no such key."),
        ('ignore = ["MW599"]', "ignore: MW599: no such code. Did you mean MW5"),
        ('ignore = ["mw501"]', "ignore: mw501: no such code. Did you mean MW501?"),
        ('ignore = ["E501"]', "ignore: E501: no such code. Did you mean MW501?"),
        ('ignore = ["output"]', "ignore: output: no such code. Use a code such as MW501"),
        ('ignore = [""]', "ignore: '': no such code."),
        ('ignore = ["M"]', "ignore: M: no such code."),
        ('ignore = "MW501"', 'expected an array of codes such as ["MW501"], not a string.'),
        ("ignore = [501]", "and nothing else in it, not an integer."),
        ("select = []", "select: nothing is selected. Add a code, or remove the key."),
        ("per-module-ignores = []", "per-module-ignores: expected a table such as"),
        (
            'per-module-ignores = {"shop.*" = "MW5"}',
            "per-module-ignores shop.*: expected an array of codes",
        ),
        (
            'per-module-ignores = {"src/shop/*.py" = ["MW5"]}',
            "per-module-ignores src/shop/*.py: not a pattern of module names. Use a dotted name",
        ),
        ('time-limit = "3 s"', "time-limit: expected a number of seconds, not a string."),
        ("time-limit = true", "time-limit: expected a number of seconds, not a boolean."),
        ("time-limit = 0", "time-limit: expected more than 0 seconds, and at most 86400."),
        ("time-limit = -1.0", "time-limit: expected more than 0 seconds, and at most 86400."),
        ("time-limit = nan", "time-limit: expected more than 0 seconds, and at most 86400."),
        ("time-limit = inf", "time-limit: expected more than 0 seconds, and at most 86400."),
        ("max-modules = 0", "max-modules: expected at least 1 module"),
        ("max-modules = 1.5", "max-modules: expected an integer, or a table such as"),
        ("max-modules = true", "expected an integer, or a table such as"),
        ('max-modules = {"shop.*" = true}', "max-modules shop.*: expected an integer, not a bool"),
        ('max-modules = {"shop.*" = -3}', "max-modules shop.*: expected at least 1 module"),
        ('extras = "cli"', 'extras: expected an array of names of extras such as ["cli"]'),
        ('extras = ["a]; b"]', "extras: a]; b: not a valid name of an extra."),
        ("zip-safe = 1", "zip-safe: expected true or false, not an integer."),
        ('provided-by-host = "bpy"', 'expected an array of modules such as ["bpy"], not a'),
        (
            'provided-by-host = ["my-app"]',
            "my-app: not a valid name of a module.",
        ),
        (
            'provided-by-host = ["a.b"]',
            "provided-by-host: a.b: use the name of the top-level module.",
        ),
        ("package-module-names = []", "expected a table such as"),
        ('package-module-names = {"a b" = ["a"]}', "a b: not a valid name of a distribution."),
        (
            'package-module-names = {a = "a"}',
            "names a: expected an array of modules",
        ),
        (
            'package-module-names = {a = [""]}',
            "names a: '': not a valid name of a module.",
        ),
        ("zip-safe = 2020-01-01", "zip-safe: expected true or false, not a date or time."),
    ],
)
def test_what_cannot_be_meant_is_refused_with_where_and_what_instead(
    text: str, complaint: str
) -> None:
    message = refused(text)
    assert message.startswith("pyproject.toml: [tool.modwright.check] ")
    assert complaint in message


@pytest.mark.parametrize(
    ("pyproject", "complaint"),
    [
        ({"tool": 1}, "pyproject.toml: [tool]: expected a table, not an integer."),
        ({"tool": {"modwright": []}}, "[tool.modwright]: expected a table, not an array."),
        ({"tool": {"modwright": {"check": "MW5"}}}, "check]: expected a table, not a string."),
        (
            {"tool": {"modwright": {"chekc": {}}}},
            "pyproject.toml: [tool.modwright] chekc: no such key. Did you mean check?",
        ),
    ],
)
def test_a_table_that_is_none_or_of_another_name_is_refused(
    pyproject: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(UsageFailed, match=r"^pyproject\.toml: ") as failure:
        read_configuration(pyproject)
    assert complaint in str(failure.value)


@pytest.mark.parametrize(
    ("setuptools", "ours", "zip_safe"),
    [
        ("zip-safe = true", "", True),
        ("zip-safe = false", "", False),
        ("zip-safe = true", "zip-safe = false", False),
        ("zip-safe = false", "zip-safe = true", True),
        ('zip-safe = "what setuptools would refuse"', "", False),
    ],
)
def test_what_setuptools_is_told_of_zip_files_holds_unless_we_are_told_otherwise(
    setuptools: str, ours: str, zip_safe: bool
) -> None:
    text = f"{ours}\n[tool.setuptools]\n{setuptools}"
    assert configured(text).zip_safe is zip_safe


@given(pyproject=VALUES | TABLES.map(lambda table: {"tool": {"modwright": {"check": table}}}))
@example(pyproject={"tool": {"setuptools": [date(2020, 1, 1), time(1), datetime(2020, 1, 1)]}})
@example(pyproject={"tool": {"modwright": {"check": {"time-limit": 10**400}}}})
def test_whatever_toml_can_say_is_a_configuration_or_one_line(pyproject: Any) -> None:
    if not isinstance(pyproject, dict):
        pyproject = {"tool": pyproject}
    configuration, complaint = configuration_or_complaint(pyproject)
    assert 0 < configuration.time_limit <= 86_400
    assert all(count > 0 for count in configuration.max_modules.values())
    assert complaint.isprintable()
    assert complaint.startswith("pyproject.toml: [tool") or not complaint


def test_the_command_line_selects_in_place_and_ignores_in_addition() -> None:
    configuration = configured('select = ["MW1"]\nignore = ["MW104"]\ntime-limit = 3')
    overrides = read_overrides(["MW5, MW6", "MW7"], ["MW501"], 4)
    changed = overrides.applied_to(configuration)
    assert changed.select == ("MW5", "MW6", "MW7")
    assert changed.ignore == ("MW104", "MW501")
    assert changed.time_limit == 4
    assert changed.zip_safe is configuration.zip_safe


def test_a_command_line_that_says_nothing_changes_nothing() -> None:
    configuration = configured('select = ["MW1"]\nignore = ["MW104"]\ntime-limit = 3')
    assert read_overrides([], [], None) == Overrides()
    assert Overrides().applied_to(configuration) == configuration


@pytest.mark.parametrize(
    ("select", "ignore", "time_limit", "complaint"),
    [
        (["MW5,MW0"], [], None, "--select: MW0: no such code."),
        (["MW5,"], [], None, "--select: '': no such code."),
        ([], ["MW5 MW6"], None, "--ignore: MW5 MW6: no such code."),
        ([], [], 0.0, "--time-limit: expected more than 0 seconds"),
        ([], [], float("nan"), "--time-limit: expected more than 0 seconds"),
    ],
)
def test_a_command_line_that_cannot_be_meant_is_refused(
    select: list[str], ignore: list[str], time_limit: float | None, complaint: str
) -> None:
    with pytest.raises(UsageFailed) as failure:
        read_overrides(select, ignore, time_limit)
    assert str(failure.value).startswith(complaint)
