import json
from importlib.resources import files

PRICES = json.loads(files("shop").joinpath("prices.json").read_text(encoding="utf-8"))
