from . import info


def serve() -> None:
    info("open")
