import os

os.environ.setdefault("COUNTER_SETTINGS", "market.settings")


def application() -> str:
    return os.environ["COUNTER_SETTINGS"]
