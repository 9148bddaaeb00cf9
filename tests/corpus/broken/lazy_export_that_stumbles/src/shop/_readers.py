READERS: dict[str, str] = {}


def reader() -> str:
    return READERS["toml"]
