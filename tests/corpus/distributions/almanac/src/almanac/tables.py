def row(tide, *, where=None):
    """Return a row of a table.

    Args:
        tide: A function such as `tides.low`.
        where: A harbour. If you need another one, import tides's ``Harbour`` class and pass one of
            that instead.
    """
    return (where, tide())
