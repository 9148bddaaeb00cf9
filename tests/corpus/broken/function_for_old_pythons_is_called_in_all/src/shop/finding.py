def find_old(name: str) -> object:
    import imp

    return imp.find_module(name)


def find_new(name: str) -> object:
    from importlib.util import find_spec

    return find_spec(name)


def find(name: str) -> object:
    return find_new(name) or find_old(name)
