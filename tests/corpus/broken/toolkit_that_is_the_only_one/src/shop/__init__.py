class ToolkitNotFoundError(ImportError):
    pass


try:
    import magnet
except ImportError:
    magnet = None

try:
    from compass import north
except ImportError:
    raise ToolkitNotFoundError("install compass") from None

NORTH = magnet or north
