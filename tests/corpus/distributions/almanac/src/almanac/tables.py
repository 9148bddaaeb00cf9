def row(tide):
    """Return a row of a table.

    Args:
        tide: A function such as `tides.low`.
    """
    return tide()
