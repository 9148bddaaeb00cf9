class NoScreenError(Exception):
    pass


def opened(place: object) -> object:
    if place is None:
        raise NoScreenError("there is no screen")
    return place
