"""What a build is told of the environment: what compilers and uv need, and no secrets."""

from pathlib import Path

import pytest

from modwright_check.run.build_variables import build_variables

NEEDED = (
    *("PATH", "CC", "CXXFLAGS", "HTTPS_PROXY", "UV_INDEX_URL", "UV_INDEX_OURS_PASSWORD"),
    *("GOPROXY", "GOFLAGS", "GOARCH", "CARGO_HOME", "CARGO_BUILD_TARGET", "CMAKE_PREFIX_PATH"),
    *("VS170COMNTOOLS", "VCTOOLSINSTALLDIR", "HATCH_BUILD_HOOKS_ENABLE", "MATURIN_PEP517_ARGS"),
)
# What packaging tools publish with, and what only begins like a variable of a compiler.
SECRET = (
    *("UV_PUBLISH_PASSWORD", "HATCH_INDEX_AUTH", "PDM_PUBLISH_PASSWORD", "FLIT_PASSWORD"),
    *("MATURIN_PASSWORD", "POETRY_HTTP_BASIC_OURS_PASSWORD", "CARGO_REGISTRY_TOKEN"),
    *("GOOGLE_API_KEY", "GOOGLE_APPLICATION_CREDENTIALS", "GODADDY_KEY", "VCAP_SERVICES"),
    *("VSS_NUGET_EXTERNAL_FEED_ENDPOINTS", "MAKE_API_KEY", "PASSWORD"),
)


@pytest.mark.parametrize("name", NEEDED)
def test_what_builds_need_is_passed(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "needed")
    assert build_variables(tmp_path, ())[name] == "needed"


@pytest.mark.parametrize("name", SECRET)
def test_a_secret_is_passed_only_to_a_project_that_names_it(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "secret")
    assert name not in build_variables(tmp_path, ())
    assert build_variables(tmp_path, (name,))[name] == "secret"
