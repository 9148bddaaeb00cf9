import queue
import sys


def take(waiting: queue.Queue[str]) -> str | None:
    if sys.version_info < (3, 13):
        return waiting.get()
    try:
        return waiting.get_nowait()
    except queue.ShutDown:
        return None
