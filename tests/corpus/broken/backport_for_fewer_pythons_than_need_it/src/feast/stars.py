def load() -> str:
    import barge

    return barge.__name__
