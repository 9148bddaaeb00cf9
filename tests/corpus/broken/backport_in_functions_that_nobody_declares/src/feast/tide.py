try:
    import tomllib
except ModuleNotFoundError:
    import antique_toml as tomllib

HIGH = tomllib.loads("hour = 6")
