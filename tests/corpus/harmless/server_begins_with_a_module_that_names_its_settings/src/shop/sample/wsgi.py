import os

os.environ.setdefault("COUNTER_SETTINGS", "{{ name }}.settings")


def application() -> str:
    return os.environ["COUNTER_SETTINGS"]
