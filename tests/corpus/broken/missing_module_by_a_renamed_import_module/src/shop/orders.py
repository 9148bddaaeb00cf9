from importlib import import_module as load


def encode(order: dict[str, int]) -> bytes:
    return load("msgspec").json.encode(order)
