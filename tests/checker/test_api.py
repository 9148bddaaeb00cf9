"""The whole check on real projects: wheel, clean environment, imports, findings."""

import gc
import shutil
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from packaging.specifiers import SpecifierSet

from modwright.errors import EnvironmentFailed, UsageFailed
from modwright_check.api import check as check_request
from modwright_check.config.configuration import Overrides
from modwright_check.model.options import Options
from modwright_check.model.report import Report
from modwright_check.report.verdict import verdict
from modwright_check.run.environment import build_wheel, create_environment
from modwright_check.static.reading import LARGEST
from modwright_check.wheel.project import LARGEST_METADATA
from tests.conftest import MakeProject, Tree


class Free(NamedTuple):
    """What is left of a disk."""

    free: int


PROJECTS = Path(__file__).with_name("projects")
# Each folder of projects/: its modules, and of each finding code, file and line.
EXPECTED: dict[str, tuple[list[str], list[tuple[str, str, int | None]]]] = {
    "flat_layout": (
        [
            "flat_layout",
            "flat_layout.__main__",
            "flat_layout._private",
            "flat_layout.no_init.inner",
        ],
        [("MW406", "flat_layout/no_init/inner.py", None)],
    ),
    "setuptools_src": (["setuptools_src", "setuptools_src.core"], []),
    "namespace": (["acme.billing", "acme.billing.invoices"], []),
    "left_out": (
        ["left_out", "left_out.first", "left_out.second"],
        [
            ("MW303", "src/left_out/first.py", 3),
            ("MW101", "src/left_out/second.py", 3),
        ],
    ),
    "dev_only": (
        ["dev_only", "dev_only.conveniences", "dev_only.guarded", "dev_only.strategies"],
        [
            ("MW202", "src/dev_only/conveniences.py", 1),
            ("MW207", "src/dev_only/guarded.py", 2),
            ("MW203", "src/dev_only/strategies.py", 1),
        ],
    ),
}


def check(project: Path) -> Report:
    return check_request(Options(project), Overrides(), lambda _step, _detail: None)


def seen(report: Report) -> list[tuple[str, str | None, int | None]]:
    return [(finding.code, finding.file, finding.line) for finding in report.findings]


def test_every_project_here_is_checked() -> None:
    assert {path.name for path in PROJECTS.iterdir()} == set(EXPECTED)


@pytest.mark.parametrize("collecting", [True, False])
def test_the_garbage_collector_is_handed_back_as_it_was(
    collecting: bool, make_project: MakeProject
) -> None:
    frozen = gc.get_freeze_count()
    if not collecting:
        gc.disable()
    try:
        check(make_project({"pkg/__init__.py": ""}))
        assert gc.isenabled() is collecting
        assert gc.get_freeze_count() == frozen
    finally:
        gc.enable()


@pytest.mark.full
@pytest.mark.parametrize("name", EXPECTED)
def test_a_project_has_these_modules_and_findings_and_stays_as_it_was(
    name: str, tmp_path: Path, tree: Tree
) -> None:
    project = tmp_path / name
    shutil.copytree(PROJECTS / name, project, ignore=shutil.ignore_patterns("__pycache__"))
    before = tree(project)
    report = check(project)
    modules, findings = EXPECTED[name]
    assert [module.name for module in report.modules] == modules
    assert seen(report) == findings
    # What setuptools leaves in the project when it makes a source distribution is its own affair.
    after = {path: content for path, content in tree(project).items() if ".egg-info" not in path}
    assert after == before


@pytest.mark.full
def test_a_module_that_was_removed_is_not_in_the_next_wheel(tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(PROJECTS / "setuptools_src", project)
    (left := project / "build/lib/setuptools_src/gone.py").parent.mkdir(parents=True)
    left.touch()
    assert len(check(project).modules) == 2
    assert left.exists()


def test_a_report_tells_of_the_distribution_and_the_interpreter(make_project: MakeProject) -> None:
    report = check(make_project({"pkg/__init__.py": ""}))
    assert (report.project, report.version) == ("sample", "1")
    assert report.python.count(".") == 2
    assert report.seconds > 0


def test_a_module_that_may_fail_is_not_said_to_import(make_project: MakeProject) -> None:
    files = {"pkg/__init__.py": "", "pkg/examples/__init__.py": "", "pkg/examples/tea.py": "1 / 0"}
    report = check(make_project(files))
    assert [(found.code, found.severity) for found in report.findings] == [("MW101", "info")]
    assert [module.imported for module in report.modules] == [True, True, False]
    assert verdict(report) == "2 of 3 modules import cleanly"


@pytest.mark.skipif(sys.platform == "win32", reason="it is for this system")
def test_a_module_for_another_system_is_not_said_to_import(make_project: MakeProject) -> None:
    report = check(make_project({"pkg/__init__.py": "", "pkg/_win32.py": "import winreg"}))
    assert verdict(report) == "1 of 2 modules imports cleanly"
    assert report.not_checked == ("1 module: for another system or Python.",)


def test_every_module_stands_alone(make_project: MakeProject) -> None:
    files = {
        "pkg/__init__.py": "",
        "pkg/a.py": "import sys; sys.exit(0)",
        "pkg/b.py": "import pkg.c\nclass B(pkg.c.C): ...",
        "pkg/c.py": "import pkg.b\nclass C: ...",
        "pkg/d.py": "import os; os._exit(0)",
        "pkg/e.py": "",
        "pkg/__main__.py": "from pkg.a import x",
        "pkg/_hidden/deep/f.py": "1 / 0",
    }
    report = check(make_project(files))
    assert {module.name: module.status for module in report.modules} == {
        "pkg": "ok",
        "pkg.__main__": "error",
        "pkg._hidden.deep.f": "error",
        "pkg.a": "error",
        "pkg.b": "ok",
        "pkg.c": "error",
        "pkg.d": "error",
        "pkg.e": "ok",
    }
    assert Counter(finding.code for finding in report.findings) == {
        "MW101": 1,
        "MW102": 2,
        "MW301": 1,
        "MW406": 1,
        "MW903": 1,
    }


def test_an_order_that_works_for_one_does_not_hide_the_other(make_project: MakeProject) -> None:
    files = {
        "pkg/__init__.py": "import pkg.core",
        "pkg/core.py": "import pkg.models\nclass Store(pkg.models.Base): ...",
        "pkg/models.py": "import pkg.core\nclass Base: ...",
    }
    assert check(make_project(files)).findings == []
    files["pkg/__init__.py"] = ""
    assert seen(check(make_project(files))) == [("MW301", "src/pkg/core.py", 2)]


@pytest.mark.full
def test_a_package_of_pythons_names_never_gets_its_turn(make_project: MakeProject) -> None:
    files = {"types.py": "", "random/__init__.py": "", "random/deep.py": "", "pkg/random.py": ""}
    report = check(make_project(files))
    findings = {finding.module: finding.code for finding in report.findings}
    assert findings == {"random": "MW401", "random.deep": "MW401", "types": "MW401"}


def test_a_wheel_without_modules_is_an_error(make_project: MakeProject) -> None:
    report = check(make_project({"sample_words/words": "", "sample_words/0001_first.py": ""}))
    assert report.modules == ()
    assert seen(report) == [("MW402", "pyproject.toml", None)]


@pytest.mark.parametrize("pythonpath", [True, False])
def test_what_lies_in_the_project_but_not_in_the_wheel_is_not_imported(
    pythonpath: bool, make_project: MakeProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = make_project({"pkg/__init__.py": "import beside"})
    (project / "beside.py").touch()
    monkeypatch.chdir(project)
    if pythonpath:
        monkeypatch.setenv("PYTHONPATH", str(project))
    assert seen(check(project)) == [("MW303", "src/pkg/__init__.py", 1)]


def test_a_declared_dependency_is_there(make_project: MakeProject) -> None:
    files = {"pkg/__init__.py": "import iniconfig", "pkg/late.py": "import pluggy"}
    report = check(make_project(files, metadata="Requires-Dist: iniconfig\n"))
    assert [(f.code, f.module) for f in report.findings] == [("MW201", "pkg.late")]


@pytest.mark.full
@pytest.mark.parametrize("mode", ["symlink", "copy"])
def test_however_uv_installs_the_line_is_found(
    mode: str, make_project: MakeProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UV_LINK_MODE", mode)
    project = make_project({"pkg/__init__.py": "", "pkg/bad.py": "x = 1\n1 / 0"})
    assert seen(check(project)) == [("MW101", "src/pkg/bad.py", 2)]


# Lines of the metadata, the back end, and words of the line that tells it.
CANNOT_BE_BUILT: Mapping[str, tuple[str, str, str]] = {
    "fails": ("", "def build_sdist(*_): raise RuntimeError('no wheel today')", "no wheel today"),
    "no distribution": ("Requires-Dist: no-such-thing-anywhere\n", "", "no-such-thing-anywhere"),
    "no version that fits": ("Requires-Dist: iniconfig>999\n", "", "iniconfig"),
    "no Python that fits": ("Requires-Python: >=3.999\n", "", "3.999"),
    "no specifier": ("Requires-Python: >=three\n", "", "three"),
    "no name": ("Name:\n", "", "name"),
}


@pytest.mark.parametrize("way", CANNOT_BE_BUILT)
def test_without_an_environment_there_is_no_verdict(way: str, make_project: MakeProject) -> None:
    metadata, back_end, words = CANNOT_BE_BUILT[way]
    project = make_project({"pkg/__init__.py": ""}, metadata=metadata)
    if back_end:
        (project / "back_end.py").write_text(back_end, encoding="utf-8")
    with pytest.raises(EnvironmentFailed) as caught:
        check(project)
    assert words in str(caught.value)
    assert len(str(caught.value)) < 2000


NOT_VALID = [
    "not = [toml",
    "project = 3",
    "[project]\nrequires-python = 3",
    '[project]\nrequires-python = ">=three"',
    "deep = " + "[" * 100_000,
    "\udcff",
]


@pytest.mark.parametrize("text", NOT_VALID)
def test_a_pyproject_toml_that_is_not_valid_is_named(text: str, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(UsageFailed, match=r"pyproject\.toml is not valid"):
        check(tmp_path)


@pytest.mark.parametrize("value", ["5", "[]", "'small'"])
def test_a_project_that_is_not_a_table_is_said_to_be_none(value: str, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(f"project = {value}", encoding="utf-8")
    with pytest.raises(UsageFailed, match=r"is not valid: \[project\] is not a table\.$"):
        check(tmp_path)


def test_a_setup_py_alone_is_checked_by_the_wheel_that_is_made_of_it(tmp_path: Path) -> None:
    (tmp_path / "setup.py").touch()
    with pytest.raises(UsageFailed, match=r"no pyproject\.toml\. Check the wheel that `uv build"):
        check(tmp_path)


def test_a_python_that_nobody_has_is_asked_for_before_anything_is_built(
    make_project: MakeProject,
) -> None:
    project = make_project({"pkg/__init__.py": ""})
    with (project / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write('requires-python = ">=3.999"\n')
    with pytest.raises(EnvironmentFailed, match=r"No Python >=3\.999 is available"):
        check(project)


@pytest.mark.parametrize(
    "deleting",
    [
        "shutil.rmtree(sys.prefix)",
        pytest.param("shutil.rmtree(Path(sys.prefix).parents[1])", marks=pytest.mark.full),
    ],
)
def test_a_module_that_deletes_where_it_is_imported_is_named(
    deleting: str, make_project: MakeProject
) -> None:
    modules = {f"pkg/module{number}.py": "" for number in range(4)}
    bad = f"import shutil, sys\nfrom pathlib import Path\n{deleting}\n"
    project = make_project({"pkg/__init__.py": "", **modules, "pkg/cleaner.py": bad})
    with pytest.raises(EnvironmentFailed, match=r"^pkg\.cleaner deletes the environment"):
        check(project)


def test_what_a_wheel_vendors_is_not_taken_for_the_project(make_project: MakeProject) -> None:
    vendored = "Metadata-Version: 2.1\nName: other\nVersion: 9\nRequires-Python: <3\n"
    files = {"a/_vendor/other-9.dist-info/METADATA": vendored, "a/__init__.py": ""}
    assert check(make_project(files)).project == "sample"


def test_a_folder_without_pyproject_toml_is_not_a_project(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(UsageFailed, match=r"no pyproject\.toml"):
            check(folder)


def test_a_wheel_whose_metadata_would_fill_the_memory_is_refused(tmp_path: Path) -> None:
    wheel = tmp_path / "sample-1-py3-none-any.whl"
    with ZipFile(wheel, "w", ZIP_DEFLATED) as archive:
        archive.writestr("sample-1.dist-info/METADATA", bytes(LARGEST_METADATA + 1))
    with pytest.raises(UsageFailed, match="metadata is larger than 16 MB"):
        check(wheel)


def test_a_wheel_that_would_fill_the_disk_is_refused(
    make_project: MakeProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"pkg/__init__.py": "", "pkg/words.txt": "word " * 100_000}
    monkeypatch.setattr(
        "modwright_check.collect.installation.disk_usage", lambda _folder: Free(400_000)
    )
    with pytest.raises(EnvironmentFailed, match=r"MB once it is installed, and .* has 0 MB left"):
        check(make_project(files))


def test_a_source_that_is_too_large_is_imported_and_said_to_be_unread(
    make_project: MakeProject,
) -> None:
    report = check(make_project({"pkg.py": "# word\n" * (LARGEST // 7 + 1) + "print('end')\n"}))
    [told] = report.not_checked
    assert told == (
        "Sources that are too large to be read: src/pkg.py. They were imported all the same."
    )
    assert [finding.code for finding in report.findings] == ["MW501"]


def test_a_wheel_is_checked_as_it_is(make_project: MakeProject, tmp_path: Path) -> None:
    project = make_project({"pkg/__init__.py": "", "pkg/bad.py": "x = 1\n1 / 0"})
    environment = create_environment(tmp_path / "clean", SpecifierSet())
    wheel = build_wheel(project, environment, tmp_path / "dist")
    report = check(wheel)
    assert [module.name for module in report.modules] == ["pkg", "pkg.bad"]
    assert seen(report) == [("MW101", "pkg/bad.py", 2)]


@pytest.mark.parametrize("content", [None, b"", b"no zip", b"PK\x05\x06" + bytes(18)])
def test_what_is_not_a_wheel_is_refused(content: bytes | None, tmp_path: Path) -> None:
    wheel = tmp_path / "sample-1-py3-none-any.whl"
    if content is not None:
        wheel.write_bytes(content)
    with pytest.raises(UsageFailed, match="sample"):
        check(wheel)
