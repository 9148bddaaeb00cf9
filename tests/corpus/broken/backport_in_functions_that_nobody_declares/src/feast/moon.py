import sys


def read(text: str) -> object:
    if sys.version_info < (3, 11):
        import antique_toml as tomllib
    else:
        import tomllib
    return tomllib.loads(text)
