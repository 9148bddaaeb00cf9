"""The imports in other environments: other Pythons, the lowest versions, each extra."""

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from zipfile import ZipFile

import pytest

from modwright.errors import EnvironmentFailed, UsageFailed
from modwright_check.api import check as check_request
from modwright_check.config.configuration import Overrides
from modwright_check.model.options import ALL_PYTHONS, Options, Resolution
from modwright_check.model.python_versions import OLDEST, minor_of
from modwright_check.model.report import Report
from modwright_check.run.environment import installed_pythons
from tests.conftest import MakeProject

pytestmark = pytest.mark.full

ELSEWHERE = {"MW208", "MW209", "MW714"}
HERE = "{}.{}".format(*sys.version_info[:2])


@pytest.fixture(autouse=True)
def local_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let uv take distributions from a folder alone: two versions of one, and one that fails."""
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    _distribute(wheels, "tool", "1.0", {"tool/__init__.py": "def old(): ..."})
    new = {"tool/__init__.py": "def old(): ...\ndef new(): ...", "tool/part.py": ""}
    _distribute(wheels, "tool", "2.0", new)
    _distribute(wheels, "gauge", "1.0", {"gauge.py": "def measure(): ..."})
    _distribute(wheels, "fragile", "1.0", {"fragile.py": "1 / 0"})
    settings = tmp_path / "uv.toml"
    settings.write_text(f'no-index = true\nfind-links = ["{wheels.as_posix()}"]\n', "utf-8")
    monkeypatch.setenv("UV_CONFIG_FILE", str(settings))
    monkeypatch.setenv("UV_OFFLINE", "1")
    return wheels


@pytest.fixture(autouse=True)
def pythons_of_pyenv() -> Iterator[None]:
    """Let uv find every Python that pyenv has installed, not only the one it has chosen."""
    root = Path(os.environ.get("PYENV_ROOT", "~/.pyenv")).expanduser()
    more = [str(folder) for folder in sorted(root.glob("versions/*/bin"))]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", os.pathsep.join([os.environ["PATH"], *more]))
        yield


@pytest.fixture
def another_python() -> str:
    """Return the version of a Python from 3.11 on that is not this one."""
    found = [version.rpartition(".")[0] for version in installed_pythons()]
    others = [version for version in found if minor_of(version) > OLDEST and version != HERE]
    if not others:
        pytest.skip("there is no other Python here")
    return others[-1]


def _distribute(folder: Path, name: str, version: str, files: Mapping[str, str]) -> None:
    info = f"{name}-{version}.dist-info"
    about = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    tag = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    content = {**files, f"{info}/METADATA": about, f"{info}/WHEEL": tag}
    with ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as wheel:
        for file, text in content.items():
            wheel.writestr(file, text)
        wheel.writestr(f"{info}/RECORD", "".join(f"{file},,\n" for file in content))


def check(options: Options) -> Report:
    return check_request(options, Overrides(), lambda _step, _detail: None)


def refused(options: Options) -> str:
    """Return why a check is refused; nothing may have been done."""
    steps: list[str] = []
    with pytest.raises(UsageFailed) as refusal:
        check_request(options, Overrides(), lambda step, _detail: steps.append(step))
    assert steps == []
    return str(refusal.value)


def elsewhere(report: Report) -> list[tuple[str, str, str | None, int | None]]:
    return [
        (found.code, found.module, found.file, found.line)
        for found in report.findings
        if found.code in ELSEWHERE
    ]


@pytest.mark.parametrize("resolution", [Resolution.LOWEST, Resolution.LOWEST_DIRECT])
@pytest.mark.parametrize(
    "line", ["from tool import new", "import tool.part", "import tool; tool.new"]
)
def test_what_the_lowest_version_lacks_is_found_at_its_line(
    line: str, resolution: Resolution, make_project: MakeProject
) -> None:
    files = {"app/__init__.py": "", "app/uses.py": f"\n{line}", "app/fine.py": "import tool"}
    project = make_project(files, metadata="Requires-Dist: tool>=1\n")
    report = check(Options(project, resolution=resolution))
    assert elsewhere(report) == [("MW208", "app.uses", "src/app/uses.py", 2)]
    assert "lowest versions" in next(f.message for f in report.findings if f.code == "MW208")
    assert elsewhere(check(Options(project))) == []


def test_a_lowest_version_that_has_everything_is_fine(make_project: MakeProject) -> None:
    files = {"app/__init__.py": "from tool import new"}
    project = make_project(files, metadata="Requires-Dist: tool>=2\n")
    assert elsewhere(check(Options(project, resolution=Resolution.LOWEST))) == []


REQUIRES = 'requires-python = "{}"\n'
DYNAMIC = 'dynamic = ["optional-dependencies"]\n'
EXTRAS = "Provides-Extra: fast\nRequires-Dist: {}; extra == 'fast'\n"
OPTIONAL = "try:\n    import {0}\nexcept ImportError:\n    {0} = None\n"


def test_a_module_that_an_extra_breaks_is_found(make_project: MakeProject) -> None:
    files = {"app/__init__.py": "", "app/uses.py": OPTIONAL.format("fragile"), "app/fine.py": ""}
    project = make_project(files, metadata=EXTRAS.format("fragile"))
    report = check(Options(project, extras=True))
    assert elsewhere(report) == [("MW209", "app.uses", "src/app/uses.py", 2)]
    assert "extra fast" in next(f.message for f in report.findings if f.code == "MW209")
    assert elsewhere(check(Options(project))) == []


def test_an_extra_that_breaks_nothing_is_fine(make_project: MakeProject) -> None:
    files = {"app/__init__.py": OPTIONAL.format("gauge")}
    project = make_project(files, metadata=EXTRAS.format("gauge"))
    assert elsewhere(check(Options(project, extras=True))) == []


def test_an_extra_can_be_named_in_the_configuration(make_project: MakeProject) -> None:
    files = {"app/__init__.py": OPTIONAL.format("fragile")}
    settings = f'{DYNAMIC}[tool.modwright.check]\nextras = ["fast"]\n'
    project = make_project(files, metadata=EXTRAS.format("fragile"), pyproject=settings)
    assert [code for code, *_ in elsewhere(check(Options(project)))] == ["MW209"]


def test_an_extra_that_the_project_does_not_have_is_refused(make_project: MakeProject) -> None:
    settings = f'{DYNAMIC}[tool.modwright.check]\nextras = ["fats"]\n'
    project = make_project({"app/__init__.py": ""}, pyproject=settings)
    with pytest.raises(UsageFailed, match="fats"):
        check(Options(project))


def test_an_unknown_extra_is_refused_before_anything_is_built(make_project: MakeProject) -> None:
    settings = '[tool.modwright.check]\nextras = ["fats"]\n'
    project = make_project({"app/__init__.py": ""}, pyproject=settings)
    assert refused(Options(project)).endswith("the project has no extra fats.")


@pytest.mark.parametrize("version", ["", "3", "3.x", "-3.12", "2.7", "3.13.0rc1", "3.12.1.2", "!"])
def test_what_is_not_a_version_of_python_is_refused(version: str) -> None:
    with pytest.raises(UsageFailed, match="not a version of Python"):
        Options(Path(), pythons=(version,))


def test_a_python_that_is_not_admitted_is_refused_before_anything_is_built(
    make_project: MakeProject,
) -> None:
    project = make_project({"app/__init__.py": ""}, pyproject=REQUIRES.format(">=3.11,<=3.13"))
    assert "requires-python = '<=3.13,>=3.11'" in refused(Options(project, pythons=("3.14",)))
    assert "does not admit" in refused(Options(project, pythons=("3.13.4",)))


def test_what_cannot_be_installed_is_told_before_anything_is_imported(
    make_project: MakeProject,
) -> None:
    project = make_project({"app/__init__.py": ""}, metadata=EXTRAS.format("nowhere-to-be-had"))
    steps: list[str] = []
    with pytest.raises(EnvironmentFailed, match="nowhere-to-be-had"):
        check_request(
            Options(project, extras=True), Overrides(), lambda step, _detail: steps.append(step)
        )
    assert steps[-1] == "installing the wheel with the extra fast"


@pytest.mark.parametrize("pythons", [("3.9",), (ALL_PYTHONS,)])
def test_on_a_python_that_is_too_old_only_the_sources_are_read(
    pythons: tuple[str, ...], make_project: MakeProject
) -> None:
    files = {"app/__init__.py": "import sys\nif sys.version_info < (3, 10): 1 / 0"}
    project = make_project(files, metadata="Requires-Python: >=3.9\n")
    report = check(Options(project, pythons=pythons))
    assert elsewhere(report) == []
    assert report.not_checked[0] == (
        "Imports on Python 3.9: modwright imports modules on Python 3.10 and newer; "
        "only the sources were read."
    )


def test_a_project_for_old_pythons_alone_is_told_so(make_project: MakeProject) -> None:
    if not any(minor_of(version) < OLDEST for version in installed_pythons()):
        pytest.skip("there is no Python here that is older than 3.10")
    project = make_project({"app/__init__.py": ""}, pyproject=REQUIRES.format("<3.10"))
    with pytest.raises(EnvironmentFailed, match=r"imports modules on Python 3\.10 and newer"):
        check(Options(project))


def test_an_extra_that_cannot_be_had_is_not_a_verdict(make_project: MakeProject) -> None:
    project = make_project({"app/__init__.py": ""}, metadata=EXTRAS.format("nowhere-to-be-had"))
    with pytest.raises(EnvironmentFailed, match="nowhere-to-be-had"):
        check(Options(project, extras=True))


def test_a_module_that_another_python_breaks_is_found(
    another_python: str, make_project: MakeProject
) -> None:
    condition = f"sys.version_info[:2] != {tuple(map(int, HERE.split('.')))}"
    files = {"app/__init__.py": "", "app/uses.py": f"import sys\n\nif {condition}:\n    1 / 0\n"}
    project = make_project(files)
    report = check(Options(project, pythons=(another_python,)))
    assert elsewhere(report) == [("MW714", "app.uses", "src/app/uses.py", 4)]
    assert f"Python {another_python}" in next(
        found.message for found in report.findings if found.code == "MW714"
    )


def test_every_python_that_the_project_admits_is_tried(
    another_python: str, make_project: MakeProject
) -> None:
    files = {
        "app/__init__.py": "import sys\nif sys.version_info[:2] != {}: 1 / 0".format(
            tuple(map(int, HERE.split(".")))
        )
    }
    admits = make_project(files, metadata="Requires-Python: >=3.11\n")
    messages = [f.message for f in check(Options(admits, pythons=(ALL_PYTHONS,))).findings]
    assert any(f"Python {another_python}" in message for message in messages)


def test_a_python_that_the_project_does_not_admit_is_not_tried(
    another_python: str, make_project: MakeProject
) -> None:
    files = {
        "app/__init__.py": "import sys\nif sys.version_info[:2] != {}: 1 / 0".format(
            tuple(map(int, HERE.split(".")))
        )
    }
    only_here = make_project(files, metadata=f"Requires-Python: =={HERE}.*\n")
    report = check(Options(only_here, pythons=(ALL_PYTHONS,)))
    assert elsewhere(report) == []
    assert another_python not in " ".join(report.not_checked)


def test_a_failure_that_is_told_already_is_not_told_of_every_environment(
    make_project: MakeProject,
) -> None:
    project = make_project({"app/__init__.py": "1 / 0"}, metadata=EXTRAS.format("gauge"))
    report = check(Options(project, extras=True, resolution=Resolution.LOWEST))
    assert [found.code for found in report.findings] == ["MW101"]
