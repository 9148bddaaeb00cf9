from importlib.metadata import version


def is_tides_known() -> bool:
    return version("tides") != ""
