import sys


def _platform() -> str:
    return {"win32": "win", "linux": "linux"}.get(sys.platform, "other")


platform = _platform()
