import socket
import threading


def _look() -> None:
    try:
        socket.getaddrinfo("newest.invalid", 443)
    except OSError:
        return


def look() -> None:
    thread = threading.Thread(target=_look)
    thread.start()
    thread.join()
