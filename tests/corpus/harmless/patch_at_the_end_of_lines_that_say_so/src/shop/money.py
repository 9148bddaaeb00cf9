"""Prices, and how they are written."""

# json asks no object how it is written, and gives no other way in:
# this has to be a patch. All else is written as before.
import json
before = json.dumps
def dumps_prices(value, **options):
    if hasattr(value, "as_price"):
        return value.as_price()

    return before(value, **options)
json.dumps = dumps_prices
