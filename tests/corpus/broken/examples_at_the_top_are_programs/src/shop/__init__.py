def connect(host: str) -> None:
    raise ConnectionRefusedError(host)
