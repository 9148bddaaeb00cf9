import os

os.environ.setdefault("COUNTER_SETTINGS", "shop.settings")


def application() -> str:
    return os.environ["COUNTER_SETTINGS"]
