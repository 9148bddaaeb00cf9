import time


def watch() -> None:
    while True:
        time.sleep(1)
