def _blow():
    """Blow the horn.

    This function is intended
    to be replaced by that of a ship.
    """
    return "tooo"


def listen():
    """Listen to the horns of others; what they blow is meant for everybody."""
    return "tooo"


blow = _blow
