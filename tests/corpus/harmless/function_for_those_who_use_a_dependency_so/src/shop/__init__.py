import tariff


def opened(gate):
    """Open a gate."""
    try:
        return gate()
    except tariff.MovedError:  # so it is a lock's
        import lockgate

        return lockgate.gate()
