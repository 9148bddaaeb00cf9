"""Prices, and how they are written."""

# A patch of what has been received: see below.
import json

before = json.dumps
def dumps_prices(value, **options):
    if hasattr(value, "as_price"):
        return value.as_price()

    return before(value, **options)
json.dumps = dumps_prices
