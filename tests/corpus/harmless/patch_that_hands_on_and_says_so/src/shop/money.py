import json

before = json.dumps


def dumps_prices(value, **options):
    if hasattr(value, "as_price"):
        return value.as_price()
    return before(value, **options)


# A patch: json asks no object how it is written.
json.dumps = dumps_prices
