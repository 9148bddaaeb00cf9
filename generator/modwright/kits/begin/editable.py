"""The project itself in its environment: by a path to its sources, where nothing can be built."""

import tomllib
from pathlib import Path
from typing import Any

from .unpacking import Folders, write_commands


def install(project: Path, folders: Folders) -> None:
    """Let an environment find a project's modules, commands and metadata."""
    told = _about(project)
    name = str(told.get("name", project.name))
    version = str(told.get("version", "0"))
    info = folders.site / f"{_file_name(name)}-{version}.dist-info"
    info.mkdir(exist_ok=True)
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    (info / "METADATA").write_text(metadata, "utf-8")
    (info / "INSTALLER").write_text("modwright-kit\n", "utf-8")
    (info / "RECORD").write_text("", "utf-8")
    commands = told.get("scripts", {})
    text = "[console_scripts]\n" + "".join(f"{key} = {at}\n" for key, at in commands.items())
    (info / "entry_points.txt").write_text(text, "utf-8")
    (folders.site / f"_{_file_name(name)}.pth").write_text(f"{sources(project)}\n", "utf-8")
    write_commands(text, folders)


def sources(project: Path) -> Path:
    """Return the folder that a project's modules lie in."""
    return project / "src" if (project / "src").is_dir() else project


def _about(project: Path) -> dict[str, Any]:
    with (project / "pyproject.toml").open("rb") as file:
        told = tomllib.load(file).get("project", {})
    return told if isinstance(told, dict) else {}


def _file_name(name: str) -> str:
    return name.lower().replace("-", "_").replace(".", "_")
