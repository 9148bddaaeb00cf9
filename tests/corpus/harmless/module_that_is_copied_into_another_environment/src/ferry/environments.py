import shutil
from pathlib import Path

_RESOURCES = Path(__file__).parent / "resources"


def prepare(site_packages):
    for suffix in ("py", "pth"):
        shutil.copy(_RESOURCES / f"_start.{suffix}", site_packages)
