from contextlib import contextmanager


@contextmanager
def trying():
    try:
        yield
    except ImportError:
        pass
