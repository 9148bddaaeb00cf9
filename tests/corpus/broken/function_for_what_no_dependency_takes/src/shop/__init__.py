import tariff


def opened():
    """Open a gate."""
    try:
        return tariff.gate()
    except RuntimeError:  # so it is a lock's
        import sluicegate

        return sluicegate.gate()
