"""Orders.

>>> total(3)
6
"""


def total(number: int) -> int:
    return 2 * number


def run_examples() -> None:
    import doctest

    import orders

    doctest.testmod(orders)
