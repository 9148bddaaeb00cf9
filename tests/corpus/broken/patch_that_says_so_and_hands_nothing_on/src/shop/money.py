import json


def dumps_prices(value, **options):
    return str(value)


# A patch: json asks no object how it is written.
json.dumps = dumps_prices
