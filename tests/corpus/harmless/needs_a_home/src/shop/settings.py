from pathlib import Path

SETTINGS = Path.home() / ".config" / "shop.toml"
