def read(text: str) -> object:
    try:
        import tomllib
    except ImportError:
        import antique_toml as tomllib
    return tomllib.loads(text)
