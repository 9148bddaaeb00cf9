import json

before = json.dumps


def dumps_prices(value, **options):
    """Write prices, and all the rest, and dispatch nothing."""
    if hasattr(value, "as_price"):
        return value.as_price()
    return before(value, **options)


json.dumps = dumps_prices
