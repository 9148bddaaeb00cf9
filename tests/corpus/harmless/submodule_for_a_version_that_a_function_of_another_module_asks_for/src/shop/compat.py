from importlib.metadata import version


def is_tides_v1() -> bool:
    return version("tides").startswith("1")
