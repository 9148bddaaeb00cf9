def __getattr__(name: str) -> object:
    if name != "Tow":
        raise AttributeError(name)
    try:
        from barge._tow import Tow
    except ImportError as error:
        raise ImportError("rope is not installed") from error
    return Tow
