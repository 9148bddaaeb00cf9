with open("pyproject.toml", encoding="utf-8") as file:
    PROJECT = file.read()


def build_wheel(folder: str) -> str:
    return f"{folder}/{len(PROJECT)}.whl"


def build_sdist(folder: str) -> str:
    return f"{folder}/{len(PROJECT)}.tar.gz"
