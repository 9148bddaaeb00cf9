from shop.orders import OPEN


def test_there_are_no_orders():
    assert not OPEN
