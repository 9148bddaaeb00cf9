import socket


class Counter:
    def __init__(self, host: str) -> None:
        *_, self._address = socket.getaddrinfo(host, 8125, socket.AF_INET, socket.SOCK_DGRAM)[0]
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)

    def count(self) -> None:
        self._socket.sendto(b"1", self._address)
