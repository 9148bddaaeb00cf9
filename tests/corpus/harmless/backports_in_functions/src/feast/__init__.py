import sys


def read(text: str) -> object:
    if sys.version_info < (3, 11):
        import tomli as tomllib
    else:
        import tomllib
    return tomllib.loads(text)


def read_without(text: str) -> object:
    try:
        import tomllib
    except ImportError:
        try:
            import antique_toml as tomllib
        except ImportError:
            return None
    return tomllib.loads(text)


def read_what_all_have(text: str) -> object:
    try:
        import json
    except ImportError:
        import antique_json as json
    return json.loads(text)


def read_on_pythons_that_are_not_admitted(text: str) -> object:
    try:
        from importlib import resources
    except ImportError:
        import importlib_resources as resources
    return resources.files(text)
