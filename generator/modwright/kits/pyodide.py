"""Python for browsers: Pyodide, from the npm registry that is configured, into the user's cache."""

import base64
import hashlib
import os
import shutil
import tarfile
from pathlib import Path
from subprocess import TimeoutExpired
from tempfile import TemporaryDirectory

from platformdirs import user_cache_path

from modwright.errors import EnvironmentFailed, in_words
from modwright_check.system.processes import run_to_end

VERSION = "314.0.7"  # Python 3.14
INTEGRITY = (  # of the registry's tarball, as lock files of npm have it
    "sha512-0YvXxEhfEdpLfb/XkM2BFAeMROq0iMUX2bzzH9pOttyMcWkwq+HbE5uyuGD82LN7y2q+SNvi/6V5JEsOlD2R1A=="
)
FILES = (
    "pyodide.mjs",
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "python_stdlib.zip",
    "pyodide-lock.json",
    "package.json",  # whose it is, its licence, and where its sources are
)
SIZE = 13_534_206  # bytes of these
_PATIENCE = 300  # seconds


def bring(cache: Path | None = None) -> dict[str, bytes]:
    """Return the files of Pyodide that a page needs, by their names.

    Args:
        cache: The folder that keeps them; by default the user's own.

    Raises:
        EnvironmentFailed: They cannot be had.
    """
    folder = cache or user_cache_path("modwright", appauthor=False) / "pyodide"
    kept = folder / f"pyodide-{VERSION}.tgz"
    try:
        if not _is_whole(kept):
            _download(kept)
        with tarfile.open(kept) as packed:
            return {name: _content(packed, name) for name in FILES}
    except TimeoutExpired:
        raise EnvironmentFailed(f"--browser: npm has not ended within {_PATIENCE} s.") from None
    except (OSError, tarfile.TarError, KeyError) as error:
        why = in_words(error) if isinstance(error, OSError) else str(error)
        raise EnvironmentFailed(f"--browser: Pyodide cannot be kept in {folder}: {why}.") from None


def _download(kept: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise EnvironmentFailed(
            "--browser brings Pyodide with npm, and there is no npm here. Install Node.js."
        )
    kept.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=kept.parent) as scratch:
        command = [npm, "pack", f"pyodide@{VERSION}", "--silent", "--ignore-scripts"]
        finished = run_to_end(command, cwd=Path(scratch), env=os.environ, seconds=_PATIENCE)
        come = next(Path(scratch).glob("*.tgz"), None)
        if finished.returncode or come is None:
            raise EnvironmentFailed(
                f"--browser: pyodide {VERSION} cannot be had from the npm registry:"
                f" {_cause(finished.stderr)}. `npm config get registry` says which one it is."
            )
        if not _is_whole(come):
            raise EnvironmentFailed(
                f"--browser: what came from the npm registry is not the pyodide {VERSION} that"
                " modwright knows. Do not use it."
            )
        come.replace(kept)


def _is_whole(file: Path) -> bool:
    if not file.is_file():
        return False
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha512").digest()
    return f"sha512-{base64.b64encode(digest).decode()}" == INTEGRITY


def _content(packed: tarfile.TarFile, name: str) -> bytes:
    file = packed.extractfile(f"package/{name}")
    if file is None:
        raise KeyError(name)
    return file.read()


def _cause(stderr: str) -> str:
    """Return the line in which npm says why, without its colours and marks."""
    lines = [line.partition("error")[2].strip() for line in stderr.splitlines() if "error" in line]
    told = [line for line in lines if line and not line.startswith(("code ", "A complete log"))]
    return (told or ["npm does not say why"])[0].rstrip(".")
