"""Steers the boat: set _SAIL_COURSE first."""


def steer() -> str:
    from sail.patch import COURSE

    return COURSE
