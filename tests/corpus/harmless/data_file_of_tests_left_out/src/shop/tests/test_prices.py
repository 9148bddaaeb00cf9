import json
from importlib.resources import files


def test_prices():
    assert json.loads(files("shop.tests").joinpath("prices.json").read_text()) == {}
