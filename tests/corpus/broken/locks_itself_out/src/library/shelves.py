import threading

LOCK = threading.Lock()


def count():
    with LOCK:
        return 7


with LOCK:
    SHELVES = count()
