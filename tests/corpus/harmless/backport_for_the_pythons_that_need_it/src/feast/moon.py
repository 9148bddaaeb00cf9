import sys

if sys.version_info >= (3, 11):
    import tomllib
else:
    import antique_toml as tomllib

LOW = tomllib.__name__
