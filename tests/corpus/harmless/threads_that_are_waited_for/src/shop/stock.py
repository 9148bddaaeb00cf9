import threading

FOUND: list[int] = []


def count() -> list[int]:
    worker = threading.Thread(target=FOUND.append, args=(1,))
    worker.start()
    FOUND.append(2)
    worker.join()
    return FOUND


COUNT = len(count())
