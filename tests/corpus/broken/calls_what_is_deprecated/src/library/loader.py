import asyncio
import warnings


def opened(number):
    if number < 2:
        warnings.warn("shelves begin at 2", UserWarning)
    return number


FIRST = opened(1)
