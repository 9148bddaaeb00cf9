import windlass


def haul():
    return windlass.toolkit
