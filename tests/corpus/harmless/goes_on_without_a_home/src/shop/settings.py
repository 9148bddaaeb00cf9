import getpass
import os.path
from pathlib import Path

SETTINGS = Path(os.path.expanduser("~")) / ".config" / "shop.toml"
try:
    USER = getpass.getuser()
except (KeyError, OSError):
    USER = "nobody"
