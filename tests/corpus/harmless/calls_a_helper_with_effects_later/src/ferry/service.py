from ferry.helpers import prepare


def serve() -> str:
    return prepare()
