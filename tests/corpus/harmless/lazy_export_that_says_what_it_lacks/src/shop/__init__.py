def __getattr__(name: str) -> object:
    if name == "reader":
        from shop._readers import reader

        return reader()
    raise AttributeError(name)


def __dir__() -> list[str]:
    return ["reader"]
