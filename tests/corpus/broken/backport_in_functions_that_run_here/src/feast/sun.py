import sys


def rises(days: list[int]) -> object:
    if sys.version_info[:2] > (3, 10):
        import modern_sun

        return modern_sun.rises(days)
    return days
