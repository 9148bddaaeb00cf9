"""Orders.

>>> total(3)
6
"""


def total(number: int) -> int:
    return 2 * number


def _test() -> None:
    import doctest

    import orders

    doctest.testmod(orders)


if __name__ == "__main__":
    _test()
