"""All shards of a check together say what one check says of all modules."""

from collections.abc import Mapping
from importlib.metadata import distribution
from itertools import combinations
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from tests.conftest import CheckHere, MakeProject
from tests.corpus.cases import Case, cases, lacking

MEASURED = {"MW533", "MW534"}  # what takes longer, or saves more, than so many milliseconds
SLOW = {"broken/breaks_on_another_python", "broken/computes_for_ever"}
ALL = [case for case in cases("broken") if case.name not in SLOW]
# What one module's import shows of another one, or what takes all to judge.
QUICK = {
    "attribute_set_by_a_sibling",
    "data_file_left_out",
    "one_file_under_two_names_through_the_path",
    "prints_in_a_helper",
    "relies_on_an_assertion",
    "stub_of_a_package_names_what_is_not_there",
}
SAMPLE = 60  # of so many others, one is in the full part: each is checked three times

# A module of each package has an effect; the others show it for they import it.
FILES = {
    "app/__init__.py": "",
    "app/settings.py": "import warnings\nwarnings.simplefilter('ignore')\n",
    "app/text.py": "from app import settings\nprint('text')\n",
    **{
        f"app/part{number}/__init__.py": f"from app.part{number} import base\n"
        for number in range(3)
    },
    **{
        f"app/part{number}/base.py": "import os\nfrom app import text\nos.environ['APP'] = '1'\n"
        for number in range(3)
    },
    **{
        f"app/part{number}/page{page}.py": f"from app import settings\nPAGE = {page}\n"
        for number in range(3)
        for page in range(6)
    },
    "app/part1/page3.py": "from app.part0 import page3\nprint('page 3')\n",
    "app/part2/page4.py": "import nowhere\n",
}


def _marks(number: int, case: Case) -> list[pytest.MarkDecorator]:
    if case.folder.name in QUICK:
        return []
    return [pytest.mark.release if number % SAMPLE else pytest.mark.full]


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case.name, marks=_marks(number, case))
        for number, case in enumerate(ALL)
    ],
)
def test_two_shards_say_what_one_check_says(
    case: Case, check_here: CheckHere, tmp_path: Path, away_from_the_network: Mapping[str, str]
) -> None:
    for need in case.needs:
        if lacking(need, tmp_path):
            pytest.skip(f"{need} is needed")
    env = {} if "network" in case.needs else away_from_the_network
    _compare(check_here, case.lay_out(tmp_path), 2, *case.options, env=env)


@pytest.mark.parametrize(
    "shards",
    [pytest.param(3, marks=pytest.mark.full), pytest.param(7, marks=pytest.mark.release)],
)
def test_shards_of_what_imports_one_another_say_what_one_check_says(
    shards: int,
    check_here: CheckHere,
    make_project: MakeProject,
    away_from_the_network: Mapping[str, str],
) -> None:
    _compare(check_here, make_project(FILES), shards, env=away_from_the_network)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("pluggy", marks=pytest.mark.full),
        pytest.param("click", marks=pytest.mark.release),
        pytest.param("packaging", marks=pytest.mark.release),
    ],
)
def test_shards_of_a_real_package_say_what_one_check_says(
    name: str, check_here: CheckHere, tmp_path: Path, away_from_the_network: Mapping[str, str]
) -> None:
    _compare(check_here, _wheel_of(name, tmp_path), 3, env=away_from_the_network)


def _compare(
    check_here: CheckHere,
    project: Path,
    number: int,
    *options: str,
    env: Mapping[str, str],
) -> None:
    _, whole = check_here(project, *options, env=env)
    checks = [
        check_here(project, *options, "--shard", f"{each}/{number}", env=env)
        for each in range(1, number + 1)
    ]
    shards = [report for _, report in checks]
    assert set().union(*map(_said, shards)) == _said(whole)
    assert sorted(name for shard in shards for name in _names(shard)) == _names(whole)
    for (exit_code, shard), (_, other) in combinations(checks, 2):
        assert exit_code == bool(shard["summary"]["errors"])
        assert {each for each in _said(shard) & _said(other) if each[0] == "error"} == set()


def _said(report: Mapping[str, Any]) -> set[tuple[Any, ...]]:
    keys = ("severity", "code", "module", "file", "line", "message", "hint")
    return {
        tuple(finding[key] for key in keys)
        for finding in report["findings"]
        if finding["code"] not in MEASURED
    }


def _names(report: Mapping[str, Any]) -> list[str]:
    return [module["name"] for module in report["modules"]]


def _wheel_of(name: str, folder: Path) -> Path:
    """Make a wheel of what is installed here, which asks for nothing else."""
    found = distribution(name)
    wheel = folder / f"{name}-{found.version}-py3-none-any.whl"
    with ZipFile(wheel, "w") as archive:
        for file in found.files or ():
            if file.suffix != ".pyc" and ".." not in file.parts and file.name != "direct_url.json":
                archive.writestr(str(file), Path(str(file.locate())).read_bytes())
    return wheel
