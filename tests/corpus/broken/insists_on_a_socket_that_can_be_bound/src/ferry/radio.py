import socket


def can_bind(address: str) -> bool:
    with socket.socket() as asked:
        try:
            asked.bind((address, 0))
        except OSError as error:
            raise RuntimeError(address) from error
    return True


IS_THERE = can_bind("127.0.0.1")
