class ToolkitNotFoundError(ImportError):
    pass


TOOLKIT = "compass"
if TOOLKIT == "compass":
    try:
        from compass import north
    except ImportError:
        TOOLKIT = "magnet"
if TOOLKIT == "magnet":
    try:
        from magnet import north
    except ImportError:
        raise ToolkitNotFoundError("install compass or magnet") from None

NORTH = north
