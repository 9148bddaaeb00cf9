import socket


def can_bind(address: str) -> bool:
    with socket.socket() as asked:
        try:
            asked.bind((address, 0))
        except OSError:
            return False
    return True


IS_THERE = can_bind("127.0.0.1")
