import threading


def name() -> str:
    return threading.current_thread().name


def demand(fulfilled: bool, text: str) -> None:
    if not fulfilled:
        raise RuntimeError(text)
