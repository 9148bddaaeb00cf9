"""The wheel of this very modwright: built from its clone, or packed out of its installation."""

import base64
import hashlib
import json
from importlib.metadata import Distribution, distribution
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname
from zipfile import ZIP_DEFLATED, ZipFile

from modwright.errors import EnvironmentFailed
from modwright.kits.packing import entry_of
from modwright.kits.resolving import Wheel
from modwright_check.run.environment import run_uv

# Written by whoever has installed a wheel; not a part of it.
_OF_THE_INSTALLATION = {"INSTALLER", "RECORD", "REQUESTED", "direct_url.json", "uv_cache.json"}


def own_requirements() -> list[str]:
    """Return what this modwright depends on, without its extras."""
    requirements = distribution("modwright").requires or []
    return [each for each in requirements if "extra ==" not in each]


def own_wheel(folder: Path) -> Wheel:
    """Write the wheel of this modwright into a folder.

    Raises:
        EnvironmentFailed: It cannot be built.
    """
    installed = distribution("modwright")
    clone = _clone(installed)
    file = _build(clone, folder) if clone else _pack(installed, folder)
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return Wheel(file.name, file.as_uri(), digest, file.stat().st_size)


def _clone(installed: Distribution) -> Path | None:
    """Return the folder that an editable installation is of."""
    told = json.loads(installed.read_text("direct_url.json") or "{}")
    if not told.get("dir_info", {}).get("editable"):
        return None
    return Path(url2pathname(urlsplit(told["url"]).path))


def _build(clone: Path, folder: Path) -> Path:
    arguments = ("build", "--wheel", "--quiet", "--out-dir", str(folder), str(clone))
    run_uv(
        *arguments,
        cwd=clone,
        failure="The wheel of modwright itself cannot be built",
        # git packs the commits in one order then, so that the bytes are the same each time.
        variables={
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "pack.threads",
            "GIT_CONFIG_VALUE_0": "1",
        },
    )
    return next(folder.glob("*.whl"))


def _pack(installed: Distribution, folder: Path) -> Path:
    name = f"modwright-{installed.version}-py3-none-any.whl"
    files = {
        path.as_posix(): Path(str(path.locate()))
        for path in installed.files or ()
        if path.parts[0].startswith("modwright")
        and path.suffix != ".pyc"
        and path.name not in _OF_THE_INSTALLATION
    }
    info = f"modwright-{installed.version}.dist-info"
    if f"{info}/METADATA" not in files:
        raise EnvironmentFailed("This modwright does not know its own files. Install it anew.")
    record = []
    with ZipFile(folder / name, "w", ZIP_DEFLATED) as wheel:
        for path, file in sorted(files.items()):
            content = file.read_bytes()
            wheel.writestr(entry_of(path, ZIP_DEFLATED), content)
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=")
            record.append(f"{path},sha256={digest.decode()},{len(content)}\n")
        record.append(f"{info}/RECORD,,\n")
        wheel.writestr(entry_of(f"{info}/RECORD", ZIP_DEFLATED), "".join(record))
    return folder / name
