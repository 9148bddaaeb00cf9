try:
    import tomllib
except ModuleNotFoundError:
    import tomli as tomllib


def read(text):
    return tomllib.loads(text)
