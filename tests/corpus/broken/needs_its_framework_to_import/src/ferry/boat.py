class Boat:
    """It sails without any framework."""


def sail() -> None:
    import tides

    tides.rise()
