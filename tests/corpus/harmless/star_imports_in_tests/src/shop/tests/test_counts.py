from itertools import count

from shop.counts import *


def test_all_are_counted():
    assert count("abc") == 3
