with open("pyproject.toml", encoding="utf-8") as file:
    PROJECT = file.read()


def measure(folder: str) -> str:
    return f"{folder}/{len(PROJECT)}.whl"


def describe(folder: str) -> str:
    return f"{folder}/{len(PROJECT)}.tar.gz"
