import json
from importlib.resources import files


def prices():
    return json.loads(files("shop").joinpath("prices.json").read_text())
