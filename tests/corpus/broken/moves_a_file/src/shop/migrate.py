import os
from pathlib import Path

OLD = Path.home() / "shop.ini"
NEW = Path.home() / "shop.toml"


def migrate():
    try:
        os.rename(OLD, NEW)
    except FileNotFoundError:
        pass


migrate()
