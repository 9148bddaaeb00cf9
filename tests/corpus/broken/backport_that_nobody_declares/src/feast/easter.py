import sys

if sys.version_info >= (3, 11):
    import tomllib
else:
    import antique_toml as tomllib
DATES = tomllib.loads("year = 2026")
