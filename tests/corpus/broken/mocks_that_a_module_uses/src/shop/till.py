import socket


class Till:
    def __init__(self) -> None:
        self.line = socket.socket()


def open_till() -> Till:
    return Till()
