"""Which distributions are installed, what each brings, and what a project declares."""

import tomllib
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.metadata import Metadata

from modwright_check.wheel.declared_dependencies import Declared
from modwright_check.wheel.distributions import InstalledDistributions
from modwright_check.wheel.import_names import ImportNames, distribution_of_part
from tests.checker.rules.conftest import EvidenceOf

GROUPS = """
    [build-system]
    requires = ["setuptools>=70"]
    [dependency-groups]
    test = ["PyTest>=8", { include-group = "data" }]
    data = ["numpy", { include-group = "test" }, { include-group = "gone" }, 3]
    [tool.uv]
    dev-dependencies = ["ruff"]
    [tool.pdm.dev-dependencies]
    lint = ["mypy", "-e file:///x"]
    [tool.poetry.dev-dependencies]
    black = "^24"
    [tool.poetry.group.docs.dependencies]
    mkdocs = { version = "^1" }
    [tool.hatch.envs.default]
    dependencies = ["tox", "{env:X}"]
    extra-dependencies = ["nox"]
"""


@pytest.fixture
def installed(evidence_of: EvidenceOf) -> InstalledDistributions:
    """Lay out some distributions: alone, in a namespace, with an extension, in pieces."""
    evidence = evidence_of(
        {"shop/__init__.py": ""},
        installed={
            "Acme.Mail": {
                "files": {"acme/mail/__init__.py": "", "acme/mail/post.py": ""},
                "requires": ["tides>=1", "not a requirement!"],
            },
            "acme-core": {"files": {"acme/core.py": "", "acme/fast.abi3.so": ""}},
            "tides": {"files": {"tides/__init__.py": "", "tides/data/moon.json": ""}},
        },
    )
    site_packages = evidence.environment.site_packages
    (site_packages / "torn-1.dist-info").mkdir()
    (site_packages / "tides" / "__pycache__").mkdir()
    return InstalledDistributions(site_packages)


def test_a_distribution_is_known_with_what_it_requires_and_brings(
    installed: InstalledDistributions,
) -> None:
    mail = installed.distributions["acme-mail"]
    assert (mail.title, mail.version) == ("Acme.Mail", "1.0")
    assert [each.name for each in mail.requires] == ["tides"]
    assert mail.modules == {"acme.mail", "acme.mail.post"}


@pytest.mark.parametrize(
    ("module", "names"),
    [
        ("tides", ["tides"]),
        ("tides.nosuch", ["tides"]),
        ("acme", ["acme-core", "acme-mail"]),
        ("acme.nosuch", ["acme-core", "acme-mail"]),
        ("acme.mail.post", ["acme-mail"]),
        ("acme.fast", ["acme-core"]),
        ("nosuch", []),
        ("Tides", []),
    ],
)
def test_a_module_is_brought_by_those_that_hold_it_or_the_package_around_it(
    module: str, names: list[str], installed: InstalledDistributions
) -> None:
    assert [each.name for each in installed.bringing(module)] == names


@pytest.mark.parametrize(
    ("module", "file"),
    [
        ("tides", "tides/__init__.py"),
        ("acme", "acme"),
        ("acme.core", "acme/core.py"),
        ("acme.fast", "acme/fast.abi3.so"),
        ("acme.mail.post", "acme/mail/post.py"),
        ("tides.data", "tides/data"),
        ("tides.sun", None),
        ("acme.core.sun", None),
        ("Tides", None),
        ("acme.Core", None),
        ("nosuch.sub", None),
    ],
)
def test_a_file_is_found_as_python_finds_it(
    module: str, file: str | None, installed: InstalledDistributions
) -> None:
    found = installed.file(module)
    expected = installed.site_packages / file if file else None
    assert found == expected


def declared(metadata: str = "", pyproject: str = "", project: Path | None = None) -> Declared:
    about = f"Metadata-Version: 2.4\nName: Shop\nVersion: 1\n{dedent(metadata)}"
    settings = tomllib.loads(dedent(pyproject))
    return Declared(Metadata.from_email(about, validate=False), settings, project, "3.12.4")


def test_what_is_declared_is_told_apart_by_when_it_is_installed() -> None:
    found = declared(
        """\
        Requires-Dist: Tides.Core>=1
        Requires-Dist: tomli ; python_version < "3.11"
        Requires-Dist: later ; python_full_version >= "3.12.4"
        Requires-Dist: winloop ; sys_platform == "none-such"
        Requires-Dist: compass ; extra == "charts"
        Requires-Dist: magnet ; extra == "charts" and python_version < "3"
        Requires-Dist: shop[charts] ; extra == "all"
        Requires-Dist: shop[all] ; extra == "all"
        Requires-Dist: sail ; extra == "all"
        Provides-Extra: charts
        Provides-Extra: all
        """
    )
    assert set(found.always) == {"tides-core", "later"}
    assert set(found.elsewhere) == {"tomli", "winloop", "magnet"}
    assert found.extras == {"charts": {"compass"}, "all": {"compass", "sail"}}
    assert found.extras_with("compass") == ["all", "charts"]


def test_what_is_for_development_is_found_wherever_tools_keep_it() -> None:
    places = declared(pyproject=GROUPS).development
    assert places == {
        "pytest": "the dependency group `test`",
        "numpy": "the dependency group `test`",
        "ruff": "tool.uv.dev-dependencies",
        "mypy": "tool.pdm.dev-dependencies.lint",
        "black": "tool.poetry.dev-dependencies",
        "mkdocs": "the Poetry group `docs`",
        "tox": "the Hatch environment `default`",
        "nox": "the Hatch environment `default`",
        "setuptools": "build-system.requires",
    }


def test_requirements_files_count_as_development(tmp_path: Path) -> None:
    (tmp_path / "requirements").mkdir()
    lines = "# tools\nruff==1 \\\n  --hash=sha256:0\n-r other.txt\n./local\nmypy # types\nx==\n"
    (tmp_path / "requirements" / "dev.txt").write_text(lines)
    (tmp_path / "requirements-test.txt").write_bytes(b"pytest\n\xff\n")
    found = declared(project=tmp_path).development
    assert found == {
        "pytest": "requirements-test.txt",
        "ruff": "requirements/dev.txt",
        "mypy": "requirements/dev.txt",
    }


@pytest.mark.parametrize(
    "pyproject",
    [
        "dependency-groups = 1",
        "[dependency-groups]\ndev = 'x'",
        "[tool]\nuv = []\npoetry = 2",
        "[tool.poetry]\ngroup = []",
        "[tool.hatch.envs]\ndefault = 1",
        "[build-system]\nrequires = 'x'",
    ],
)
def test_settings_that_are_none_declare_nothing(pyproject: str) -> None:
    assert declared(pyproject=pyproject).development == {}


def test_metadata_that_is_not_valid_declares_nothing() -> None:
    found = declared("Requires-Dist: a b c\nProvides-Extra: ???\n")
    assert (found.always, found.extras) == ({}, {})


@pytest.mark.parametrize(
    ("module", "names", "expected"),
    [
        ("yaml", {"pyyaml"}, "pyyaml"),
        ("sspicon", {"pywin32"}, "pywin32"),
        ("google.cloud.storage", {"google-cloud-storage", "google"}, "google-cloud-storage"),
        ("google.protobuf.message", {"protobuf"}, "protobuf"),
        ("dotenv", {"python-dotenv"}, "python-dotenv"),
        ("odf.table", {"odfpy"}, "odfpy"),
        ("cv2", {"opencv-python-headless"}, "opencv-python-headless"),
        ("my_lib", {"my-lib"}, "my-lib"),
        ("_speedups", {"speedups"}, "speedups"),
        ("seachart", {"sea-chart"}, "sea-chart"),
        ("seachart", {"sea-chart", "pyseachart"}, "pyseachart"),
        ("compass", {"compass-rose"}, None),
        ("compass", set(), None),
    ],
)
def test_a_distribution_is_recognised_by_the_module_that_it_would_hold(
    module: str, names: set[str], expected: str | None
) -> None:
    assert ImportNames({}).among(module, names) == expected


def test_a_distribution_is_known_by_name_only_when_it_is_called_otherwise() -> None:
    assert ImportNames({}).likely("PIL.Image") == "pillow"
    assert ImportNames({}).likely("compass.north") is None


@pytest.mark.parametrize(
    ("module", "distribution"),
    [
        ("dateutil.tz", "python-dateutil"),
        ("typing_extensions", "typing-extensions"),
        ("compass", None),
    ],
)
def test_what_is_recommended_may_be_called_like_its_module(
    module: str, distribution: str | None
) -> None:
    assert ImportNames({}).recommended(module) == distribution


def test_what_a_project_says_of_a_distribution_comes_before_what_is_known() -> None:
    names = ImportNames({"Acme_Tools": ("acme", "yaml")})
    assert names.likely("acme.mail") == "Acme_Tools"
    assert names.likely("yaml") == "Acme_Tools"
    assert names.among("acme.mail", {"acme-tools"}) == "acme-tools"
    assert names.among("yaml", {"pyyaml"}) == "pyyaml"
    assert names.modules("acme-tools") == {"acme", "yaml"}


def test_a_backport_is_known_by_what_it_brings() -> None:
    assert ImportNames({}).modules("legacy-cgi") == {"cgi", "cgitb"}


def test_what_shares_the_beginning_of_a_name_may_come_along() -> None:
    assert ImportNames({}).may_come_from("opentelemetry.trace", {"opentelemetry-sdk"})
    assert not ImportNames({}).may_come_from("compass", {"tides", "sail-core"})


@given(st.text(), st.sets(st.text()))
def test_no_name_ever_raises(module: str, names: set[str]) -> None:
    found = ImportNames({}).among(module, names)
    assert found is None or found in names
    ImportNames({}).may_come_from(module, names)


@pytest.mark.parametrize(
    ("module", "expected"),
    [
        ("azure", "azure-identity"),
        ("google.iam", "grpc-google-iam-v1"),
        ("redis", None),  # django-redis extends it, and does not hold it
        ("google.pubsub", None),
    ],
)
def test_a_part_of_a_namespace_is_held_by_what_is_named_after_it(
    module: str, expected: str | None
) -> None:
    names = {"azure-identity", "django-redis", "grpc-google-iam-v1"}
    assert distribution_of_part(module, names) == expected
