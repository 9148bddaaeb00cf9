"""A wheel and a clean environment for it, by the real uv."""

import json
import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.specifiers import SpecifierSet

from modwright.errors import EnvironmentFailed
from modwright_check.config.configuration import Configuration
from modwright_check.run.environment import (
    build_wheel,
    create_environment,
    install_wheel,
    resolve_extras,
)
from tests.conftest import MakeProject

ELSEWHERE = [
    "VIRTUAL_ENV",
    "CONDA_PREFIX",
    "PYTHONHOME",
    "PYTHONPATH",
    "UV_PROJECT_ENVIRONMENT",
    "UV_PYTHON",
]


def test_a_new_environment_is_empty_and_of_this_python(tmp_path: Path) -> None:
    environment = create_environment(tmp_path / "clean", SpecifierSet(">=3.11"))
    assert environment.version == ".".join(map(str, sys.version_info[:3]))
    assert not [path for path in environment.site_packages.iterdir() if path.is_dir()]
    shown = subprocess.run(
        [environment.python, "-I", "-c", "import sys; print(*sys.version_info[:3], sep='.')"],
        check=True,
        capture_output=True,
        text=True,
    )
    assert shown.stdout.strip() == environment.version


def test_settings_of_another_environment_do_not_reach_uv(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ELSEWHERE:
        monkeypatch.setenv(name, str(tmp_path / "elsewhere"))
    create_environment(tmp_path / "clean", SpecifierSet())
    assert [path.name for path in tmp_path.iterdir()] == ["clean"]


@pytest.mark.full
def test_settings_of_another_environment_do_not_reach_the_back_end(
    tmp_path: Path, make_project: MakeProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = make_project({"pkg/__init__.py": ""})
    environment = create_environment(tmp_path / "clean", SpecifierSet())
    for name in ELSEWHERE:
        monkeypatch.setenv(name, str(tmp_path / "elsewhere"))
    back_end = (project / "back_end.py").read_text(encoding="utf-8")
    demand = f"import os\nassert {str(tmp_path / 'elsewhere')!r} not in os.environ.values()\n"
    (project / "back_end.py").write_text(demand + back_end, encoding="utf-8")
    assert build_wheel(project, environment, tmp_path / "wheels").is_file()


def test_a_python_that_nobody_has_is_told_in_few_words(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFailed, match=r"^No Python >=3\.999 is available: "):
        create_environment(tmp_path / "clean", SpecifierSet(">=3.999"))


@pytest.mark.full
def test_a_wheel_is_installed_where_it_is_said_to_be(
    tmp_path: Path, make_project: MakeProject
) -> None:
    project = make_project({"pkg/__init__.py": ""})
    environment = create_environment(tmp_path / "clean", SpecifierSet())
    wheel = build_wheel(project, environment, tmp_path / "wheels")
    install_wheel(environment, wheel, project)
    assert (environment.site_packages / "pkg" / "__init__.py").is_file()


@pytest.mark.full
def test_a_back_end_that_fails_is_quoted(tmp_path: Path, make_project: MakeProject) -> None:
    project = make_project({"pkg/__init__.py": ""})
    back_end = "def build_sdist(*_): raise RuntimeError('no wheel today')"
    (project / "back_end.py").write_text(back_end, encoding="utf-8")
    environment = create_environment(tmp_path / "clean", SpecifierSet())
    with pytest.raises(EnvironmentFailed, match="no wheel today"):
        build_wheel(project, environment, tmp_path / "wheels")


@pytest.mark.full
def test_a_dependency_that_cannot_be_had_is_named(
    tmp_path: Path, make_project: MakeProject
) -> None:
    project = make_project(
        {"a.py": ""}, metadata="Requires-Dist: absent @ file:///nowhere/absent-1.whl\n"
    )
    environment = create_environment(tmp_path / "clean", SpecifierSet())
    wheel = build_wheel(project, environment, tmp_path / "wheels")
    with pytest.raises(EnvironmentFailed, match="absent"):
        install_wheel(environment, wheel, project)


@pytest.mark.full
def test_a_dependency_that_cannot_be_built_is_named_with_its_words(
    tmp_path: Path, make_project: MakeProject
) -> None:
    other = tmp_path / "closed"
    other.mkdir()
    (other / "pyproject.toml").write_text(
        '[build-system]\nrequires = []\nbuild-backend = "back_end"\nbackend-path = ["."]\n'
        '[project]\nname = "closed"\nversion = "1"\n',
        encoding="utf-8",
    )
    back_end = "def build_wheel(*_): raise SystemExit('Please install tides instead.')"
    (other / "back_end.py").write_text(back_end, encoding="utf-8")
    project = make_project({"a.py": ""}, metadata=f"Requires-Dist: closed @ {other.as_uri()}\n")
    environment = create_environment(tmp_path / "clean", SpecifierSet())
    wheel = build_wheel(project, environment, tmp_path / "wheels")
    with pytest.raises(EnvironmentFailed, match=r"closed.*: Please install tides instead\."):
        install_wheel(environment, wheel, project)


@pytest.mark.full
@pytest.mark.parametrize(
    ("back_end", "words"),
    [
        ("raise SystemExit(3)", "The wheel cannot be built: "),
        ("print('error: not here', file=__import__('sys').stderr); 1 / 0", "ZeroDivisionError"),
        ("print('x.c:3: error: no ;', file=__import__('sys').stderr); exit(1)", "error: no ;"),
    ],
)
def test_a_back_end_is_quoted_by_its_last_words(
    back_end: str, words: str, tmp_path: Path, make_project: MakeProject
) -> None:
    project = make_project({"a.py": ""})
    (project / "back_end.py").write_text(f"def build_sdist(*_): {back_end}", encoding="utf-8")
    environment = create_environment(tmp_path / "clean", SpecifierSet())
    with pytest.raises(EnvironmentFailed) as caught:
        build_wheel(project, environment, tmp_path / "wheels")
    assert words in str(caught.value)
    assert "Building" not in str(caught.value)


TELLS = """
import json, os
from pathlib import Path

def build_sdist(*_):
    Path({told!r}).write_text(json.dumps(dict(os.environ)))
    raise SystemExit(1)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no home in its variables")
def test_a_build_gets_no_secrets_and_a_home_of_its_own(
    make_project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, told = make_project({"pkg/__init__.py": ""}), tmp_path / "told"
    (project / "back_end.py").write_text(TELLS.format(told=str(told)), "utf-8")
    given = {"DEPLOY_TOKEN": "secret", "UV_PUBLISH_TOKEN": "secret", "DATABASE_URL": "secret"}
    given |= {"CFLAGS": "-O1", "MY_SDK_HOME": "/opt/sdk", "MY_SDK_TOKEN": "wanted"}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    environment = create_environment(tmp_path / "clean", SpecifierSet())
    wanted = Configuration(build_environment=("MY_SDK_*",))
    with pytest.raises(EnvironmentFailed):
        build_wheel(project, environment, tmp_path / "wheels", wanted)
    variables = json.loads(told.read_text("utf-8"))
    assert "secret" not in variables.values()
    assert (variables["CFLAGS"], variables["MY_SDK_TOKEN"]) == ("-O1", "wanted")
    assert variables["HOME"] != os.environ["HOME"]
    assert not Path(variables["HOME"]).exists()


def test_a_build_that_does_not_end_is_ended(make_project: MakeProject, tmp_path: Path) -> None:
    project = make_project({"pkg/__init__.py": ""})
    (project / "back_end.py").write_text("import time\ntime.sleep(600)", "utf-8")
    environment = create_environment(tmp_path / "clean", SpecifierSet())
    with pytest.raises(
        EnvironmentFailed, match=r"cannot be built within 2 s\. Raise `build-time-limit`"
    ):
        build_wheel(project, environment, tmp_path / "wheels", Configuration(build_time_limit=2.0))


def test_extras_are_resolved_without_what_cannot_be_had_and_is_installed_anyway(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs_press = 'Requires-Dist: press\nRequires-Dist: chart; extra == "charts"\n'
    shop = _wheel(tmp_path, "shop", f"{needs_press}Provides-Extra: charts\n")
    _wheel(tmp_path, "chart", "Requires-Dist: ink\nRequires-Dist: press\n")
    _wheel(tmp_path, "ink", "")
    settings = tmp_path / "uv.toml"
    settings.write_text(f'no-index = true\nfind-links = ["{tmp_path.as_posix()}"]\n', "utf-8")
    monkeypatch.setenv("UV_CONFIG_FILE", str(settings))
    environment = create_environment(tmp_path / "clean", SpecifierSet())
    arguments = (environment, shop, tmp_path, tmp_path, ["charts"])
    brought = resolve_extras(*arguments, without={"press"}, seconds=60)
    assert {name: {*by} for name, by in brought.items() if name != "shop"} == {
        "chart": {"shop"},
        "ink": {"chart"},
    }
    with pytest.raises(EnvironmentFailed, match="extras cannot be resolved"):
        resolve_extras(*arguments, seconds=60)


def _wheel(folder: Path, name: str, requires: str) -> Path:
    wheel = folder / f"{name}-1.0-py3-none-any.whl"
    about = f"{name}-1.0.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n{requires}"
    with ZipFile(wheel, "w") as archive:
        archive.writestr(f"{about}/METADATA", metadata)
        archive.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr(f"{about}/RECORD", "")
    return wheel
