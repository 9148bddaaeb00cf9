from loom.engines import part


def __getattr__(name: str) -> object:
    return part(name)
