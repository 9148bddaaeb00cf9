try:
    import barge
except ImportError:
    barge = None


def load() -> str:
    import barge

    return barge.__name__
