def last():
    from .Orders import OPEN

    return OPEN[-1]
