import threading


def language():
    return f"lang-{threading.activeCount()}"
