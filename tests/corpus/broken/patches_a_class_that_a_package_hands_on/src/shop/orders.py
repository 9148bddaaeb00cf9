from concurrent.futures import Future


def exception(self: Future, timeout: float | None = None) -> None:
    return None


Future.exception = exception
