import json

before = json.dumps


def dumps_prices(value, **options):
    """Monkeypatch json, which asks no object how it is written."""
    if hasattr(value, "as_price"):
        return value.as_price()
    return before(value, **options)


json.dumps = dumps_prices
