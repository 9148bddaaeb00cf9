from shop.old_names import find


def __getattr__(name: str) -> object:
    return find(name)
