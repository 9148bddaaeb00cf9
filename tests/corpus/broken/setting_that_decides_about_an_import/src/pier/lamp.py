import os

BRIGHT = bool(os.environ.get("PIER_BRIGHT"))


def light():
    if BRIGHT:
        import lamps_of_nobody

        lamps_of_nobody.on()


def dim(verbose):
    if verbose:
        import dimmers_of_nobody

        dimmers_of_nobody.dim()
