import tomllib
from pathlib import Path

PRICES = tomllib.loads(Path(__file__).with_name("prices.toml").read_text())
