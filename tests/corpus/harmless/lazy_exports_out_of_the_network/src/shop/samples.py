import socket

_SAMPLES = {"APPLES": "apples.csv", "PEARS": "pears.csv"}


def __dir__() -> list[str]:
    return sorted(_SAMPLES)


def _download(name: str) -> str:
    try:
        socket.getaddrinfo("samples.invalid", 443)
    except OSError:
        raise RuntimeError from None
    return name


def __getattr__(name: str) -> str:
    if name in _SAMPLES:
        return _download(_SAMPLES[name])
    raise AttributeError(name)
