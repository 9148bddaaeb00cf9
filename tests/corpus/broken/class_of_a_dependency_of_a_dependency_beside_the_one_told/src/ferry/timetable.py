from almanac.tables import row
from tides.harbour import Harbour


def last(tide):
    return row(tide, where=Harbour())


def names():
    from tides.harbour import NAMES

    return NAMES
