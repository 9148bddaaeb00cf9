"""What the projects of the corpus depend on, built without a network."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.corpus.back_end import write_wheel
from tests.corpus.cases import CORPUS

# The corpus holds tests, and modules that no test run shall import.
collect_ignore_glob = ["broken/*", "harmless/*", "distributions/*"]


@pytest.fixture(scope="session")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build what the cases depend on, once; return the folder with their wheels."""
    wheels = tmp_path_factory.mktemp("distributions")
    for project in sorted((CORPUS / "distributions").iterdir()):
        write_wheel(project, wheels)
    return wheels


@pytest.fixture(scope="session")
def away_from_the_network(
    distributions: Path, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, str]:
    """Return the environment variables by which uv takes dependencies from that folder alone."""
    settings = tmp_path_factory.mktemp("uv") / "uv.toml"
    settings.write_text(
        f'no-index = true\nfind-links = ["{distributions.as_posix()}"]\n', encoding="utf-8"
    )
    return {"UV_CONFIG_FILE": str(settings), "UV_OFFLINE": "1"}
