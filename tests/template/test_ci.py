"""Where a project is tested and published: GitHub, GitLab, or nowhere."""

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from uv import find_uv_bin

from tests.template.conftest import Render, succeed

HERE = Path(sys.executable).parent
UV = find_uv_bin()

FILES = {"github": ".github", "gitlab": ".gitlab-ci.yml"}


@pytest.mark.parametrize("ci", ["github", "gitlab", "none"])
def test_a_project_knows_of_no_other_place_than_its_own(render: Render, ci: str) -> None:
    project = render({"ci": ci})
    for place, file in FILES.items():
        assert (project / file).exists() == (place == ci)
        told = [
            path.relative_to(project)
            for path in project.rglob("*")
            if path.is_file() and place in path.read_text("utf-8").lower()
        ]
        # Copier's record of the answers, where the hooks come from, and the place itself.
        elsewhere = {".copier-answers.yml", ".pre-commit-config.yaml"}
        assert place == ci or set(map(str, told)) <= elsewhere


@pytest.mark.parametrize("ci", ["github", "gitlab"])
def test_the_same_is_done_in_either_place(render: Render, ci: str) -> None:
    jobs = _jobs(render({"ci": ci, "requires_python": "3.13", "docs": True}), ci)
    assert set(jobs) == {"test", "bounds", "lint", "docs"}
    assert _commands(jobs["test"]) == [
        "uv run --no-default-groups --group test pytest --noconftest tests/test_imports.py",
        "uv run --no-default-groups --group test coverage run",
        "uv run --no-default-groups --group test coverage report",
    ]
    assert _commands(jobs["bounds"]) == ["uv run --upgrade --no-default-groups --group test pytest"]
    assert _commands(jobs["lint"]) == ["uv run nox --session lint"]
    assert _commands(jobs["docs"]) == ["uv run nox --session docs"]
    matrix = str(jobs["test"].get("strategy", jobs["test"]))
    assert [f"3.{minor}" in matrix for minor in range(12, 16)] == [False, True, True, True]


@pytest.mark.parametrize(
    ("extension", "license_"),
    [
        ("none", "MIT"),
        pytest.param("c", "MIT", marks=pytest.mark.full),
        pytest.param("none", "proprietary", marks=pytest.mark.full),
    ],
)
def test_gitlab_accepts_its_file(
    render: Render, tmp_path: Path, license_: str, extension: str
) -> None:
    project = render({"ci": "gitlab", "license": license_, "extension": extension, "docs": True})
    file = project / ".gitlab-ci.yml"
    schema = ("--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci")
    succeed(HERE / "check-jsonschema", *schema, file, cwd=tmp_path)
    jobs = yaml.safe_load(file.read_text("utf-8"))
    assert ("publish" in jobs) == (license_ == "MIT")
    image = jobs["default"]["image"]
    assert image.rpartition(":")[2][0].isdigit(), "a tag that moves can bring anything"


@pytest.mark.parametrize("team", [[], ["github>acme/renovate:python#v2", ':label(a "b")']])
@pytest.mark.parametrize(
    "ci",
    [
        "github",
        pytest.param("gitlab", marks=pytest.mark.full),
        pytest.param("none", marks=pytest.mark.full),
    ],
)
def test_renovate_accepts_its_file(
    render: Render, tmp_path: Path, ci: str, team: list[str]
) -> None:
    file = render({"ci": ci, "renovate_extends": team}) / "renovate.json"
    succeed(HERE / "check-jsonschema", "--builtin-schema", "vendor.renovate", file, cwd=tmp_path)
    pins = {"github": "helpers:pinGitHubActionDigests", "gitlab": "docker:pinDigests"}
    extends = [*([pins[ci]] if ci in pins else []), "config:recommended", *team]
    text = file.read_text("utf-8")
    assert json.loads(text)["extends"] == extends
    assert all(f"\n    {json.dumps(name)}" in text for name in team), "a line each"


def test_presets_of_renovate_that_nobody_has_given_leave_no_trace(render: Render) -> None:
    project = render({})
    answers, settings = (
        (project / name).read_text("utf-8") for name in (".copier-answers.yml", "renovate.json")
    )
    assert "renovate_extends" not in answers
    ours = ["helpers:pinGitHubActionDigests", "config:recommended"]
    assert json.loads(settings)["extends"] == ours


def test_nobody_needs_a_token_to_publish_from_gitlab(render: Render) -> None:
    publish = yaml.safe_load((render({"ci": "gitlab"}) / ".gitlab-ci.yml").read_text("utf-8"))[
        "publish"
    ]
    tokens = {name: token["aud"] for name, token in publish["id_tokens"].items()}
    assert tokens == {"PYPI_ID_TOKEN": "pypi", "SIGSTORE_ID_TOKEN": "sigstore"}
    assert publish["environment"] == {"name": "pypi"}
    assert publish["rules"] == [{"if": "$CI_COMMIT_TAG"}]


@pytest.mark.parametrize(
    "stack",
    [
        pytest.param("stdlib", marks=pytest.mark.full),
        pytest.param("sqlalchemy", marks=pytest.mark.release),
    ],
)
def test_coverage_and_both_ends_of_the_dependencies_hold(
    render: Render, stack: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = render({"stack": stack, "package_name": "acme.billing", "subpackages": ["parts"]})
    monkeypatch.setenv("UV_PROJECT_ENVIRONMENT", str(project.parent / "environment"))
    run = (UV, "run", "--quiet", "--python", sys.executable, "--no-default-groups")
    succeed(*run, "--group", "test", "coverage", "run", cwd=project)
    report = succeed(*run, "--group", "test", "coverage", "report", cwd=project)
    settings = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))["tool"]["coverage"]
    assert int(report.split()[-1].rstrip("%")) >= settings["report"]["fail_under"]
    monkeypatch.setenv("UV_RESOLUTION", "lowest-direct")  # until now they were the highest
    succeed(*run, "--upgrade", "--group", "test", "pytest", "-q", cwd=project)


def _jobs(project: Path, ci: str) -> dict[str, Any]:
    if ci == "github":
        file = project / ".github" / "workflows" / "ci.yml"
        jobs: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))["jobs"]
        return jobs
    entries = yaml.safe_load((project / ".gitlab-ci.yml").read_text("utf-8"))
    return {name: job for name, job in entries.items() if "script" in job and "rules" not in job}


def _commands(job: dict[str, Any]) -> list[str]:
    steps: list[str] = job.get("script") or [step["run"] for step in job["steps"] if "run" in step]
    return steps
