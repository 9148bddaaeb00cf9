import sys


def phases(days: list[int]) -> object:
    if sys.version_info >= (3, 11):
        from modern_calendar import phases as found
    else:
        from calendar import monthrange as found
    return found(days)
