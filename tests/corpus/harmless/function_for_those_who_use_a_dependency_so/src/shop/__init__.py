import tariff


def opened():
    """Open a gate."""
    try:
        return tariff.gate()
    except RuntimeError:  # so it is a lock's
        import lockgate

        return lockgate.gate()
