"""The interpreter that checks run in: that of the project's environment, if there is one."""

import json
import os
import sys
from pathlib import Path

RECORD = ".modwright-kit.json"  # where `start.py` says which environment it has made


def of(root: Path) -> str:
    """Return the path of the interpreter for a project."""
    inside = ("Scripts", "python.exe") if sys.platform == "win32" else ("bin", "python")
    for path in (_recorded(root), root.joinpath(".venv", *inside)):
        if path and path.is_file():
            return str(path)
    return sys.executable


def surroundings(python: str) -> dict[str, str]:
    """Return the environment variables for what runs in an interpreter.

    Nothing there changes what Python does, apart from its writing no caches; and `python` is it.
    """
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    env["PYTHONDONTWRITEBYTECODE"] = "1"
    env["PYTHONUTF8"] = "1"
    env["PATH"] = os.pathsep.join([str(Path(python).parent), env.get("PATH", os.defpath)])
    return env


def _recorded(root: Path) -> Path | None:
    try:
        says = json.loads((root / RECORD).read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    python = says.get("python") if isinstance(says, dict) else None
    return root / python if isinstance(python, str) and python else None
